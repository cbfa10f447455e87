"""Committing a README.md that was edited on the hub."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hub.core.actor import Actor
from hub.core.errors import Conflict
from models_catalog.changes.actions import add_to_change, open_change
from models_catalog.changes.models import Change
from models_catalog.changes.queries import get_change
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import require_active
from models_catalog.revisions.actions import MAIN, commit
from models_catalog.revisions.models import Revision
from models_catalog.revisions.operations import AddFile
from models_catalog.storage.actions import receive_blob

README = "README.md"


def commit_card(
    repo: Repo, content: bytes, *, title: str, parent: str, change_number: int | None, actor: Actor
) -> tuple[Revision, int | None]:
    """Commit a card that was made from the one at ``parent``: to a change, else to a new one of a reviewed repo, else to ``main``.

    Answers the revision and the change's number. Raises ``Conflict`` when there is something newer than ``parent``, and
    whatever a commit may raise.
    """
    require_active(repo, actor=actor)
    if change_number is not None:
        change = get_change(repo, change_number, actor=actor)
        operations = _operations(content, actor=actor)
        made = add_to_change(
            change, operations=operations, message=title, parent=parent, actor=actor
        )
        return made, change_number
    if repo.is_protected:
        change = _open(repo, content, title=title, parent=parent, actor=actor)
        return change.head, change.discussion.number
    operations = _operations(content, actor=actor)
    return (
        commit(repo, ref=MAIN, operations=operations, message=title, parent=parent, actor=actor),
        None,
    )


@transaction.atomic
def _open(repo: Repo, content: bytes, *, title: str, parent: str, actor: Actor) -> Change:
    """One transaction, so that a change which branched off from something newer is taken back."""
    operations = _operations(content, actor=actor)
    change = open_change(repo, operations=operations, title=title, actor=actor)
    if change.base is None or change.base.sha1 != parent:
        raise Conflict(
            _("Somebody changed “main” meanwhile. Look at what is new, then send the form again.")
        )
    return change


def _operations(content: bytes, *, actor: Actor) -> list[AddFile]:
    return [AddFile(README, receive_blob([content], actor=actor).sha256)]
