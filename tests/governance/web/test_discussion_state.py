"""Closing plain discussions and taking them up again."""

from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from governance.audit.models import AuditEvent
from models_catalog.changes.actions import open_discussion
from models_catalog.changes.models import Discussion
from tests.factories.people import acting, make_user

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def author(scene):
    return scene.member(Role.REVIEWER, "author")


@pytest.fixture
def thread(scene, author):
    return open_discussion(scene.repo, title="Which trees?", body="Say.", actor=acting(author))


def state(thread) -> str:
    return Discussion.objects.get(pk=thread.pk).state


def test_its_author_closes_a_discussion_and_everybody_reads_why(thread, at, author):
    answer = at(f"/{thread.number}/end", by=author, send={"reason": "Answered by mail."})

    assert answer.status_code == 302
    assert state(thread) == "closed"
    page = words(answer.client.get(answer.url))
    assert "The discussion is closed." in page
    assert "This discussion is closed." in page
    assert "Answered by mail." in page
    assert "Open this discussion again" in page


def test_a_maintainer_takes_a_closed_discussion_up_again(thread, at, author, scene):
    at(f"/{thread.number}/end", by=author, send={})

    answer = at(f"/{thread.number}/reopen", by=scene.owner, send={})

    assert answer.status_code == 302
    assert state(thread) == "open"
    assert "reopened it" in words(at(f"/{thread.number}", by=author))


def test_both_are_on_the_record(thread, at, author):
    at(f"/{thread.number}/end", by=author, send={"reason": "Done."})
    at(f"/{thread.number}/reopen", by=author, send={})

    told = AuditEvent.objects.filter(name__in=["discussion:closed", "discussion:reopened"])
    assert list(told.order_by("pk").values_list("name", flat=True)) == [
        "discussion:closed",
        "discussion:reopened",
    ]


@pytest.mark.parametrize("path", ["end", "reopen"])
def test_others_may_talk_and_not_close(thread, at, scene, path):
    other = scene.member(Role.CONTRIBUTOR)
    before = AuditEvent.objects.count()

    answer = at(f"/{thread.number}/{path}", by=other, send={})

    assert answer.status_code == 409
    assert "You may not do this" in words(answer)
    assert state(thread) == "open"
    assert AuditEvent.objects.count() == before
    assert "Close this discussion" not in words(at(f"/{thread.number}", by=other))


def test_closing_twice_says_that_it_is_closed_and_keeps_the_reason(thread, at, author):
    at(f"/{thread.number}/end", by=author, send={})

    answer = at(f"/{thread.number}/end", by=author, send={"reason": "Once more."})

    assert answer.status_code == 409
    assert "Somebody closed or reopened this meanwhile." in words(answer)
    assert "Once more." in words(answer)


def test_a_change_is_not_closed_through_this_door(scene, at):
    answer = at("/1/end", by=scene.maker, send={})

    assert answer.status_code == 409
    assert state(scene.change.discussion) == "open"


def test_strangers_do_not_learn_that_a_discussion_exists(thread, at):
    assert at(f"/{thread.number}/end", by=make_user("stranger"), send={}).status_code == 404
