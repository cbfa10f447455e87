from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.policies.actions import change_preset
from governance.reviews.actions import decide
from governance.reviews.queries import standing_decisions, why_not_decide
from governance.reviews.requests.actions import ask_for, close_request, grant_request
from governance.reviews.requests.check_waivers import check_waivers_in_force
from governance.reviews.requests.kinds import Wish
from governance.reviews.requests.models import Certificate, ReviewRequest
from governance.reviews.requests.queries import get_request
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from hub.core.gates import GateShut
from models_catalog.changes.actions import add_to_change, merge_change
from models_catalog.changes.models import DiscussionState
from models_catalog.repos.models import Repo
from models_catalog.storage.models import Verdict
from tests.accounts.recording import names, recording
from tests.factories.models import additions, judge_all
from tests.factories.people import acting, make_user
from tests.factories.reviews import approve, make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def released(scene):
    """The scene with its change merged: version 1 is released."""
    scene.reviewer = scene.member(Role.REVIEWER)
    approve(scene.change, scene.reviewer)
    scene.version = merge_change(scene.change, actor=acting(scene.maker)).version
    scene.repo.refresh_from_db()
    return scene


def recertify(scene, by=None) -> ReviewRequest:
    return ask_for(
        Wish(scene.repo, scene.version),
        kind="recertify",
        reason="A year has passed.",
        actor=acting(by or scene.maker),
    )


def agree(request: ReviewRequest, by) -> None:
    decide(request, kind="approve", actor=acting(by), expected_sha1=request.revision.sha1)


def fresh(request: ReviewRequest) -> ReviewRequest:
    return ReviewRequest.objects.select_related("discussion").get(pk=request.pk)


def test_a_request_is_the_next_thread_of_its_model(released):
    request = recertify(released)

    assert request.discussion.number == released.change.discussion.number + 1
    assert request.discussion.is_request
    assert request.manifest_digest == released.version.revision.manifest_digest


def test_a_certificate_needs_the_word_of_somebody_else(released):
    request = recertify(released)

    with recording() as events, pytest.raises(GateShut, match="0 of 1 approvals"):
        grant_request(request, actor=acting(released.maker))
    assert events == []
    assert fresh(request).discussion.state == DiscussionState.OPEN

    agree(request, released.reviewer)
    with recording() as events:
        grant_request(request, actor=acting(released.maker))

    assert names(events) == ["version:certified", "request:granted"]
    assert Certificate.objects.get().version == released.version
    assert fresh(request).discussion.state == DiscussionState.GRANTED


def test_who_asks_does_not_decide(released):
    request = recertify(released, by=released.reviewer)

    with pytest.raises(Forbidden, match="You asked for this"):
        agree(request, released.reviewer)
    assert not standing_decisions(request)


def test_who_made_the_files_does_not_decide_on_their_certificate(released):
    request = recertify(released, by=released.reviewer)

    assert "had a part" in str(why_not_decide(request, actor=acting(released.maker)))


def test_an_open_policy_asks_another_person_all_the_same(db):
    scene = make_scene(Preset.OPEN)
    version = merge_change(scene.change, actor=acting(scene.maker)).version
    wish = Wish(scene.repo, version)
    request = ask_for(wish, kind="recertify", reason="Again.", actor=acting(scene.maker))

    with pytest.raises(GateShut, match="0 of 1 approvals"):
        grant_request(request, actor=acting(scene.owner))


def test_a_request_is_granted_once(released):
    request = recertify(released)
    agree(request, released.reviewer)
    grant_request(request, actor=acting(released.maker))

    with pytest.raises(Conflict, match="granted or closed"):
        grant_request(request, actor=acting(released.maker))
    assert Certificate.objects.count() == 1


def test_the_same_is_asked_once_at_a_time(released):
    recertify(released)

    with pytest.raises(Conflict, match="asked already"):
        recertify(released, by=released.reviewer)


def test_a_policy_that_changes_voids_what_was_said(released):
    request = recertify(released)
    agree(request, released.reviewer)

    change_preset(
        released.organization, preset="strict", reason="We grew.", actor=acting(released.owner)
    )

    assert not standing_decisions(request)
    with pytest.raises(GateShut, match="0 of 2 approvals"):
        grant_request(request, actor=acting(released.maker))


