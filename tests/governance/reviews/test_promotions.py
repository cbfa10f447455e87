"""Protected stages and aliases move by requests that people agreed to, through whatever door."""

from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from governance.reviews.actions import decide
from governance.reviews.requests.actions import ask_for, grant_request
from governance.reviews.requests.kinds import Wish
from governance.reviews.requests.models import ReviewRequest
from hub.core.errors import Conflict, Invalid
from hub.core.gates import GateShut
from models_catalog.changes.actions import merge_change
from models_catalog.changes.models import DiscussionState
from models_catalog.stages.actions.aliases import set_alias
from models_catalog.stages.actions.editing import protect_alias
from models_catalog.stages.actions.moving import move_stage
from models_catalog.stages.models import StageMove
from models_catalog.stages.queries import alias_now, stage_now
from tests.accounts.recording import names, recording
from tests.factories.people import acting
from tests.factories.reviews import approve

pytestmark = pytest.mark.django_db


@pytest.fixture
def released(scene):
    scene.reviewer = scene.member(Role.REVIEWER)
    approve(scene.change, scene.reviewer)
    scene.version = merge_change(scene.change, actor=acting(scene.maker)).version
    return scene


def promote(scene, name="production", target="stage") -> ReviewRequest:
    wish = Wish(scene.repo, scene.version, details={"target": target, "name": name})
    return ask_for(wish, kind="promote", reason="It did well.", actor=acting(scene.maker))


def agree(request, by) -> None:
    decide(request, kind="approve", actor=acting(by), expected_sha1=request.revision.sha1)


def stage_of(scene) -> str:
    move = stage_now(scene.version)
    return move.stage if move else ""


def test_a_granted_promotion_moves_the_version_and_names_its_review(released):
    request = promote(released)
    agree(request, released.reviewer)

    with recording() as events:
        grant_request(request, actor=acting(released.maker))

    assert names(events) == ["stage:moved", "request:granted"]
    move = StageMove.objects.get(version=released.version, ended_at=None)
    assert (move.stage, move.review) == ("production", request.discussion.number)


def test_without_an_approval_no_door_moves_a_protected_stage(released):
    request = promote(released)
    number = request.discussion.number

    with recording() as events:
        with pytest.raises(GateShut, match="0 of 1 approvals"):
            grant_request(request, actor=acting(released.owner))
        with pytest.raises(GateShut, match="0 of 1 approvals"):
            move_stage(released.version, "production", review=number, actor=acting(released.owner))

    assert events == []
    assert stage_of(released) == ""


def test_a_move_through_another_door_spends_the_request(released):
    request = promote(released)
    agree(request, released.reviewer)

    number = request.discussion.number
    move_stage(released.version, "production", review=number, actor=acting(released.owner))

    request = ReviewRequest.objects.get(pk=request.pk)
    assert request.discussion.state == DiscussionState.GRANTED
    with pytest.raises(Conflict, match="granted or closed"):
        grant_request(request, actor=acting(released.owner))


def test_a_request_for_one_stage_does_not_open_another(released):
    request = promote(released, "staging")
    agree(request, released.reviewer)

    with pytest.raises(GateShut, match="ask for a review of exactly this move"):
        move_stage(
            released.version,
            "production",
            review=request.discussion.number,
            actor=acting(released.owner),
        )


def test_a_promotion_does_not_outlive_what_stood_there_when_it_was_asked(released):
    first, second = promote(released), promote(released, "staging")
    for request in (first, second):
        agree(request, released.reviewer)
    grant_request(first, actor=acting(released.owner))
    third = ask_for(
        Wish(released.repo, released.version, details={"target": "stage", "name": ""}),
        kind="promote",
        reason="Take it out.",
        actor=acting(released.maker),
    )
    agree(third, released.reviewer)
    grant_request(second, actor=acting(released.owner))

    with pytest.raises(Conflict, match="has moved since this was asked"):
        grant_request(third, actor=acting(released.owner))
    assert stage_of(released) == "staging"


def test_a_protected_alias_moves_by_a_request(released):
    protect_alias(released.organization, "champion", actor=acting(released.owner))
    with pytest.raises(GateShut, match="is protected"):
        set_alias(released.repo, "champion", released.version, actor=acting(released.owner))

    request = promote(released, "champion", "alias")
    agree(request, released.reviewer)
    grant_request(request, actor=acting(released.maker))

    move = alias_now(released.repo, "champion")
    assert move is not None
    assert (move.version, move.review) == (released.version, request.discussion.number)


@pytest.mark.parametrize(
    ("target", "name", "match"),
    [
        ("stage", "heaven", "no such stage"),
        ("planet", "mars", "Say what is to move"),
        ("alias", "", "Name the alias"),
    ],
)
def test_nonsense_is_not_asked(released, target, name, match):
    with pytest.raises(Invalid, match=match):
        promote(released, name, target)
