"""Moves at the same moment, each with a connection of its own: no state that its final facts would refuse."""

from __future__ import annotations

import pytest
from django.db import connection

from hub.core.errors import Conflict, DomainError
from models_catalog.lifecycle.actions import yank_version
from models_catalog.repos.models import Repo
from models_catalog.stages.actions import (
    move_stage,
    protect_alias,
    rollback,
    set_alias,
)
from models_catalog.stages.models import StageMove
from models_catalog.stages.queries import alias_now, history_of_alias, stage_now
from models_catalog.versions.models import Version
from tests.factories.people import acting
from tests.factories.stages import meaning_of
from tests.models_catalog.stages.conftest import make_shelf

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite has one writer: its transaction is the lock.",
    ),
]


@pytest.fixture
def shelf():
    return make_shelf()


def _in_production(shelf):
    return list(
        StageMove.objects.filter(repo=shelf.repo, stage="production", ended_at=None).values_list(
            "version__number", flat=True
        )
    )


def test_an_alias_moved_twice_at_once_moves_once(outcomes, shelf):
    actor = acting(shelf.keeper)
    set_alias(shelf.repo, "champion", shelf.first, actor=actor)

    done = outcomes(
        lambda: set_alias(shelf.repo, "champion", shelf.second, expected=1, actor=actor),
        lambda: set_alias(shelf.repo, "champion", shelf.third, expected=1, actor=actor),
    )

    assert sorted(isinstance(each, Conflict) for each in done) == [False, True]
    winner = next(each for each in done if not isinstance(each, Conflict))
    assert meaning_of(shelf.repo, "champion").version_id == winner.version_id
    assert history_of_alias(shelf.repo, "champion").count() == 2


def test_two_promotions_at_once_leave_one_version_in_production(outcomes, shelf):
    actor = acting(shelf.keeper)

    done = outcomes(
        lambda: move_stage(shelf.first, "production", actor=actor),
        lambda: move_stage(shelf.second, "production", actor=actor),
        lambda: move_stage(shelf.third, "production", expected=0, actor=actor),
    )

    assert len(_in_production(shelf)) == 1
    assert all(isinstance(each, StageMove | Conflict) for each in done)


def test_a_version_that_is_yanked_while_it_is_promoted_is_one_of_the_two(outcomes, shelf):
    owner = acting(shelf.owner)

    outcomes(
        lambda: move_stage(shelf.second, "production", actor=owner),
        lambda: set_alias(shelf.repo, "champion", shelf.second, actor=owner),
        lambda: yank_version(shelf.second, reason="Wrong labels.", actor=owner),
    )

    meant = alias_now(shelf.repo, "champion")
    is_named = stage_now(shelf.second) is not None or (meant is not None and meant.version_id)
    is_yanked = Version.objects.get(pk=shelf.second.pk).yanked_at is not None
    assert bool(is_named) != is_yanked


def test_a_rollback_while_another_is_promoted_takes_away_what_it_saw_or_nothing(outcomes, shelf):
    actor = acting(shelf.keeper)
    for version in (shelf.first, shelf.second):
        move_stage(version, "production", actor=actor)

    back, forward = outcomes(
        lambda: rollback(shelf.repo, "production", expected=2, actor=actor),
        lambda: move_stage(shelf.third, "production", expected=2, actor=actor),
    )

    assert sorted(isinstance(each, Conflict) for each in (back, forward)) == [False, True]
    assert _in_production(shelf) == [3 if isinstance(back, Conflict) else 1]


def test_an_alias_that_is_protected_while_it_moves_moved_before_or_stays(outcomes, shelf):
    owner = acting(shelf.owner)
    set_alias(shelf.repo, "champion", shelf.first, actor=owner)
    Repo.objects.filter(pk=shelf.repo.pk).update(is_protected=True)

    moved, protected = outcomes(
        lambda: set_alias(shelf.repo, "champion", shelf.second, actor=owner),
        lambda: protect_alias(shelf.organization, "champion", actor=owner),
    )

    expected = shelf.first if isinstance(moved, DomainError) else shelf.second
    assert meaning_of(shelf.repo, "champion").version == expected
    assert protected is None
