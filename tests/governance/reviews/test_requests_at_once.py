"""Requests, roles and verdicts that change at the same moment as what depends on them, over connections of their own."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from accounts.authz.policy import Role
from accounts.orgs.actions.roles import take_role
from governance.reviews.actions import decide, withdraw_decision
from governance.reviews.gathering import review_of
from governance.reviews.requests.actions import ask_for, close_request, grant_request
from governance.reviews.requests.kinds import Wish
from governance.reviews.requests.models import Certificate, ReviewRequest
from governance.reviews.requests.queries import get_request
from hub.core.errors import Conflict
from hub.core.gates import GateShut
from models_catalog.changes.actions import merge_change
from models_catalog.changes.models import DiscussionState
from models_catalog.storage.models import Verdict
from tests.factories.models import judge_all
from tests.factories.people import acting
from tests.factories.reviews import approve, make_scene

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: nothing happens at once there")
    return make_scene()


@pytest.fixture
def asked(scene):
    """A request to certify the released version, with the one approval that it needs."""
    scene.reviewer = scene.member(Role.REVIEWER)
    approve(scene.change, scene.reviewer)
    scene.version = merge_change(scene.change, actor=acting(scene.maker)).version
    wish = Wish(scene.repo, scene.version)
    request = ask_for(wish, kind="recertify", reason="Again.", actor=acting(scene.maker))
    say(request, scene.reviewer)
    return scene, request


def say(request, by, kind="approve"):
    reason = "" if kind == "approve" else "No."
    return decide(
        request, kind=kind, reason=reason, actor=acting(by), expected_sha1=request.revision.sha1
    )


def fresh(scene, request) -> ReviewRequest:
    return get_request(scene.repo, request.discussion.number, actor=acting(scene.owner))


def test_a_request_granted_twice_is_granted_once(asked, outcomes):
    scene, request = asked
    maker, owner = acting(scene.maker), acting(scene.owner)

    answers = outcomes(
        lambda: grant_request(fresh(scene, request), actor=maker),
        lambda: grant_request(fresh(scene, request), actor=owner),
    )

    assert sorted(isinstance(answer, Conflict) for answer in answers) == [False, True]
    assert Certificate.objects.count() == 1


def test_an_objection_and_a_grant_at_once_are_never_both_right(asked, outcomes):
    scene, request = asked
    critic, maker = scene.member(Role.ADMIN), acting(scene.maker)

    objection, grant = outcomes(
        lambda: say(fresh(scene, request), critic, "reject"),
        lambda: grant_request(fresh(scene, request), actor=maker),
    )

    is_granted = fresh(scene, request).discussion.state == DiscussionState.GRANTED
    assert is_granted == isinstance(objection, Conflict)
    assert is_granted != isinstance(grant, GateShut)
    assert Certificate.objects.exists() == is_granted


def test_an_approval_taken_back_and_a_grant_at_once_are_never_both_right(asked, outcomes):
    scene, request = asked

    back, grant = outcomes(
        lambda: withdraw_decision(fresh(scene, request), actor=acting(scene.reviewer)),
        lambda: grant_request(fresh(scene, request), actor=acting(scene.maker)),
    )

    is_granted = fresh(scene, request).discussion.state == DiscussionState.GRANTED
    assert is_granted == isinstance(back, Conflict)
    assert is_granted != isinstance(grant, GateShut)


def test_a_decision_that_waited_for_the_request_to_be_closed_comes_too_late(
    asked, at_once, until_somebody_waits
):
    scene, request = asked
    critic = scene.member(Role.ADMIN)

    with transaction.atomic():
        close_request(fresh(scene, request), actor=acting(scene.maker))
        objection = at_once(lambda: say(request, critic, "reject"))
        until_somebody_waits()

    with pytest.raises(Conflict, match="granted or closed"):
        objection.result()


def test_the_same_asked_twice_at_once_is_asked_once(asked, outcomes):
    scene, request = asked
    close_request(request, actor=acting(scene.maker))
    wish = Wish(scene.repo, scene.version)

    answers = outcomes(
        *(
            lambda who=who: ask_for(wish, kind="recertify", reason="Again.", actor=acting(who))
            for who in (scene.maker, scene.owner)
        )
    )

    assert sorted(isinstance(answer, Conflict) for answer in answers) == [False, True]
    assert ReviewRequest.objects.filter(ended_at=None).count() == 1


def test_a_role_taken_while_merging_leaves_no_merge_without_a_reviewer(scene, outcomes):
    reviewer = scene.member(Role.REVIEWER)
    approve(scene.change, reviewer)
    owner, maker, change = acting(scene.owner), acting(scene.maker), scene.fresh()

    def take():
        take_role(scene.organization, reviewer, role="reviewer", actor=owner)

    _taken, merge = outcomes(take, lambda: merge_change(change, actor=maker))

    was_merged = scene.fresh().discussion.state == DiscussionState.MERGED
    assert was_merged != isinstance(merge, GateShut)
    if was_merged:  # then somebody stood for it at that moment: its version says so
        assert scene.fresh().version.approvals == 1
    else:
        assert not review_of(scene.fresh()).counting


def test_a_verdict_that_flips_while_merging_is_seen_or_comes_afterwards(
    scene, at_once, until_somebody_waits
):
    approve(scene.change, scene.member(Role.REVIEWER))
    change = scene.fresh()

    with transaction.atomic():
        scene.repo.__class__.objects.select_for_update().get(pk=scene.repo.pk)
        merging = at_once(lambda: merge_change(change, actor=acting(scene.maker)))
        until_somebody_waits()
        judge_all(change.head, Verdict.DANGEROUS)

    with pytest.raises(GateShut, match="dangerous"):
        merging.result()
    assert scene.fresh().discussion.state == DiscussionState.OPEN
