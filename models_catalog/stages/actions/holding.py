"""What every move begins with: the model held still, the version as it is by then, and who may move it."""

from __future__ import annotations

from typing import TypeVar

from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.namespaces.models import Namespace
from hub.core.actor import Actor
from hub.core.errors import Conflict, Forbidden, Invalid
from hub.core.gates import Gate, GateShut
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import repo_rights, require_repo_right
from models_catalog.repos.standing import hold_repo, require_active
from models_catalog.stages.queries import is_usable, protected_aliases, stages_of
from models_catalog.versions.models import Version

Q = TypeVar("Q")


def hold_still(repo: Repo, *, actor: Actor) -> Repo:
    """The model as it is by now, locked: its moves happen one after the other, and no withdrawal between.

    Raises for a model that takes no changes.
    """
    held = hold_repo(repo)
    require_active(held, actor=actor)
    return held


def hold_stages(namespace: Namespace) -> None:
    """Keep the stages of a namespace as they are: whoever changes them takes the same lock."""
    Namespace.objects.select_for_update(no_key=True).get(pk=namespace.pk)


def ask_steadily(gate: Gate[Q], question: Q, repo: Repo, *, stays: str) -> None:
    """Ask a gate about a move by the rules of the namespace, and make sure that it still has them.

    A gate may hold a discussion, and the namespace comes after it in the order of locks. So it is asked first, then the
    rules are held until the transaction ends, and whoever asked by others is told. Raises ``GateShut``, ``Conflict``.
    """
    before = _rules(repo.namespace)
    refusals = gate.ask(question)
    if refusals:
        raise GateShut(stays, refusals)
    hold_stages(repo.namespace)
    if _rules(repo.namespace) != before:
        raise Conflict(_("The stages were changed meanwhile. Look again, then choose."))


def _rules(namespace: Namespace) -> list[tuple[object, ...]]:
    stages = stages_of(namespace)
    return [
        *((stage.name, stage.is_protected, stage.is_exclusive) for stage in stages),
        *((alias,) for alias in protected_aliases(namespace)),
    ]


def usable(version: Version) -> Version:
    """The version as it is by now. Raises ``Invalid`` for one that people could not use under that name."""
    fresh = Version.objects.select_related("revision", "repo").get(pk=version.pk)
    if not is_usable(fresh):
        raise Invalid(
            _(
                "{version} is not released, or was taken back, so it cannot stand in a stage or bear a name."
            ).format(version=fresh.title),
            field="version",
        )
    return fresh


def require_mover(repo: Repo, *, review: int | None, actor: Actor) -> None:
    """Raise unless the actor maintains the model, or carries out what a review grants as somebody who takes part in it."""
    rights = repo_rights(repo, actor=actor)
    if review is not None and rights & {Right.WRITE, Right.REVIEW}:
        return  # the gate makes sure that exactly this was granted
    require_repo_right(repo, Right.MANAGE, actor=actor)


def require_same(expected: int | None, stands: Version | None) -> None:
    """Raise ``Conflict`` unless what stands there is what the caller saw (0: nothing; ``None``: they did not look)."""
    number = stands.number if stands else 0
    if expected is not None and expected != number:
        now = stands.title if stands else _("no version")
        raise Conflict(
            _(
                "Somebody moved it meanwhile: {now} stands there now. Look again, then choose."
            ).format(now=now)
        )


def require_of_repo(version: Version, repo: Repo) -> None:
    """Refuse a version of another model."""
    if version.repo_id != repo.pk:
        raise Forbidden(_("That version belongs to another model."))
