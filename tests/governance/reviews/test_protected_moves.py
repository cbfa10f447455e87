"""Protected stages and aliases of a reviewed model move when people agreed to exactly that move."""

from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.policies.actions import change_preset
from governance.reviews.actions import decide
from governance.reviews.requests.actions import ask_for, grant_request
from governance.reviews.requests.kinds import Wish
from hub.core.errors import Conflict
from hub.core.gates import GateShut
from models_catalog.changes.actions import merge_change
from models_catalog.stages.actions import move_stage, protect_alias, rollback, set_alias
from models_catalog.stages.queries import stage_now
from tests.accounts.recording import names, recording
from tests.factories.models import propose
from tests.factories.people import acting
from tests.factories.reviews import approve, finish_scan
from tests.factories.stages import meaning_of, place_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def released(scene):
    """Two released versions of a reviewed model."""
    scene.reviewer = scene.member(Role.REVIEWER)
    versions = []
    for content in (None, b"other weights"):
        change = scene.change
        if content:
            change = propose(scene.repo, {"model.safetensors": content}, by=scene.maker)
            finish_scan(change.head)
        approve(change, scene.reviewer)
        versions.append(merge_change(change, actor=acting(scene.maker)).version)
    scene.first, scene.second = versions
    scene.repo.refresh_from_db()
    return scene


def ask(scene, version, *, target="stage", name="production"):
    details = {"target": target, "name": name}
    wish = Wish(scene.repo, version, details=details)
    return ask_for(wish, kind="promote", reason="Ready.", actor=acting(scene.maker))


def agree(request, by):
    decide(request, kind="approve", actor=acting(by), expected_sha1=request.revision.sha1)


def promote(scene, version):
    request = ask(scene, version)
    agree(request, scene.reviewer)
    grant_request(request, actor=acting(scene.maker))
    return request


def test_a_promotion_that_people_agreed_to_happens_when_it_is_granted(released):
    with recording() as events:
        request = promote(released, released.first)

    stands = place_of(released.first)
    assert (stands.stage, stands.review) == ("production", request.discussion.number)
    assert stands.moved_by == released.maker
    assert names(events)[-2:] == ["stage:moved", "request:granted"]


def test_a_promotion_that_nobody_agreed_to_is_not_granted(released):
    request = ask(released, released.first)

    with recording() as events, pytest.raises(GateShut):
        grant_request(request, actor=acting(released.maker))

    assert stage_now(released.first) is None
    assert events == []


def test_an_agreement_opens_no_other_door(released):
    request = ask(released, released.first)
    agree(request, released.reviewer)

    for act in (
        lambda: move_stage(released.first, "production", actor=acting(released.owner)),
        lambda: move_stage(released.first, "staging", actor=acting(released.owner)),
        lambda: move_stage(
            released.second,
            "production",
            review=request.discussion.number,
            actor=acting(released.owner),
        ),
    ):
        with pytest.raises(GateShut):
            act()

    assert stage_now(released.first) is stage_now(released.second) is None


def test_an_agreement_is_spent_by_the_move(released):
    request = promote(released, released.first)
    promote(released, released.second)

    with pytest.raises(GateShut):
        move_stage(
            released.first,
            "production",
            review=request.discussion.number,
            actor=acting(released.owner),
        )

    assert place_of(released.first).stage == "archived"


def test_a_stricter_policy_takes_the_agreement_away(released):
    request = ask(released, released.first)
    agree(request, released.reviewer)
    change_preset(
        released.organization,
        preset=Preset.STRICT.value,
        reason="So.",
        actor=acting(released.owner),
    )

    with pytest.raises(GateShut):
        grant_request(request, actor=acting(released.maker))

    assert stage_now(released.first) is None


def test_a_promotion_that_something_overtook_is_not_carried_out(released):
    late, early = ask(released, released.first), ask(released, released.second)
    for request in (late, early):
        agree(request, released.reviewer)
    grant_request(early, actor=acting(released.maker))

    with pytest.raises(Conflict, match="has moved since"):
        grant_request(late, actor=acting(released.maker))

    assert place_of(released.second).stage == "production"


def test_a_rollback_asks_as_any_promotion_does(released):
    promote(released, released.first)
    promote(released, released.second)

    with pytest.raises(GateShut):
        rollback(released.repo, "production", actor=acting(released.owner))
    promote(released, released.first)

    assert place_of(released.first).stage == "production"
    assert place_of(released.second).stage == "archived"


def test_a_protected_alias_moves_when_it_is_granted(released):
    set_alias(released.repo, "champion", released.first, actor=acting(released.owner))
    protect_alias(released.organization, "champion", actor=acting(released.owner))
    request = ask(released, released.second, target="alias", name="champion")
    agree(request, released.reviewer)

    grant_request(request, actor=acting(released.maker))

    move = meaning_of(released.repo, "champion")
    assert (move.version, move.review) == (released.second, request.discussion.number)
