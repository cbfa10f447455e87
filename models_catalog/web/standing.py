"""What pages say about where versions stand and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from hub.ui.parts import Badge
from models_catalog.repos.models import Repo
from models_catalog.stages.models import AliasMove, StageMove
from models_catalog.stages.queries import (
    is_alias_protected,
    is_stage_protected,
    names_in_use,
    stages_of,
    standings_of,
)
from models_catalog.versions.models import Version

MOST_BADGES = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A name with where its history is."""

    name: str
    title: str
    url: str
    icon: str
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of a list with its stage and its aliases."""

    version: Version
    stage: Place | None
    aliases: Sequence[Place]


def rows_of(repo: Repo, versions: Sequence[Version]) -> list[VersionRow]:
    """Some versions of a model with where they stand."""
    standings = standings_of(versions)
    titles = _titles(repo)
    return [
        VersionRow(
            version,
            _stage(repo, standings[version.pk].stage, titles),
            [_alias(repo, move) for move in standings[version.pk].aliases],
        )
        for version in versions
    ]


def places_of(repo: Repo) -> list[Place]:
    """Every name that leads to a version now: exclusive stages first, then aliases."""
    titles = _titles(repo)
    stages, aliases = names_in_use(repo)
    found = [_stage(repo, move, titles) for move in stages]
    return [*filter(None, found), *(_alias(repo, move) for move in aliases)]


def badges_of(places: Sequence[Place]) -> list[Badge]:
    """The first of them for the head of a model's pages."""
    return [
        Badge(f"{place.title}: {place.version.title}", "line", place.icon, place.url)
        for place in places[:MOST_BADGES]
        if place.version is not None
    ]


def history_url(repo: Repo, name: str) -> str:
    """Where the history of a stage or an alias is told."""
    where = reverse("catalog:names", args=[repo.namespace.name, repo.name])
    return f"{where}?{urlencode({'name': name})}"


def needs_review(repo: Repo, *, stages: Sequence[str] = (), alias: str = "") -> bool:
    """Whether moving this is for those who review the model."""
    return repo.is_protected and (
        any(is_stage_protected(repo.namespace, name) for name in stages)
        or bool(alias and is_alias_protected(repo.namespace, alias))
    )


def _titles(repo: Repo) -> dict[str, str]:
    return {stage.name: stage.title for stage in stages_of(repo.namespace)}


def _stage(repo: Repo, move: StageMove | None, titles: dict[str, str]) -> Place | None:
    if move is None:
        return None
    title = titles.get(move.stage, move.stage)
    return Place(move.stage, title, history_url(repo, move.stage), "layers", move.version)


def _alias(repo: Repo, move: AliasMove) -> Place:
    return Place(move.alias, move.alias, history_url(repo, move.alias), "tag", move.version)
