"""Two people at the same moment, each with a connection of their own: PostgreSQL decides who was first."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from accounts.authz.policy import Role
from governance.policies.actions import change_preset
from governance.policies.drafts import approve_draft, propose_draft
from governance.policies.effective import effective_policy
from governance.policies.places import HUB, of_namespace, of_repo, of_team
from governance.policies.queries import policy_for
from governance.reviews.checklists import Said, answer_question, question_id
from governance.reviews.models import ChecklistAnswer, Decision
from governance.reviews.queries import standing_decisions
from hub.core.errors import Conflict
from hub.core.gates import GateShut
from models_catalog.changes.actions import (
    add_to_change,
    close_change,
    hold_change,
    merge_change,
)
from models_catalog.changes.models import DiscussionState
from models_catalog.revisions.queries import head_of
from models_catalog.versions.models import Version
from tests.accounts.recording import names, recording
from tests.factories.models import additions
from tests.factories.people import acting
from tests.factories.policies import ask_for, make_team_with
from tests.factories.reviews import approve, make_scene, object_to
from tests.factories.simulations import tried_draft

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: nothing happens at once there")
    return make_scene()


def test_two_merges_at_once_merge_once(scene, outcomes):
    approve(scene.change, scene.member(Role.REVIEWER))
    change, maker, owner = scene.fresh(), acting(scene.maker), acting(scene.owner)

    with recording() as events:
        answers = outcomes(
            lambda: merge_change(change, actor=maker),
            lambda: merge_change(scene.fresh(), actor=owner),
        )

    assert sorted(isinstance(outcome, Conflict) for outcome in answers) == [False, True]
    assert names(events).count("change:merged") == 1
    assert head_of(scene.repo, "main") == change.head
    assert Version.objects.filter(repo=scene.repo, state="released").count() == 1


def test_an_objection_and_a_merge_at_once_are_never_both_right(scene, outcomes):
    approve(scene.change, scene.member(Role.REVIEWER))
    change, critic, maker = scene.fresh(), scene.member(Role.ADMIN), acting(scene.maker)

    objection, merge = outcomes(
        lambda: object_to(change, critic),
        lambda: merge_change(scene.fresh(), actor=maker),
    )

    was_merged = scene.fresh().discussion.state == DiscussionState.MERGED
    assert was_merged == isinstance(objection, Conflict)
    assert was_merged != isinstance(merge, GateShut)


def test_a_merge_waits_for_an_objection_that_came_first(scene, at_once, until_somebody_waits):
    approve(scene.change, scene.member(Role.REVIEWER))
    critic = scene.member(Role.ADMIN)

    with transaction.atomic():
        hold_change(scene.change)
        merging = at_once(lambda: merge_change(scene.fresh(), actor=acting(scene.maker)))
        until_somebody_waits()
        object_to(scene.fresh(), critic)

    with pytest.raises(GateShut):
        merging.result()


def test_an_objection_that_waited_for_a_merge_comes_too_late(scene, at_once, until_somebody_waits):
    approve(scene.change, scene.member(Role.REVIEWER))
    change, critic = scene.fresh(), scene.member(Role.ADMIN)

    with transaction.atomic():
        merge_change(scene.fresh(), actor=acting(scene.maker))
        objection = at_once(lambda: object_to(change, critic))
        until_somebody_waits()

    with pytest.raises(Conflict, match="merged"):
        objection.result()


def test_an_objection_that_waited_for_the_change_to_be_closed_comes_too_late(
    scene, at_once, until_somebody_waits
):
    change, critic = scene.fresh(), scene.member(Role.ADMIN)

    with transaction.atomic():
        close_change(scene.fresh(), actor=acting(scene.maker))
        objection = at_once(lambda: object_to(change, critic))
        until_somebody_waits()

    with pytest.raises(Conflict, match="closed"):
        objection.result()


def test_a_decision_that_waited_for_a_new_commit_is_refused_with_a_word(
    scene, at_once, until_somebody_waits
):
    change, reviewer = scene.fresh(), scene.member(Role.REVIEWER)

    with transaction.atomic():
        maker = acting(scene.maker)
        more = additions({"more.txt": b"more"}, actor=maker)
        add_to_change(scene.fresh(), operations=more, message="Say more", actor=maker)
        approval = at_once(lambda: approve(change, reviewer))
        until_somebody_waits()

    with pytest.raises(Conflict, match="A commit was added"):
        approval.result()


def test_two_first_decisions_at_once_write_one_policy_down(scene, outcomes):
    people = [scene.member(Role.REVIEWER), scene.member(Role.ADMIN)]
    changes = [scene.fresh() for _ in people]

    answers = outcomes(
        *(lambda c=c, p=p: approve(c, p) for c, p in zip(changes, people, strict=True))
    )

    assert all(isinstance(answer, Decision) for answer in answers)
    assert len({decision.policy_id for decision in standing_decisions(scene.change)}) == 1


def test_a_policy_and_a_decision_at_once_leave_no_decision_under_the_old_policy(scene, outcomes):
    reviewer, owner, change = scene.member(Role.REVIEWER), acting(scene.owner), scene.fresh()

    outcomes(
        lambda: approve(change, reviewer),
        lambda: change_preset(scene.organization, preset="strict", actor=owner, reason="We grew."),
    )

    assert {d.policy.preset for d in standing_decisions(scene.change)} <= {"strict"}


TWO = {"approvals": {"count": 2, "security": 0}}
TIGHTENED = {
    "hub": lambda scene: HUB,
    "model": lambda scene: of_repo(scene.repo),
    "team": lambda scene: of_team(make_team_with(scene.organization, scene.repo)),
}


@pytest.mark.parametrize("place", TIGHTENED)
def test_a_merge_waits_for_a_layer_that_is_tightened_first(
    scene, place, at_once, until_somebody_waits
):
    approve(scene.change, scene.member(Role.REVIEWER))
    where = TIGHTENED[place](scene)

    with transaction.atomic():
        ask_for(where, TWO)
        merging = at_once(lambda: merge_change(scene.fresh(), actor=acting(scene.maker)))
        until_somebody_waits()

    with pytest.raises(GateShut):
        merging.result()
    assert scene.fresh().discussion.state == DiscussionState.OPEN


@pytest.mark.parametrize("place", TIGHTENED)
def test_a_layer_waits_for_a_merge_that_came_first(scene, place, at_once, until_somebody_waits):
    decision = approve(scene.change, scene.member(Role.REVIEWER))
    where = TIGHTENED[place](scene)

    with transaction.atomic():
        merge_change(scene.fresh(), actor=acting(scene.maker))
        tightening = at_once(lambda: ask_for(where, TWO))
        until_somebody_waits()

    assert tightening.result().number == 1
    assert scene.fresh().discussion.state == DiscussionState.MERGED
    decision.refresh_from_db()
    assert decision.voided_at is None


@pytest.mark.parametrize("place", TIGHTENED)
def test_a_decision_and_a_layer_at_once_leave_no_decision_under_other_rules(scene, place, outcomes):
    reviewer, change, where = scene.member(Role.REVIEWER), scene.fresh(), TIGHTENED[place](scene)

    outcomes(lambda: approve(change, reviewer), lambda: ask_for(where, TWO))

    now = effective_policy(scene.repo).digest
    assert {d.rules_digest for d in standing_decisions(scene.change)} <= {now}


def test_two_drafts_approved_at_once_put_one_in_force(scene, outcomes):
    deputy = scene.member(Role.ADMIN)
    place = of_namespace(scene.organization.namespace)
    drafts = [
        propose_draft(tried_draft(place, rules, by=deputy, preset="light"), actor=acting(deputy))
        for rules in ({**TWO, "verdicts": {}, "up_to_date": {}}, {**TWO, "verdicts": {}})
    ]

    answers = outcomes(
        lambda: approve_draft(drafts[0], actor=acting(scene.owner)),
        lambda: approve_draft(drafts[1], actor=acting(scene.owner)),
    )

    assert sorted(isinstance(answer, Conflict) for answer in answers) == [False, True]
    assert policy_for(scene.organization.namespace).number == 2


def test_a_no_on_the_checklist_and_a_merge_at_once_are_never_both_right(scene, outcomes):
    tried = "Has somebody tried it?"
    reviewer, critic = scene.member(Role.REVIEWER), scene.member(Role.ADMIN)
    questions = {"questions": [{"kind": "publish", "question": tried}]}
    ask_for(of_namespace(scene.repo.namespace), {"approvals": {"count": 1}, "checklist": questions})
    approve(scene.change, reviewer)

    def say(answer, by, note=""):
        said = Said(question_id(tried), answer, note, scene.change.head.sha1)
        return answer_question(scene.fresh(), said, actor=acting(by))

    say("yes", reviewer)
    denial, merge = outcomes(
        lambda: say("no", critic, "It crashed."),
        lambda: merge_change(scene.fresh(), actor=acting(scene.maker)),
    )

    was_merged = scene.fresh().discussion.state == DiscussionState.MERGED
    assert was_merged == isinstance(denial, Conflict)
    assert was_merged != isinstance(merge, GateShut)
    assert ChecklistAnswer.objects.filter(voided_at=None).count() == 1


def test_of_two_answers_at_the_same_moment_one_stands(scene, outcomes):
    tried = "Has somebody tried it?"
    people = [scene.member(Role.REVIEWER, name) for name in ("one", "two", "three")]
    questions = {"questions": [{"kind": "publish", "question": tried}]}
    ask_for(of_namespace(scene.repo.namespace), {"checklist": questions})
    said = Said(question_id(tried), "yes", "", scene.change.head.sha1)

    outcomes(
        *(lambda by=by: answer_question(scene.fresh(), said, actor=acting(by)) for by in people)
    )

    assert ChecklistAnswer.objects.filter(voided_at=None).count() == 1
    assert ChecklistAnswer.objects.count() == len(people)
