"""What a model's revisions are called, for those who choose between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hub.core.actor import Actor
from models_catalog.repos.models import Repo
from models_catalog.revisions.actions import MAIN
from models_catalog.revisions.models import Ref
from models_catalog.versions.models import Version, VersionState
from models_catalog.versions.queries import (
    SHOWN_STATES,
    may_see_unreleased,
    visible_versions,
)

TAGS = "refs/tags/"
MOST = 50


@dataclass(frozen=True, slots=True)
class Names:
    """Versions newest first, then branches with ``main`` in front, then tags; ``MOST`` of each."""

    versions: Sequence[Version]
    branches: Sequence[str]
    tags: Sequence[str]


def names_of(repo: Repo, *, actor: Actor) -> Names:
    """The names that the actor may open; readers of a reviewed model see ``main`` and what is released."""
    refs = Ref.objects.filter(repo=repo)
    branches = refs.exclude(name__startswith="refs/")
    tags = refs.filter(name__startswith=TAGS)
    if not may_see_unreleased(repo, actor=actor):
        branches = branches.filter(name=MAIN)
        tags = tags.filter(revision__versions__state__in=SHOWN_STATES).distinct()
    named = branches.exclude(name=MAIN).order_by("name").values_list("name", flat=True)[:MOST]
    versions = visible_versions(repo, actor=actor).exclude(revision=None)
    return Names(
        versions=list(versions.exclude(state=VersionState.REJECTED)[:MOST]),
        branches=[MAIN, *named],
        tags=[
            name.removeprefix(TAGS)
            for name in tags.order_by("-updated_at").values_list("name", flat=True)[:MOST]
        ],
    )
