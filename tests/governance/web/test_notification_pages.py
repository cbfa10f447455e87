from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.outbox.models import Notification, Watch
from governance.outbox.posting import tell
from governance.outbox.preferences import channels_of
from governance.outbox.watching import watch
from models_catalog.changes.actions import open_discussion
from models_catalog.repos.models import Repo
from tests.factories.models import make_repo
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def grace(client):
    person = make_user("grace")
    client.force_login(person)
    return person


@pytest.fixture
def repo(ada, grace):
    made = make_repo(owner=ada)
    watch(made, level="all", actor=acting(grace))
    return made


def talk(repo, by, number=1):
    for n in range(number):
        open_discussion(repo, title=f"Question {n}", body="?", actor=acting(by))
    tell()


def test_the_page_groups_by_model_and_the_masthead_counts(repo, ada, grace, client):
    talk(repo, ada, 2)
    other = make_repo("other", owner=ada)
    watch(other, level="all", actor=acting(grace))
    talk(other, ada)

    page = client.get("/notifications").content.decode()

    assert page.count('<section class="panel"') == 2
    assert re.search(r'href="/notifications".*?<span class="n">3<', page, re.DOTALL)
    assert "/ada/other/discussions/1" in page


def test_what_is_done_leaves_the_list(repo, ada, client):
    talk(repo, ada, 2)
    one = Notification.objects.order_by("pk")[0]

    client.post("/notifications", {"done": one.pk})

    page = client.get("/notifications?view=all").content.decode()
    assert "/ada/minilm/discussions/1" not in page
    assert "/ada/minilm/discussions/2" in page


def test_marking_all_leaves_what_came_meanwhile(repo, ada, client):
    talk(repo, ada)
    page = client.get("/notifications").content.decode()
    (until,) = re.findall(r'name="until" value="([^"]+)"', page)
    talk(repo, ada)

    client.post("/notifications", {"all": "read", "until": until})

    assert Notification.objects.filter(state="unread").count() == 1


def test_those_of_others_cannot_be_marked(repo, ada, client):
    talk(repo, ada)
    client.force_login(make_user("mallory"))

    client.post("/notifications", {"done": Notification.objects.get().pk})
    muted = client.post("/notifications", {"mute": Notification.objects.get().pk})

    assert muted.status_code == 404
    assert Notification.objects.get().state == "unread"


def test_strangers_are_sent_to_sign_in(client):
    assert client.get("/notifications").status_code == 302


def test_as_many_queries_for_one_as_for_twenty(repo, ada, client):
    talk(repo, ada)
    with CaptureQueriesContext(connection) as one:
        client.get("/notifications")
    talk(repo, ada, 19)

    with CaptureQueriesContext(connection) as twenty:
        client.get("/notifications")

    assert len(twenty) == len(one)


def test_the_matrix_is_kept(grace, client):
    client.post("/settings/notifications", {"reviews": "digest", "releases": "none"})

    page = client.get("/settings/notifications").content.decode()
    assert channels_of(acting(grace))["reviews"] == "digest"
    assert re.search(r'name="releases" value="none"[^>]* checked', page)


def test_the_feed_opens_by_its_secret_until_it_is_ended(repo, ada, grace, client):
    talk(repo, ada)
    page = client.post("/settings/notifications/feed").content.decode()
    (address,) = re.findall(r"http://testserver(/notifications/feed/[\w-]+)", page)
    client.logout()

    feed = client.get(address)
    Repo.objects.update(visibility="private")
    hidden = client.get(address).content.decode()
    client.force_login(grace)
    client.post("/settings/notifications/feed", {"end": "1"})

    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert "began discussion 1 of ada/minilm" in feed.content.decode()
    assert "<entry>" not in hidden
    assert client.get(address).status_code == 404


def test_what_one_watches_is_a_page_that_the_settings_lead_to(repo, grace, client):
    settings = client.get("/settings/notifications").content.decode()
    watched = Watch.objects.get(user=grace)

    page = client.get("/settings/notifications/watching").content.decode()
    client.post("/settings/notifications/watching", {"end": str(watched.pk)})

    assert 'href="/settings/notifications/watching"' in settings
    assert f'href="/{repo.full_name}"' in page
    assert "You watch nothing" in client.get("/settings/notifications/watching").content.decode()


def test_twenty_watched_models_cost_the_queries_of_one(repo, ada, grace, client):
    address = "/settings/notifications/watching"
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(19):
        watch(make_repo(f"m-{number}", owner=ada), level="all", actor=acting(grace))

    with CaptureQueriesContext(connection) as twenty:
        assert client.get(address).content.count(b'name="end"') == 20

    assert len(twenty) == len(one)
