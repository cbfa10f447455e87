"""What a stage or an alias means now, for tests that put something there."""

from __future__ import annotations

from models_catalog.repos.models import Repo
from models_catalog.stages.models import AliasMove, StageMove
from models_catalog.stages.queries import alias_now, stage_now
from models_catalog.versions.models import Version


def place_of(version: Version) -> StageMove:
    """The move that brought the version where it stands; it has to stand somewhere."""
    move = stage_now(version)
    assert move is not None, f"{version} stands nowhere"
    return move


def meaning_of(repo: Repo, alias: str) -> AliasMove:
    """The last move of an alias that was set at least once and not ended, be it to no version."""
    move = alias_now(repo, alias)
    assert move is not None, f"nothing is called {alias}"
    return move
