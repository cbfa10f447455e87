from __future__ import annotations

import hashlib

import pytest
from django.db import transaction

from accounts.authz.policy import Role
from accounts.orgs.actions import invite_member
from accounts.users.models import User
from governance.outbox.models import Envelope, Notification, Watch
from governance.outbox.posting import put_in_outbox, tell
from governance.outbox.queries import notification_page, unread_count
from governance.outbox.reading import mark, mute
from governance.outbox.watching import watch
from hub.core.actor import SYSTEM
from hub.core.events import emit
from models_catalog.changes.actions import add_comment, open_discussion
from models_catalog.changes.events import CommentAdded
from models_catalog.downloads.actions import count_download
from models_catalog.lifecycle.actions import delete_repo, recall_blob
from models_catalog.repos.actions import withdraw_repo
from models_catalog.repos.models import Repo
from tests.factories.models import commit_files, make_repo, release
from tests.factories.people import acting, make_organization, make_robot, make_user
from tests.factories.reviews import approve, make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def grace():
    return make_user("grace")


@pytest.fixture
def repo(ada):
    return make_repo(owner=ada)


def told(person, view="unread"):
    return [each.sentence for each in notification_page(view=view, actor=acting(person)).rows]


def why(person):
    return [each.why for each in notification_page(actor=acting(person)).rows]


def released(repo, by):
    revision = commit_files(repo, {"a.bin": b"a"}, by=by)
    release(repo, revision, by=by)
    return revision


def test_who_watches_releases_hears_of_releases_and_of_nothing_else(repo, ada, grace):
    watch(repo, level="releases", actor=acting(grace))
    released(repo, ada)
    open_discussion(repo, title="Why?", body="Why?", actor=acting(ada))

    tell()

    assert told(grace) == ["released version 1 of ada/minilm"]
    assert not Envelope.objects.exists()


def test_nobody_is_told_of_what_they_did_themselves(repo, ada):
    watch(repo, level="all", actor=acting(ada))
    released(repo, ada)

    tell()

    assert told(ada) == []


def test_who_watches_the_owner_hears_of_all_their_models_but_of_those_they_muted(repo, ada, grace):
    watch(repo.namespace, level="releases", actor=acting(grace))
    quiet = make_repo("quiet", owner=ada)
    watch(quiet, level="muted", actor=acting(grace))
    released(repo, ada)
    released(quiet, ada)

    tell()

    assert told(grace) == ["released version 1 of ada/minilm"]
    assert why(grace) == ["watching_owner"]


def test_who_takes_part_in_a_thread_hears_of_it_once(repo, ada, grace):
    thread = open_discussion(repo, title="Why?", body="Why?", actor=acting(grace))
    for word in ("Because", "And so on"):
        add_comment(thread, body=word, actor=acting(ada))

    tell()

    assert told(grace) == ["commented on discussion 1 of ada/minilm"]
    assert why(grace) == ["author"]


def test_a_muted_thread_is_silent_until_it_names_one(repo, ada, grace):
    thread = open_discussion(repo, title="Why?", body="Why?", actor=acting(grace))
    add_comment(thread, body="Because", actor=acting(ada))
    tell()
    mute(Notification.objects.get(user=grace), actor=acting(grace))
    add_comment(thread, body="Moreover", actor=acting(ada))
    tell()
    silent = told(grace)

    with transaction.atomic():
        emit(CommentAdded(actor=acting(ada), repo=repo, number=1, concerns=(grace.pk,)))
    tell()

    assert silent == []
    assert why(grace) == ["mentioned"]


def test_what_was_read_is_unread_again_when_the_thread_goes_on(repo, ada, grace):
    thread = open_discussion(repo, title="Why?", body="Why?", actor=acting(grace))
    add_comment(thread, body="Because", actor=acting(ada))
    tell()
    mark(Notification.objects.values_list("pk", flat=True), "read", actor=acting(grace))
    before = told(grace)
    add_comment(thread, body="Moreover", actor=acting(ada))

    tell()

    assert (before, len(told(grace))) == ([], 1)


def test_who_downloaded_a_model_hears_that_it_is_withdrawn(repo, ada, grace):
    revision = released(repo, ada)
    count_download(repo, revision, actor=acting(grace))
    withdraw_repo(repo, reason="It was wrong.", successor=None, actor=acting(ada))

    tell()

    assert told(grace) == ["withdrew ada/minilm"]
    assert why(grace) == ["downloaded"]


