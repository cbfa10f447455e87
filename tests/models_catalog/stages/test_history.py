"""Going back, and who stood where when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from hub.core.actor import ANONYMOUS, SYSTEM
from hub.core.errors import Conflict, Invalid, NotFound
from hub.core.gates import GateShut
from models_catalog.stages.actions import (
    leave_everything,
    move_stage,
    remove_alias,
    rollback,
    set_alias,
)
from models_catalog.stages.models import StageMove
from models_catalog.stages.queries import (
    history_of_alias,
    history_of_stage,
    standings_of,
    version_as_of,
    versions_as_of,
)
from models_catalog.versions.models import Version, VersionState
from models_catalog.versions.queries import get_revision
from tests.accounts.recording import recording
from tests.factories.people import acting


def _promote(shelf, *versions):
    for version in versions:
        move_stage(version, "production", actor=acting(shelf.keeper))


def _in_production(shelf):
    return _number_at(shelf, timezone.now())


def _number_at(shelf, moment):
    found = version_as_of(shelf.repo, "production", moment)
    version = found.version if found else None
    return version.number if version else None


def test_a_rollback_brings_the_version_before_back(shelf):
    _promote(shelf, shelf.first, shelf.second)

    with recording() as events:
        rollback(shelf.repo, "production", expected=2, actor=acting(shelf.keeper))

    assert _in_production(shelf) == 1
    assert [(e.data["number"], e.data["to_stage"], e.data["is_rollback"]) for e in events] == [
        (2, "archived", False),
        (1, "production", True),
    ]


def test_two_rollbacks_go_back_two_steps(shelf):
    _promote(shelf, shelf.first, shelf.second, shelf.third)

    for _step in range(2):
        rollback(shelf.repo, "production", actor=acting(shelf.keeper))

    assert _in_production(shelf) == 1
    with pytest.raises(Conflict, match="No other version"):
        rollback(shelf.repo, "production", actor=acting(shelf.keeper))


def test_a_rollback_passes_over_what_was_taken_back(shelf):
    _promote(shelf, shelf.first, shelf.second, shelf.third)
    Version.objects.filter(pk=shelf.second.pk).update(state=VersionState.WITHDRAWN)

    rollback(shelf.repo, "production", actor=acting(shelf.keeper))

    assert _in_production(shelf) == 1


def test_a_rollback_refills_a_stage_that_was_vacated(shelf):
    _promote(shelf, shelf.first, shelf.second)
    move_stage(shelf.second, "", actor=acting(shelf.keeper))

    rollback(shelf.repo, "production", expected=0, actor=acting(shelf.keeper))

    assert _in_production(shelf) == 2


def test_a_rollback_goes_through_the_gate(reviewed):
    now = timezone.now()
    rows: list[StageMove] = []
    for version, ended in ((reviewed.first, now), (reviewed.second, None)):
        rows.append(
            StageMove.objects.create(
                repo=reviewed.repo,
                version=version,
                stage="production",
                is_exclusive=True,
                moved_at=now,
                ended_at=ended,
                below=rows[-1] if rows else None,
            )
        )

    with recording() as events, pytest.raises(GateShut):
        rollback(reviewed.repo, "production", actor=acting(reviewed.owner))

    assert _in_production(reviewed) == 2
    assert events == []


def test_nobody_rolls_a_stage_of_many_back(shelf):
    with pytest.raises(Invalid, match="Several versions"):
        rollback(shelf.repo, "candidate", actor=acting(shelf.keeper))


def test_an_alias_is_rolled_back_too(shelf):
    for version in (shelf.first, shelf.second, shelf.third):
        set_alias(shelf.repo, "champion", version, actor=acting(shelf.keeper))

    rollback(shelf.repo, "champion", expected=3, actor=acting(shelf.keeper))

    moves = history_of_alias(shelf.repo, "champion")
    assert list(moves.values_list("version__number", flat=True)) == [2, 3, 2, 1]


def test_the_record_says_who_stood_there_when(shelf):
    moments = []
    for version in (shelf.first, shelf.second):
        _promote(shelf, version)
        moments.append(timezone.now())

    first = version_as_of(shelf.repo, "production", moments[0])

    assert [_number_at(shelf, moment) for moment in moments] == [1, 2]
    assert first is not None
    assert first.moved_by == shelf.keeper
    early = moments[0] - timedelta(days=1)
    assert version_as_of(shelf.repo, "production", early) is None


def test_an_alias_that_was_taken_away_meant_something_before(shelf):
    set_alias(shelf.repo, "champion", shelf.first, actor=acting(shelf.keeper))
    meant = timezone.now()
    remove_alias(shelf.repo, "champion", actor=acting(shelf.keeper))

    found = version_as_of(shelf.repo, "champion", meant)
    assert found is not None
    assert found.version == shelf.first
    assert version_as_of(shelf.repo, "champion", timezone.now()) is None


def test_a_stage_of_many_lists_all_that_stood_there(shelf):
    for version in (shelf.first, shelf.second):
        move_stage(version, "candidate", actor=acting(shelf.keeper))

    found = versions_as_of(shelf.repo, "candidate", timezone.now())

    assert [move.version.number for move in found] == [2, 1]


def test_the_history_tells_of_coming_and_going(shelf):
    _promote(shelf, shelf.first, shelf.second)

    told = [
        (m.version.number, m.from_stage, m.stage)
        for m in history_of_stage(shelf.repo, "production")
    ]

    assert told == [(2, "", "production"), (1, "production", "archived"), (1, "", "production")]


def test_what_is_taken_back_stands_nowhere_and_means_nothing(reviewed):
    StageMove.objects.create(
        repo=reviewed.repo,
        version=reviewed.first,
        stage="production",
        is_exclusive=True,
        moved_at=timezone.now(),
    )
    set_alias(reviewed.repo, "champion", reviewed.first, actor=acting(reviewed.keeper))

    leave_everything(reviewed.first, actor=SYSTEM)

    standing = standings_of([reviewed.first])[reviewed.first.pk]
    assert (standing.stage, list(standing.aliases)) == (None, [])
    for name in ("production", "champion"):
        with pytest.raises(NotFound):
            get_revision(reviewed.repo, name, actor=ANONYMOUS)


def test_a_stage_opens_the_revision_of_the_version_there(shelf):
    _promote(shelf, shelf.third, shelf.second)

    assert get_revision(shelf.repo, "production", actor=ANONYMOUS) == shelf.second.revision
