"""What stands for a repo in lists and on its page."""

from __future__ import annotations

from dataclasses import dataclass

from models_catalog.changes.models import Change
from models_catalog.changes.queries import OPEN_STATES
from models_catalog.repos.models import Repo
from models_catalog.revisions.actions import MAIN
from models_catalog.revisions.models import Revision
from models_catalog.revisions.queries import head_of
from models_catalog.versions.models import Version
from models_catalog.versions.queries import newest_version


@dataclass(frozen=True, slots=True)
class Shown:
    """The revision that a repo shows, with its newest released version and its newest open change, if there are any.

    ``is_proposed`` means that the revision is the head of the change and for insiders only.
    """

    revision: Revision | None
    version: Version | None
    change: Change | None
    is_proposed: bool = False


def shown_of(repo: Repo) -> Shown:
    """The newest release of a reviewed repo; before its first one what its newest change proposes; else ``main``.

    Only insiders may see a repo before its first release, so what is proposed is shown to nobody else.
    """
    version = newest_version(repo)
    change = (
        Change.objects.select_related("discussion", "head", "version")
        .filter(discussion__repo=repo, discussion__state__in=OPEN_STATES)
        .order_by("-discussion__number")
        .first()
    )
    if repo.is_protected and version is not None:
        return Shown(version.revision, version, change)
    if repo.is_protected and change is not None:
        return Shown(change.head, version, change, is_proposed=True)
    return Shown(head_of(repo, MAIN), version, change)
