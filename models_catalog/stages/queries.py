"""Reading stages and aliases: what there are, who stands where now, and who stood there when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.namespaces.models import Namespace
from hub.core.errors import NotFound
from models_catalog.repos.models import Repo
from models_catalog.stages.defaults import default_stages
from models_catalog.stages.models import AliasMove, ProtectedAlias, Stage, StageMove
from models_catalog.versions.models import Version, VersionState

MOST_WALKED = 200
MOST_SHOWN = 20
M = TypeVar("M", StageMove, AliasMove)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one version stands and what it is called for now."""

    stage: StageMove | None = None
    aliases: Sequence[AliasMove] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class StageOfModel:
    """A stage with the numbers of the versions of one model that stand there."""

    name: str
    title: str
    is_protected: bool
    is_exclusive: bool
    versions: Sequence[int]


def stages_of(namespace: Namespace) -> list[Stage]:
    """The stages of a namespace in their order; its own, else the usual ones (not stored)."""
    own = list(Stage.objects.filter(namespace=namespace).order_by("position", "pk"))
    return own or list(default_stages(namespace))


def stage_named(namespace: Namespace, name: str) -> Stage:
    """One stage. Raises ``NotFound`` for a name that the namespace has not defined."""
    for stage in stages_of(namespace):
        if stage.name == name:
            return stage
    raise NotFound


def standing_in(repo: Repo) -> list[StageOfModel]:
    """The stages of a model with the newest versions that stand in each, in two queries."""
    places: dict[str, list[int]] = defaultdict(list)
    rows = StageMove.objects.filter(repo=repo, ended_at=None).exclude(stage="")
    newest = Window(RowNumber(), partition_by="stage", order_by=F("version__number").desc())
    listed = rows.annotate(place=newest).filter(place__lte=MOST_SHOWN).order_by("place")
    for stage, number in listed.values_list("stage", "version__number"):
        places[stage].append(number)
    return [
        StageOfModel(
            stage.name, stage.title, stage.is_protected, stage.is_exclusive, places[stage.name]
        )
        for stage in stages_of(repo.namespace)
    ]


def is_stage_protected(namespace: Namespace, name: str) -> bool:
    """Whether a stage is protected; one that nobody defines (the model came from elsewhere) is, nowhere is not."""
    known = {stage.name: stage.is_protected for stage in stages_of(namespace)}
    return bool(name) and known.get(name, True)


def protected_aliases(namespace: Namespace) -> list[str]:
    """The aliases that move by a review only, by name."""
    rows = ProtectedAlias.objects.filter(namespace=namespace).order_by("name")
    return list(rows.values_list("name", flat=True))


def is_alias_protected(namespace: Namespace, alias: str) -> bool:
    """Whether the organisation protects this alias."""
    return ProtectedAlias.objects.filter(namespace=namespace, name=alias).exists()


def stage_now(version: Version) -> StageMove | None:
    """The move that brought the version where it stands; ``None`` when it stands nowhere."""
    return StageMove.objects.filter(version=version, ended_at=None).exclude(stage="").first()


def occupant_of(repo: Repo, stage: Stage) -> StageMove | None:
    """The move of the one version that stands in an exclusive stage; ``None`` where several may, or none does."""
    if not stage.is_exclusive:
        return None
    return _with_version(
        StageMove.objects.filter(repo=repo, stage=stage.name, ended_at=None)
    ).first()


def alias_now(repo: Repo, alias: str) -> AliasMove | None:
    """What an alias means; ``None`` when nothing is called so."""
    return _with_version(AliasMove.objects.filter(repo=repo, alias=alias, ended_at=None)).first()


def standings_of(versions: Iterable[Version]) -> Mapping[int, Standing]:
    """Where some versions stand and what they are called, by their ids, in two queries."""
    ids = [version.pk for version in versions]
    places = {
        move.version_id: move
        for move in _with_version(
            StageMove.objects.filter(version__in=ids, ended_at=None).exclude(stage="")
        )
    }
    names: dict[int, list[AliasMove]] = defaultdict(list)
    called = AliasMove.objects.filter(version__in=ids, ended_at=None).order_by("alias")
    for move in _with_version(called):
        if move.version_id is not None:
            names[move.version_id].append(move)
    return {pk: Standing(places.get(pk), tuple(names.get(pk, ()))) for pk in ids}


