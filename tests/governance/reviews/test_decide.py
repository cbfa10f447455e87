from __future__ import annotations

from dataclasses import replace

import pytest

from accounts.authz.policy import Right, Role
from accounts.namespaces.models import Preset
from governance.policies.actions import change_preset
from governance.policies.models import Policy
from governance.reviews.actions import NEW_COMMIT, NEW_POLICY, decide, withdraw_decision
from governance.reviews.community import ask_community
from governance.reviews.gathering import review_of
from governance.reviews.models import Decision, DecisionKind
from governance.reviews.queries import decisions_of, standing_decisions, why_not_decide
from governance.scanning.engine import ruleset_version
from hub.core.actor import ANONYMOUS
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound, SignInRequired
from models_catalog.changes.actions import add_to_change, close_change
from models_catalog.storage.models import Verdict
from tests.accounts.recording import names, recording
from tests.factories.models import additions, judge
from tests.factories.people import acting, add_member, make_robot, make_user
from tests.factories.reviews import approve, finish_scan, make_scene, object_to

pytestmark = [pytest.mark.django_db, pytest.mark.data]

MAY_DECIDE = {
    Role.OWNER: True,
    Role.ADMIN: True,
    Role.MAINTAINER: True,
    Role.REVIEWER: True,
    Role.SECURITY_REVIEWER: True,
    Role.CONTRIBUTOR: False,
    Role.AUDITOR: False,
    Role.READER: False,
}


@pytest.mark.parametrize(("role", "may"), MAY_DECIDE.items())
def test_who_may_decide(scene, role, may):
    person = scene.member(role)

    refusal = why_not_decide(scene.change, actor=acting(person))

    assert (refusal is None) == may


def test_a_service_account_decides_nothing_even_with_the_right(scene):
    robot = make_robot(scene.organization, roles=("maintainer",)).user

    with recording() as events, pytest.raises(Forbidden, match="service account"):
        approve(scene.change, robot)

    assert robot.pk not in review_of(scene.change).bench.reviewers
    assert not review_of(scene.change).bench.seats(robot)
    assert events == []


def test_a_stranger_may_not_decide_and_nothing_happens(scene):
    stranger = make_user("stranger")

    with recording() as events, pytest.raises(Forbidden, match="Review changes"):
        approve(scene.change, stranger)

    assert events == []
    assert not Decision.objects.exists()
    assert not Policy.objects.exists()


def test_nobody_decides_without_signing_in(scene):
    with pytest.raises(SignInRequired):
        decide(
            scene.change,
            kind="approve",
            actor=ANONYMOUS,
            expected_sha1=scene.change.head.sha1,
        )


def test_whoever_pushed_may_not_decide_whatever_their_role(scene):
    owner = acting(scene.owner)
    operations = additions({"more.txt": b"more"}, actor=owner)
    add_to_change(scene.change, operations=operations, message="More", actor=owner)
    finish_scan(scene.change.head)

    with pytest.raises(Forbidden, match="pushed to this change"):
        approve(scene.change, scene.owner)


def test_a_token_without_the_right_to_review_may_not_decide(scene):
    reviewer = scene.member(Role.REVIEWER)
    actor = replace(acting(reviewer), rights=frozenset({Right.WRITE, Right.SEE_UNRELEASED}))

    assert "Review changes" in (why_not_decide(scene.change, actor=actor) or "")


def test_a_decision_binds_to_commit_digest_and_policy_version(scene):
    reviewer = scene.member(Role.REVIEWER)

    with recording() as events:
        decision = approve(scene.change, reviewer, reason="I ran it.")

    head = scene.change.head
    assert (decision.revision, decision.manifest_digest) == (head, head.manifest_digest)
    assert (decision.policy.number, decision.policy.preset) == (1, Preset.LIGHT)
    assert names(events) == ["policy:adopted", "decision:made"]
    assert events[-1].data["sha1"] == head.sha1
    assert events[-1].data["policy_version"] == 1
    assert events[-1].data["reason"] == "I ran it."


@pytest.mark.parametrize(
    ("role", "as_security"), [(Role.REVIEWER, False), (Role.SECURITY_REVIEWER, True)]
)
def test_a_decision_says_whether_it_is_for_security(scene, role, as_security):
    assert approve(scene.change, scene.member(role)).as_security is as_security


def test_the_same_decision_twice_is_one(scene):
    reviewer = scene.member(Role.REVIEWER)
    first = approve(scene.change, reviewer)

    with recording() as events:
        second = approve(scene.change, reviewer)

    assert second == first
    assert events == []


