"""Whether a repo may still be written to, and what became of one that is no longer where it was."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.authz.policy import RIGHT_TITLES, Right
from accounts.namespaces.names import fold
from accounts.users.models import User
from hub.core.actor import Actor
from hub.core.errors import Conflict, DomainError, Gone, Moved, NotFound
from models_catalog.repos.models import FormerName, Repo

NO_SUCH_MODEL = gettext_lazy("There is no model at this address.")
NOTHING_ADDED = gettext_lazy("This model has been withdrawn; nothing can be added to it.")


def hold_repo(repo: Repo) -> Repo:
    """The repo as it is now, kept so until the transaction ends: whatever changes where it stands waits.

    Locks are taken in this order everywhere: the repo, then its change or discussion, then the namespace. First the row
    alone is locked, then it is read with its namespace: PostgreSQL, when it has waited for a locked row, loses it when the
    row has moved to another namespace meanwhile.
    """
    Repo.objects.select_for_update(no_key=True).only("pk").get(pk=repo.pk)
    return Repo.objects.select_related("namespace").get(pk=repo.pk)


def require_active(repo: Repo, *, actor: Actor, though_archived: bool = False) -> None:
    """Raise unless things may be added to the repo and changed in it, as it stands in the database by now.

    ``Gone`` for a withdrawn, deleted or purged one, ``Conflict`` for an archived one. Every action that writes to a repo asks
    this; where two at once matter, while it holds the repo. ``though_archived`` is for what says where the model itself
    stands, which archiving leaves open.
    """
    del actor  # the answer is the same for everybody who came this far
    now = (
        Repo.objects.select_related("namespace", "deleted_by", "purged_by")
        .only(
            "name",
            "namespace__name",
            "withdrawn_at",
            "archived_at",
            "deleted_at",
            "deleted_reason",
            "deleted_by__username",
            "deleted_by__display_name",
            "purged_at",
            "purged_reason",
            "purged_by__username",
            "purged_by__display_name",
        )
        .get(pk=repo.pk)
    )
    if now.deleted_at is not None:
        raise Gone(what_became_of(now))
    if now.withdrawn_at is not None:
        raise Gone(NOTHING_ADDED)
    if now.archived_at is not None and not though_archived:
        raise Conflict(
            _(
                "{model} is archived, so nothing in it changes. Whoever has the right “{right}” on {namespace} can "
                "unarchive it in its settings."
            ).format(
                model=now.full_name,
                right=RIGHT_TITLES[Right.MANAGE],
                namespace=now.namespace.name,
            )
        )


def departure(*, namespace: str, name: str, actor: Actor) -> DomainError:
    """What to say where there is no repo of this name: that it moved, that it is gone, or that there is nothing.

    Those who might not know of it before learn nothing now.
    """
    former = FormerName.objects.filter(namespace__folded=fold(namespace), folded=fold(name))
    found = (
        Repo.objects.once_visible_to(actor)
        .select_related("namespace", "deleted_by", "purged_by")
        .filter(
            Q(namespace__folded=fold(namespace), folded=fold(name))
            | Q(pk__in=former.values("repo_id"))
        )
        .first()
    )
    if found is None:
        return NotFound(NO_SUCH_MODEL)
    if found.deleted_at is not None:
        return Gone(what_became_of(found))
    return Moved(found.full_name)


def what_became_of(repo: Repo) -> str:
    """Who deleted or purged the repo, when and why, as sentences."""
    if repo.purged_at is not None:
        said = _("{model} was deleted for good by {person} on {date}: {reason}")
        return _told(said, repo, repo.purged_by, repo.purged_at, repo.purged_reason)
    assert repo.deleted_at is not None
    said = _("{model} was deleted by {person} on {date}: {reason}")
    return _told(said, repo, repo.deleted_by, repo.deleted_at, repo.deleted_reason)


def _told(said: str, repo: Repo, by: User | None, when: datetime, reason: str) -> str:
    person = by.name if by else _("the hub")
    date = f"{when:%-d %b %Y}"
    return said.format(model=repo.full_name, person=person, date=date, reason=reason)
