from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.authz.policy import Role
from governance.reviews.assignments import assign, assignments_of, unassign
from governance.reviews.models import Assignment
from governance.reviews.reminders import REMIND, request_reminders
from hub.core.errors import Forbidden, Invalid, NotFound
from hub.core.jobs.actions import run
from hub.core.jobs.models import Job
from tests.accounts.recording import names, personal, recording
from tests.factories.people import acting, make_user
from tests.factories.reviews import approve

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(scene):
    return scene.member(Role.REVIEWER)


def wait(**ago) -> None:
    Assignment.objects.update(due_at=timezone.now() - timedelta(**ago))


def remind() -> list[str]:
    """What the periodic task and then a worker do; the events that follow."""
    with recording() as events:
        request_reminders()
        for job in Job.objects.filter(kind=REMIND, state="queued"):
            run(job.pk)
    return names(events)


def test_somebody_who_could_decide_is_asked_by_a_day(scene, reviewer):
    with recording() as events:
        assign(scene.change, reviewer=reviewer, days=3, actor=acting(scene.maker))

    assert names(events) == ["review:assigned"]
    assert personal(events[0], "reviewer") == reviewer.username
    assert assignments_of(scene.change).get().reviewer == reviewer


def test_nobody_is_asked_who_could_not_decide(scene):
    for person in (scene.maker, make_user("stranger")):
        with recording() as events, pytest.raises(Invalid, match="could not decide here"):
            assign(scene.change, reviewer=person, actor=acting(scene.owner))
        assert events == []


def test_who_has_no_part_in_the_model_asks_nobody(scene, reviewer):
    with pytest.raises(Forbidden):
        assign(scene.change, reviewer=reviewer, actor=acting(make_user("stranger")))


def test_a_review_goes_from_one_to_another(scene, reviewer):
    other = scene.member(Role.ADMIN)
    assign(scene.change, reviewer=reviewer, actor=acting(scene.maker))

    assign(scene.change, reviewer=other, instead_of=reviewer, actor=acting(scene.maker))

    assert [each.reviewer for each in assignments_of(scene.change)] == [other]


def test_asking_is_taken_back_once(scene, reviewer):
    assign(scene.change, reviewer=reviewer, actor=acting(scene.maker))
    unassign(scene.change, reviewer=reviewer, actor=acting(scene.maker))

    with pytest.raises(NotFound):
        unassign(scene.change, reviewer=reviewer, actor=acting(scene.maker))


def test_each_step_reminds_once(scene, reviewer):
    assign(scene.change, reviewer=reviewer, days=5, actor=acting(scene.maker))
    assert remind() == []

    wait(hours=-20)
    assert remind() == ["review:reminded"]
    assert remind() == []
    wait(hours=1)
    assert remind() == ["review:reminded"]
    assert remind() == []
    wait(days=4)
    assert remind() == ["review:escalated"]
    assert remind() == []


def test_steps_that_were_missed_are_not_made_up_for(scene, reviewer):
    assign(scene.change, reviewer=reviewer, actor=acting(scene.maker))
    wait(days=30)

    assert remind() == ["review:escalated"]


def test_who_has_decided_is_left_alone(scene, reviewer):
    assign(scene.change, reviewer=reviewer, actor=acting(scene.maker))
    approve(scene.change, reviewer)
    wait(days=1)

    assert remind() == []


def test_a_reminder_that_was_asked_for_before_the_answer_says_nothing(scene, reviewer):
    assign(scene.change, reviewer=reviewer, actor=acting(scene.maker))
    wait(days=1)
    request_reminders()
    approve(scene.change, reviewer)

    assert remind() == []