def test_a_second_decision_replaces_the_first(scene):
    reviewer = scene.member(Role.REVIEWER)
    approve(scene.change, reviewer)

    with recording() as events:
        object_to(scene.change, reviewer)

    assert names(events) == ["decision:voided", "decision:made"]
    assert [d.kind for d in standing_decisions(scene.change)] == [DecisionKind.REQUEST_CHANGES]
    assert decisions_of(scene.change).count() == 2


def test_a_commit_that_the_reviewer_has_not_seen_is_not_decided_about(scene):
    reviewer = scene.member(Role.REVIEWER)
    seen = scene.change.head.sha1
    maker = acting(scene.maker)
    operations = additions({"x.txt": b"x"}, actor=maker)
    add_to_change(scene.change, operations=operations, message="More", actor=maker)

    with recording() as events, pytest.raises(Conflict, match="commit was added"):
        decide(scene.change, kind="approve", actor=acting(reviewer), expected_sha1=seen)

    assert events == []


def test_a_closed_change_is_not_decided_about(scene):
    reviewer = scene.member(Role.REVIEWER)
    close_change(scene.change, actor=acting(scene.maker))

    with pytest.raises(Conflict, match="closed"):
        approve(scene.change, reviewer)


@pytest.mark.parametrize("kind", ["request_changes", "reject"])
def test_an_objection_has_a_reason(scene, kind):
    reviewer = scene.member(Role.REVIEWER)

    with pytest.raises(Invalid) as refused:
        decide(
            scene.change,
            kind=kind,
            reason="  ",
            actor=acting(reviewer),
            expected_sha1=scene.change.head.sha1,
        )

    assert refused.value.field == "reason"


def test_nobody_approves_while_a_check_fails_but_objecting_is_possible(scene):
    reviewer = scene.member(Role.REVIEWER)
    judge(scene.change.head, "model.safetensors", Verdict.DANGEROUS, ruleset=ruleset_version())

    with pytest.raises(Forbidden, match="dangerous to open"):
        approve(scene.change, reviewer)

    assert object_to(scene.change, reviewer).voided_at is None


def test_a_new_commit_voids_every_decision(scene):
    approve(scene.change, scene.member(Role.REVIEWER))
    object_to(scene.change, scene.member(Role.ADMIN), kind="reject")
    maker = acting(scene.maker)
    operations = additions({"x.txt": b"x"}, actor=maker)

    with recording() as events:
        add_to_change(scene.change, operations=operations, message="More", actor=maker)

    assert not standing_decisions(scene.change)
    assert {d.voided_because for d in decisions_of(scene.change)} == {NEW_COMMIT}
    assert names(events).count("decision:voided") == 2


def test_a_new_policy_voids_the_decisions_on_open_changes_of_its_organisation(scene):
    approve(scene.change, scene.member(Role.REVIEWER))
    elsewhere = make_scene(name="tundra")
    approve(elsewhere.change, elsewhere.member(Role.REVIEWER, "other"))

    change_preset(scene.organization, preset="strict", actor=acting(scene.owner), reason="We grew.")

    assert [d.voided_because for d in decisions_of(scene.change)] == [NEW_POLICY]
    assert standing_decisions(elsewhere.change).count() == 1


def test_a_reviewer_takes_a_decision_back(scene):
    reviewer = scene.member(Role.REVIEWER)
    object_to(scene.change, reviewer)

    with recording() as events:
        withdraw_decision(scene.change, actor=acting(reviewer))

    assert not standing_decisions(scene.change)
    assert names(events) == ["decision:voided"]


def test_nobody_takes_somebody_elses_decision_back(scene):
    object_to(scene.change, scene.member(Role.REVIEWER))

    with pytest.raises(NotFound):
        withdraw_decision(scene.change, actor=acting(scene.owner))

    assert standing_decisions(scene.change).count() == 1


def test_the_hubs_reviewers_stand_in_where_an_organisation_is_too_small(db):
    scene = make_scene()
    owner = acting(scene.owner)
    operations = additions({"x.txt": b"x"}, actor=owner)
    add_to_change(scene.change, operations=operations, message="More", actor=owner)
    finish_scan(scene.change.head)
    neighbour = make_user("neighbour", is_community_reviewer=True)
    ask_community(scene.fresh(), actor=acting(scene.maker))

    assert why_not_decide(scene.fresh(), actor=acting(neighbour)) is None

    add_member(scene.organization, make_user("second"), Role.REVIEWER.value)
    refusal = why_not_decide(scene.fresh(), actor=acting(neighbour))
    assert "stand in" in (refusal or "")


def test_the_security_role_of_the_hub_objects_anywhere_but_approves_only_as_a_stand_in(scene):
    scene.member(Role.REVIEWER)
    guard = make_user("guard", is_instance_security=True)

    with pytest.raises(Forbidden, match="stand in"):
        approve(scene.change, guard)

    assert object_to(scene.change, guard).as_security
