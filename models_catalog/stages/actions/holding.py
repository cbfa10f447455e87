"""What every move begins with: the model held still, the version as it is by then, and who may move it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.namespaces.models import Namespace
from hub.core.actor import Actor
from hub.core.errors import Conflict, Forbidden, Invalid
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import repo_rights, require_repo_right
from models_catalog.repos.standing import hold_repo, require_active
from models_catalog.stages.queries import is_usable
from models_catalog.versions.models import Version


def hold_still(repo: Repo, *, actor: Actor) -> Repo:
    """The model as it is by now, locked, and after it its namespace. Raises for a model that takes no changes.

    The first lock lets one move of the model after the other happen, and no withdrawal between; the second keeps the
    stages and what is protected as they are until the transaction ends.
    """
    held = hold_repo(repo)
    hold_stages(held.namespace)
    require_active(held, actor=actor)
    return held


def hold_stages(namespace: Namespace) -> None:
    """Keep the stages of a namespace as they are: whoever changes them takes the same lock."""
    Namespace.objects.select_for_update(no_key=True).get(pk=namespace.pk)


def usable(version: Version) -> Version:
    """The version as it is by now. Raises ``Invalid`` for one that people could not use under that name."""
    fresh = Version.objects.select_related("revision", "repo").get(pk=version.pk)
    if not is_usable(fresh):
        raise Invalid(
            _("{version} is not released, so it cannot stand in a stage or bear a name.").format(
                version=fresh.title
            ),
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
