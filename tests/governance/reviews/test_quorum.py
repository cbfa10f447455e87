"""How many people decide, and by when, for each kind of review."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.policies.outcomes import Outcome
from governance.policies.places import HUB, of_namespace, of_repo
from governance.reviews.actions import decide
from governance.reviews.assignments import assign
from governance.reviews.gathering import review_of
from governance.reviews.queues.keeping import refresh
from governance.reviews.queues.models import QueueEntry
from governance.reviews.queues.queries import open_in, overdue, waiting_for
from governance.reviews.requests.actions import ask_for as ask_people
from governance.reviews.requests.actions import grant_request
from governance.reviews.requests.kinds import Wish
from governance.reviews.requests.models import ReviewRequest
from hub.core.gates import GateShut
from models_catalog.changes.actions import merge_change
from models_catalog.changes.models import Discussion
from models_catalog.repos.models import Repo
from tests.factories.models import propose
from tests.factories.people import acting
from tests.factories.policies import ask_for
from tests.factories.reviews import CARD, approve, finish_scan, make_scene

pytestmark = pytest.mark.django_db
LIGHT = {"approvals": {"count": 1}, "up_to_date": {}}


@pytest.fixture
def released():
    """Version 1 is released with a card that names a licence."""
    made: Any = make_scene(Preset.LIGHT, files={"README.md": CARD})
    made.reviewer = made.member(Role.REVIEWER)
    approve(made.change, made.reviewer)
    made.version = merge_change(made.change, actor=acting(made.maker)).version
    return made


def asks(scene, **rules):
    ask_for(of_namespace(scene.repo.namespace), LIGHT | rules)


def approvals(subject) -> Outcome:
    return next(c.outcome for c in review_of(subject).checks if c.rule == "approvals")


def relicensed(scene, licence=b"mit"):
    card = CARD.replace(b"apache-2.0", licence) + b"\nMore.\n"
    change = propose(scene.repo, {"README.md": card}, by=scene.maker, title="Another licence")
    finish_scan(change.head)
    return change


def test_a_change_of_the_licence_needs_more_people_than_other_changes(released):
    asks(released, reviews_licence={"count": 2})
    more, other = relicensed(released), relicensed(released, b"apache-2.0")
    for change in (more, other):
        approve(change, released.reviewer)

    assert (review_of(more).kind, review_of(other).kind) == ("licence", "publish")
    assert (approvals(more), approvals(other)) == (Outcome.DECIDE, Outcome.PASS)
    with pytest.raises(GateShut, match="1 of 2 approvals"):
        merge_change(more, actor=acting(released.maker))


def test_a_card_that_nobody_has_read_could_bring_another_licence(released):
    asks(released, reviews_licence={"count": 2})
    change = propose(released.repo, {"README.md": CARD + b"\nMore.\n"}, by=released.maker)

    assert review_of(change).kind == "licence"


def test_a_promotion_needs_what_its_kind_asks_for(released):
    asks(released, reviews_promote={"count": 2, "security": 1})
    request = ask_people(
        Wish(released.repo, released.version, details={"target": "stage", "name": "production"}),
        kind="promote",
        reason="It is good.",
        actor=acting(released.maker),
    )
    first, second = released.member(Role.REVIEWER, "first"), released.member(Role.SECURITY_REVIEWER)
    decide(request, kind="approve", actor=acting(first), expected_sha1=request.head.sha1)

    with pytest.raises(GateShut, match="A security reviewer has still to approve"):
        grant_request(request, actor=acting(released.owner))
    decide(request, kind="approve", actor=acting(second), expected_sha1=request.head.sha1)
    grant_request(request, actor=acting(released.owner))

    assert ReviewRequest.objects.get().ended_at is not None


def test_a_kind_puts_the_models_of_an_open_policy_under_review():
    scene = make_scene(Preset.OPEN)
    Repo.objects.update(is_protected=False)

    ask_for(of_namespace(scene.repo.namespace), {"reviews_publish": {"count": 1}})

    assert Repo.objects.get().is_protected
    assert approvals(scene.fresh()) == Outcome.DECIDE


def test_a_kind_that_asks_for_security_alone_asks_for_it():
    scene = make_scene(Preset.OPEN)

    ask_for(of_namespace(scene.repo.namespace), {"reviews_publish": {"count": 0, "security": 1}})

    assert approvals(scene.fresh()) == Outcome.DECIDE
    approve(scene.change, scene.member(Role.SECURITY_REVIEWER))
    assert approvals(scene.fresh()) == Outcome.PASS


def test_who_is_asked_has_the_days_that_the_policy_gives(released):
    asks(released, reviews_licence={"days": 2})
    change = relicensed(released)

    asked = assign(change, reviewer=released.reviewer, actor=acting(released.maker))
    told = assign(change, reviewer=released.reviewer, days=5, actor=acting(released.maker))

    assert abs(asked.due_at - timezone.now() - timedelta(days=2)) < timedelta(minutes=1)
    assert abs(told.due_at - timezone.now() - timedelta(days=5)) < timedelta(minutes=1)


def opened(scene, *, days):
    """It was opened some days ago, and the hub has looked at it since."""
    moment = timezone.now() - timedelta(days=days)
    Discussion.objects.update(created_at=moment)
    QueueEntry.objects.update(opened_at=moment)
    refresh({"repo": scene.repo.pk})


@pytest.mark.parametrize(
    ("own", "hub", "repo", "late"),
    [
        (None, None, None, False),
        (3, None, None, True),
        (5, None, None, False),
        (5, 3, None, True),
        (None, None, 3, True),
        (14, None, None, False),
    ],
)
def test_a_change_is_late_when_the_strictest_policy_says(own, hub, repo, late):
    scene = make_scene()
    for place, days in (
        (of_namespace(scene.repo.namespace), own),
        (HUB, hub),
        (of_repo(scene.repo), repo),
    ):
        if days:
            ask_for(place, {"reviews_publish": {"days": days}})
    opened(scene, days=4)

    assert overdue(open_in(scene.repo.namespace)).exists() is late
    assert (review_of(scene.fresh()).due_at < timezone.now()) is late


def test_longer_than_a_week_is_not_late_after_a_week():
    scene = make_scene()
    opened(scene, days=8)
    waiting = open_in(scene.repo.namespace)

    assert overdue(waiting).exists()
    ask_for(of_namespace(scene.repo.namespace), {"reviews_publish": {"days": 14}})
    refresh({"repo": scene.repo.pk})
    assert not overdue(waiting).exists()


def test_a_queue_counts_what_the_kind_asks_for():
    scene = make_scene()
    ask_for(of_namespace(scene.repo.namespace), LIGHT | {"reviews_publish": {"count": 2}})
    approve(scene.change, scene.member(Role.REVIEWER))
    other = scene.member(Role.REVIEWER, "other")
    refresh({"repo": scene.repo.pk})

    assert waiting_for(open_in(scene.repo.namespace), actor=acting(other)).exists()
