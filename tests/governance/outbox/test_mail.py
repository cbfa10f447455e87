from __future__ import annotations

import re

import pytest
from django.core import mail

from governance.outbox.mail import request_digests
from governance.outbox.models import Notification
from governance.outbox.posting import tell
from governance.outbox.preferences import channels_of, choose_channels
from governance.outbox.watching import watch
from models_catalog.repos.models import Repo
from tests.factories.jobs import run_jobs
from tests.factories.models import commit_files, make_repo, release
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]
KINDS = ("notify.mail", "notify.digest")


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def grace():
    return make_user("grace")


@pytest.fixture
def repo(ada, grace):
    made = make_repo(owner=ada)
    watch(made, level="releases", actor=acting(grace))
    return made


def released(repo, by, content=b"a"):
    release(repo, commit_files(repo, {"a.bin": content}, by=by), by=by)
    tell()


def choose(person, channel):
    choose_channels({"releases": channel}, actor=acting(person))


def test_mail_at_once_says_what_happened_why_and_how_to_stop_it(repo, ada, grace):
    choose(grace, "mail")
    released(repo, ada)

    run_jobs(*KINDS)

    (letter,) = mail.outbox
    assert letter.to == [grace.email]
    assert letter.subject.endswith("ada/minilm: released version 1 of ada/minilm")
    assert "/ada/minilm/versions/1" in letter.body
    assert "You watch this model" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("channel", ["hub", "none", "digest"])
def test_nothing_is_mailed_at_once_to_who_did_not_ask_for_it(repo, ada, grace, channel):
    choose(grace, channel)
    released(repo, ada)

    run_jobs(*KINDS)

    assert mail.outbox == []
    assert Notification.objects.exists() is (channel != "none")


def test_a_letter_about_what_one_may_no_longer_see_is_not_sent(repo, ada, grace):
    choose(grace, "mail")
    released(repo, ada)
    Repo.objects.update(visibility="private")

    run_jobs(*KINDS)

    assert mail.outbox == []


def test_the_digest_holds_what_came_since_the_last_one(repo, ada, grace):
    choose(grace, "digest")
    released(repo, ada)
    released(repo, ada, b"b")

    request_digests()
    request_digests()
    run_jobs(*KINDS)

    (letter,) = mail.outbox
    assert "2 pieces of news" in letter.subject
    assert "released version 2 of ada/minilm" in letter.body
    assert request_digests() == 0


def test_one_click_stops_the_mail_without_signing_in(repo, ada, grace, client):
    choose(grace, "mail")
    released(repo, ada)
    run_jobs(*KINDS)
    header = mail.outbox[0].extra_headers["List-Unsubscribe"]
    (url,) = re.findall(r"<http://[^/]+(/[^>]+)>", header)

    asked = client.get(url)
    unchanged = channels_of(acting(grace))["releases"]
    stopped = client.post(url, {"List-Unsubscribe": "One-Click"})

    assert (asked.status_code, unchanged, stopped.status_code) == (200, "mail", 200)
    assert channels_of(acting(grace))["releases"] == "hub"


def test_a_forged_link_stops_nothing(client, db):
    assert client.post("/notifications/unsubscribe/WzEsICJ4Il0:1x:abc").status_code == 404