def test_an_event_tells_whom_it_names_whatever_they_watch(repo, ada, grace):
    watch(repo, level="muted", actor=acting(grace))
    with transaction.atomic():
        emit(CommentAdded(actor=acting(ada), repo=repo, number=9, concerns=(grace.pk, ada.pk)))

    tell()

    assert why(grace) == ["mentioned"]
    assert told(ada) == []


def test_nobody_is_told_of_what_they_may_not_see(ada, grace):
    secret = make_repo("secret", owner=ada, visibility="private")
    Watch.objects.create(user=grace, repo=secret, level="all")
    released(secret, ada)

    tell()

    assert not Notification.objects.exists()


def test_changes_of_a_reviewed_model_are_for_insiders():
    scene = make_scene()
    insider, reader = scene.member(Role.REVIEWER), scene.member(Role.READER)
    Repo.objects.update(first_released_at="2026-01-01T00:00:00Z")
    for person in (insider, reader):
        watch(scene.repo, level="all", actor=acting(person))
    approve(scene.change, scene.owner)

    tell()

    assert any("decided" in each for each in told(insider))
    assert not any("decided" in each for each in told(reader))


def test_who_loses_the_right_to_see_it_loses_what_they_were_told(repo, ada, grace):
    watch(repo, level="all", actor=acting(grace))
    released(repo, ada)
    tell()
    before = unread_count(actor=acting(grace))

    Repo.objects.filter(pk=repo.pk).update(visibility="private")

    assert (before, unread_count(actor=acting(grace)), told(grace)) == (1, 0, [])


def test_a_suspended_person_is_told_nothing(repo, ada, grace):
    watch(repo, level="all", actor=acting(grace))
    User.objects.filter(pk=grace.pk).update(is_active=False)
    released(repo, ada)

    tell()

    assert not Notification.objects.exists()


def test_an_event_that_cannot_be_told_stops_no_other(repo, ada, grace):
    watch(repo, level="all", actor=acting(grace))
    released(repo, ada)
    broken = Envelope.objects.order_by("event")[0]
    Envelope.objects.filter(pk=broken.pk).update(concerns=[{"no": "id"}])

    tell()

    assert told(grace) == ["released version 1 of ada/minilm"]
    assert Envelope.objects.get().attempts == 1


def test_the_event_costs_one_insert_however_many_watch(repo, ada, django_assert_num_queries):
    people = [make_user(f"watcher{n}") for n in range(3)]
    for person in people:
        watch(repo, level="all", actor=acting(person))
    event = CommentAdded(actor=SYSTEM, repo=repo, number=1)
    from governance.audit.actions import record

    row = record(event)

    with django_assert_num_queries(1):
        put_in_outbox(event, row)


def test_who_is_invited_hears_of_it(ada, grace):
    organization = make_organization("savanna", ada)
    invite_member(organization, username="grace", role="reader", actor=acting(ada))

    tell()

    (news,) = notification_page(actor=acting(grace)).rows
    assert (news.why, news.path) == ("concerned", "/invitations")


def test_those_who_have_it_hear_that_a_model_is_deleted_and_strangers_do_not(repo, ada, grace):
    revision = released(repo, ada)
    mallory = make_user("mallory")
    count_download(repo, revision, actor=acting(grace))
    delete_repo(repo, reason="It was wrong.", actor=acting(ada))

    tell()

    assert told(grace) == ["deleted ada/minilm"]
    assert told(mallory) == []


def test_a_recalled_file_is_told_for_every_model_that_holds_it(ada, grace):
    guard = make_user("guard", is_instance_security=True)
    for name in ("one", "two"):
        repo = make_repo(name, owner=ada)
        count_download(repo, released(repo, ada), actor=acting(grace))
    tell()
    digest = hashlib.sha256(b"a").hexdigest()

    recall_blob(digest, reason="It phones home.", actor=acting(guard))
    tell()

    rows = notification_page(actor=acting(grace)).rows
    assert sorted(each.model for each in rows) == ["ada/one", "ada/two"]
    assert {each.why for each in rows} == {"downloaded"}
    assert not Envelope.objects.exists()


def test_a_robot_is_told_nothing(repo, ada):
    organization = make_organization("savanna", ada)
    robot = make_robot(organization).user
    Watch.objects.create(user=robot, repo=repo, level="all")
    released(repo, ada)

    tell()

    assert not Notification.objects.exists()