def is_named(version: Version) -> bool:
    """Whether the version stands in a stage or bears an alias: something may depend on it by that name."""
    standing = standings_of([version])[version.pk]
    return standing.stage is not None or bool(standing.aliases)


def aliases_of(repo: Repo) -> QuerySet[AliasMove]:
    """The aliases of a model with what they mean, by name."""
    current = AliasMove.objects.filter(repo=repo, ended_at=None).exclude(version=None)
    return _with_version(current).order_by("alias")


def names_in_use(repo: Repo) -> tuple[list[StageMove], list[AliasMove]]:
    """What leads to one version now: the exclusive stages with a version, and the first aliases by name."""
    stages = StageMove.objects.filter(repo=repo, ended_at=None, is_exclusive=True)
    return (
        list(_with_version(stages).order_by("pk")),
        list(aliases_of(repo)[:MOST_SHOWN]),
    )


def version_as_of(repo: Repo, name: str, moment: datetime) -> StageMove | AliasMove | None:
    """The move by which a version was called or stood so at ``moment``, with its version; ``None`` when none did.

    An alias is looked for first. In a stage of several versions it is the one that came last.
    """
    return alias_as_of(repo, name, moment) or versions_as_of(repo, name, moment).first()


def alias_as_of(repo: Repo, alias: str, moment: datetime) -> AliasMove | None:
    """The move by which an alias meant something at ``moment``."""
    then = Q(moved_at__lte=moment) & (Q(ended_at=None) | Q(ended_at__gt=moment))
    rows = AliasMove.objects.filter(then, repo=repo, alias=alias).exclude(version=None)
    return _with_version(rows).first()


def versions_as_of(repo: Repo, stage: str, moment: datetime) -> QuerySet[StageMove]:
    """Every version that stood in a stage at ``moment``, the last to come first."""
    then = Q(moved_at__lte=moment) & (Q(ended_at=None) | Q(ended_at__gt=moment))
    return _with_version(StageMove.objects.filter(then, repo=repo, stage=stage)).order_by(
        "-moved_at", "-pk"
    )


def history_of_stage(repo: Repo, stage: str) -> QuerySet[StageMove]:
    """Every move into a stage and out of it, newest first."""
    rows = StageMove.objects.filter(Q(stage=stage) | Q(from_stage=stage), repo=repo)
    return _with_version(rows).order_by("-pk")


def history_of_alias(repo: Repo, alias: str) -> QuerySet[AliasMove]:
    """Every move of an alias, newest first."""
    rows = AliasMove.objects.filter(repo=repo, alias=alias)
    return _with_version(rows).select_related("from_version").order_by("-pk")


def _with_version(rows: QuerySet[M]) -> QuerySet[M]:
    return rows.select_related("version__revision", "moved_by")


def rollback_target(repo: Repo, name: str) -> StageMove | AliasMove | None:
    """The earlier move that going back would repeat: the nearest one below the last whose version can still be used."""
    aliases = AliasMove.objects.filter(repo=repo, alias=name).exclude(version=None)
    return _usable_below(_with_version(aliases)) or _usable_below(
        _with_version(StageMove.objects.filter(repo=repo, stage=name))
    )


def _usable_below(moves: QuerySet[M]) -> M | None:
    """Walk down from the newest move. One that has ended without another (its version was taken away) counts itself."""
    known = {move.pk: move for move in moves.order_by("-pk")[:MOST_WALKED]}
    newest = next(iter(known.values()), None)
    if newest is None:
        return None
    is_vacant = newest.ended_at is not None
    move = newest if is_vacant else known.get(newest.below_id or 0)
    while move is not None:
        is_another = is_vacant or move.version_id != newest.version_id
        if is_another and is_usable(move.version):
            return move
        move = known.get(move.below_id or 0)
    return None


def is_usable(version: Version | None) -> bool:
    """Whether a version may stand in a stage or bear an alias: released, and not taken back."""
    return (
        version is not None and version.state == VersionState.RELEASED and version.yanked_at is None
    )
