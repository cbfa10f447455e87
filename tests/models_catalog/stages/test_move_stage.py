"""Versions between stages: who stands where, whose place is taken, what stays shut."""

from __future__ import annotations

import pytest

from hub.core.errors import Conflict, Forbidden, Gone, Invalid
from hub.core.gates import GateShut
from models_catalog.repos.actions import withdraw_repo
from models_catalog.stages.actions import move_stage
from models_catalog.stages.models import StageMove
from models_catalog.stages.queries import standings_of
from models_catalog.versions.actions import propose_version
from tests.accounts.recording import recording
from tests.factories.people import acting, make_user


def _stages(*versions):
    standings = standings_of(versions)
    places = [standings[version.pk].stage for version in versions]
    return [place.stage if place else "" for place in places]


def test_a_version_stands_in_one_stage_at_most(shelf):
    move_stage(shelf.first, "candidate", actor=acting(shelf.keeper))
    move_stage(shelf.first, "staging", actor=acting(shelf.keeper))

    assert _stages(shelf.first) == ["staging"]
    assert StageMove.objects.filter(version=shelf.first, ended_at=None).count() == 1


def test_who_comes_to_production_sends_the_one_before_to_the_archive(shelf):
    move_stage(shelf.first, "production", actor=acting(shelf.keeper))

    with recording() as events:
        move_stage(shelf.second, "production", actor=acting(shelf.keeper))

    assert _stages(shelf.first, shelf.second) == ["archived", "production"]
    moves = [
        [e.data[key] for key in ("number", "from_stage", "to_stage", "replaced")] for e in events
    ]
    assert moves == [[1, "production", "archived", None], [2, "", "production", 1]]


def test_the_one_before_goes_where_somebody_says(shelf):
    move_stage(shelf.first, "production", actor=acting(shelf.keeper))

    move_stage(shelf.second, "production", displaced_to="candidate", actor=acting(shelf.keeper))

    assert _stages(shelf.first, shelf.second) == ["candidate", "production"]


def test_the_one_before_does_not_slip_into_a_protected_stage(shelf):
    move_stage(shelf.first, "production", actor=acting(shelf.keeper))

    with pytest.raises(Invalid, match="asks for a move of its own"):
        move_stage(shelf.second, "production", displaced_to="staging", actor=acting(shelf.keeper))

    assert _stages(shelf.first, shelf.second) == ["production", ""]


def test_several_versions_are_candidates(shelf):
    for version in (shelf.first, shelf.second):
        move_stage(version, "candidate", actor=acting(shelf.keeper))

    assert _stages(shelf.first, shelf.second) == ["candidate", "candidate"]


def test_standing_there_already_changes_nothing(shelf):
    move_stage(shelf.first, "production", actor=acting(shelf.keeper))

    with recording() as events:
        move_stage(shelf.first, "production", expected=0, actor=acting(shelf.keeper))

    assert events == []


def test_who_saw_another_version_there_is_told(shelf):
    move_stage(shelf.first, "production", actor=acting(shelf.keeper))
    move_stage(shelf.second, "production", expected=1, actor=acting(shelf.keeper))

    with recording() as events, pytest.raises(Conflict, match="v2 stands there now"):
        move_stage(shelf.third, "production", expected=1, actor=acting(shelf.keeper))

    assert _stages(shelf.second, shelf.third) == ["production", ""]
    assert events == []


@pytest.mark.parametrize("to", ["staging", "production"])
def test_a_protected_stage_of_a_reviewed_model_takes_no_version_without_a_review(reviewed, to):
    with recording() as events, pytest.raises(GateShut, match="is protected"):
        move_stage(reviewed.first, to, actor=acting(reviewed.owner))

    assert _stages(reviewed.first) == [""]
    assert events == []


def test_nobody_takes_a_version_out_of_production_without_a_review(reviewed):
    StageMove.objects.create(
        repo=reviewed.repo,
        version=reviewed.first,
        stage="production",
        is_exclusive=True,
        moved_at=reviewed.first.released_at,
    )

    with pytest.raises(GateShut, match="is protected"):
        move_stage(reviewed.first, "archived", actor=acting(reviewed.owner))

    assert _stages(reviewed.first) == ["production"]


def test_other_stages_of_a_reviewed_model_are_free(reviewed):
    move_stage(reviewed.first, "candidate", actor=acting(reviewed.keeper))

    assert _stages(reviewed.first) == ["candidate"]


def test_a_review_that_nobody_held_opens_nothing(reviewed):
    with pytest.raises(GateShut):
        move_stage(reviewed.first, "production", review=7, actor=acting(reviewed.maker))

    assert _stages(reviewed.first) == [""]


@pytest.mark.parametrize("who", ["maker", "stranger"])
def test_only_who_maintains_a_model_moves_its_versions(shelf, who):
    person = shelf.maker if who == "maker" else make_user("stranger")

    with recording() as events, pytest.raises(Forbidden, match="Change the settings"):
        move_stage(shelf.first, "candidate", actor=acting(person))

    assert events == []


def test_a_proposed_version_stands_nowhere(shelf):
    version = propose_version(shelf.repo, actor=acting(shelf.owner))

    with pytest.raises(Invalid, match="is not released"):
        move_stage(version, "candidate", actor=acting(shelf.keeper))


def test_a_stage_that_nobody_defined_is_refused_with_those_that_are(shelf):
    with pytest.raises(Invalid, match="candidate, staging, production, archived"):
        move_stage(shelf.first, "shadow", actor=acting(shelf.keeper))


def test_nothing_moves_in_a_withdrawn_model(shelf):
    withdraw_repo(shelf.repo, reason="Wrong data.", actor=acting(shelf.owner))

    with pytest.raises(Gone):
        move_stage(shelf.first, "candidate", actor=acting(shelf.keeper))