def test_files_that_turn_dangerous_are_not_certified(released):
    request = recertify(released)
    agree(request, released.reviewer)
    judge_all(released.version.revision, Verdict.DANGEROUS)

    with pytest.raises(GateShut, match="dangerous"):
        grant_request(request, actor=acting(released.maker))


def test_an_objection_keeps_a_request_from_being_granted(released):
    request = recertify(released)
    agree(request, released.reviewer)
    critic = released.member(Role.ADMIN)
    decide(
        request,
        kind="reject",
        reason="Its data are gone.",
        actor=acting(critic),
        expected_sha1=request.revision.sha1,
    )

    with pytest.raises(GateShut, match="asks for changes"):
        grant_request(request, actor=acting(released.maker))


def test_a_withdrawal_that_is_granted_takes_the_model_back(released):
    request = ask_for(
        Wish(released.repo), kind="withdraw", reason="It leaks.", actor=acting(released.maker)
    )
    agree(request, released.reviewer)

    grant_request(request, actor=acting(released.owner))

    repo = Repo.objects.get(pk=released.repo.pk)
    assert repo.is_withdrawn
    assert repo.withdrawn_reason == "It leaks."


def test_granting_a_withdrawal_needs_the_right_to_withdraw(released):
    request = ask_for(
        Wish(released.repo), kind="withdraw", reason="It leaks.", actor=acting(released.maker)
    )
    agree(request, released.reviewer)

    with pytest.raises(Forbidden):
        grant_request(request, actor=acting(released.maker))
    assert not Repo.objects.get(pk=released.repo.pk).is_withdrawn
    assert fresh(request).ended_at is None


def test_a_granted_waiver_is_given_by_who_approved_it(db):
    scene = make_scene(Preset.STRICT)
    wish = Wish(scene.repo, change=scene.change, details={"rule": "licence_present", "days": 30})
    request = ask_for(wish, kind="waiver", reason="It is coming.", actor=acting(scene.maker))
    agree(request, scene.member(Role.SECURITY_REVIEWER))
    agree(request, scene.member(Role.REVIEWER))

    grant_request(request, actor=acting(scene.maker))

    waiver = check_waivers_in_force(scene.repo).get()
    assert (waiver.rule, waiver.given_by.username) == ("licence_present", "the-security_reviewer")
    assert waiver.manifest_digest == scene.change.head.manifest_digest


@pytest.mark.parametrize("rule", ["approvals", "verdicts", "nonsense", "safe_formats"])
def test_no_waiver_for_what_is_not_asked_or_guards_people(released, rule):
    wish = Wish(released.repo, released.version, details={"rule": rule, "days": 30})

    with pytest.raises(Invalid, match="Choose a rule"):
        ask_for(wish, kind="waiver", reason="Please.", actor=acting(released.maker))


def test_a_waiver_asked_for_a_change_ends_when_the_change_moves_on(db):
    scene = make_scene(Preset.STRICT)
    wish = Wish(scene.repo, change=scene.change, details={"rule": "licence_present", "days": 30})
    request = ask_for(wish, kind="waiver", reason="It is coming.", actor=acting(scene.maker))
    maker = acting(scene.maker)

    more = additions({"more.txt": b"more"}, actor=maker)
    add_to_change(scene.change, operations=more, message="Say more", actor=maker)

    assert fresh(request).discussion.state == DiscussionState.CLOSED


def test_strangers_neither_see_an_open_request_nor_ask(released):
    request, stranger = recertify(released), make_user("stranger")

    with pytest.raises(NotFound):
        get_request(released.repo, request.discussion.number, actor=acting(stranger))
    with pytest.raises(Forbidden):
        recertify(released, by=stranger)


def test_its_author_gives_a_request_up(released):
    request = recertify(released)

    with recording() as events:
        close_request(request, reason="Not now.", actor=acting(released.maker))

    assert names(events) == ["request:closed"]
    assert fresh(request).discussion.state == DiscussionState.CLOSED
    with pytest.raises(Conflict, match="granted or closed"):
        agree(request, released.reviewer)
    assert recertify(released).pk != request.pk
