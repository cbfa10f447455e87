"""Two people at the same moment, each with a connection of their own: PostgreSQL decides who was first."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.authz.policy import Role
from governance.policies.actions import change_preset
from governance.reviews.models import Decision
from governance.reviews.queries import standing_decisions
from hub.core.errors import Conflict, DomainError
from models_catalog.changes.actions import GateShut, merge_change
from models_catalog.changes.models import DiscussionState
from models_catalog.revisions.queries import head_of
from models_catalog.versions.models import Version
from tests.accounts.recording import names, recording
from tests.factories.people import acting
from tests.factories.reviews import approve, make_scene, object_to

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: nothing happens at once there")
    return make_scene()


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each of ``works`` answered, or refused with; all of them begin together."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        try:
            start.wait(timeout=10)
            return work()
        except DomainError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_two_merges_at_once_merge_once(scene):
    approve(scene.change, scene.member(Role.REVIEWER))
    change, maker, owner = scene.fresh(), acting(scene.maker), acting(scene.owner)

    with recording() as events:
        outcomes = at_once(
            lambda: merge_change(change, actor=maker),
            lambda: merge_change(scene.fresh(), actor=owner),
        )

    assert sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]
    assert names(events).count("change:merged") == 1
    assert head_of(scene.repo, "main") == change.head
    assert Version.objects.filter(repo=scene.repo, state="released").count() == 1


def test_an_objection_and_a_merge_at_once_are_never_both_right(scene):
    approve(scene.change, scene.member(Role.REVIEWER))
    change, critic, maker = scene.fresh(), scene.member(Role.ADMIN), acting(scene.maker)

    objection, merge = at_once(
        lambda: object_to(change, critic),
        lambda: merge_change(scene.fresh(), actor=maker),
    )

    was_merged = scene.fresh().discussion.state == DiscussionState.MERGED
    assert was_merged == isinstance(objection, Conflict)
    assert was_merged != isinstance(merge, GateShut)


def test_two_first_decisions_at_once_write_one_policy_down(scene):
    people = [scene.member(Role.REVIEWER), scene.member(Role.ADMIN)]
    changes = [scene.fresh() for _ in people]

    outcomes = at_once(
        *(lambda c=c, p=p: approve(c, p) for c, p in zip(changes, people, strict=True))
    )

    assert all(isinstance(outcome, Decision) for outcome in outcomes)
    assert len({decision.policy_id for decision in standing_decisions(scene.change)}) == 1


def test_a_policy_and_a_decision_at_once_leave_no_decision_under_the_old_policy(scene):
    reviewer, owner, change = scene.member(Role.REVIEWER), acting(scene.owner), scene.fresh()

    at_once(
        lambda: approve(change, reviewer),
        lambda: change_preset(scene.organization, preset="strict", actor=owner),
    )

    assert {d.policy.preset for d in standing_decisions(scene.change)} <= {"strict"}
