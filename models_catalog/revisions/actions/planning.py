"""Working a commit out before its transaction begins; nothing here writes."""

from __future__ import annotations

from hub.core.actor import Actor
from hub.core.errors import Invalid
from hub.core.text import storable
from models_catalog.revisions.actions.drafts import Draft, Work, draft_of
from models_catalog.revisions.actions.rules import overtaken
from models_catalog.revisions.models import Revision
from models_catalog.revisions.operations import apply
from models_catalog.revisions.queries import files_of
from models_catalog.revisions.trees import manifest_digest

MAX_MESSAGE = 10_000


def plan_revision(*, ref: str, base: Revision, work: Work, actor: Actor) -> Draft | None:
    """Work a commit on ``base`` out; ``None`` when it is the work that made ``base``, sent once more.

    Raises ``Conflict`` when the work's parent is not ``base``, and whatever ``prepare_revision`` raises.
    """
    if work.parent in (None, base.sha1):
        is_repeated = work.parent is None and _made(base, base, work, actor=actor)
    else:
        before = base.parent
        is_repeated = (
            before is not None
            and before.sha1 == work.parent
            and _made(base, before, work, actor=actor)
        )
        if not is_repeated:
            raise overtaken(ref)
    return None if is_repeated else prepare_revision(base=base, work=work, actor=actor)


def _made(head: Revision, before: Revision, work: Work, *, actor: Actor) -> bool:
    """Whether ``head`` is what this very work on ``before`` gives."""
    if head.message != _checked(work.message) or head.author_id != actor.user_id:
        return False
    files = apply(files_of(before), work.operations, actor=actor)
    return manifest_digest(files) == head.manifest_digest


def prepare_revision(*, base: Revision | None, work: Work, actor: Actor) -> Draft:
    """Work a commit on ``base`` out without writing anything. Raises ``Invalid`` when it would change nothing."""
    before = files_of(base) if base else {}
    files = apply(before, work.operations, actor=actor)
    draft = draft_of(files, before, base=base, message=_checked(work.message), actor=actor)
    if base is not None and draft.digest == base.manifest_digest:
        raise Invalid(
            "These files are in the repo already, with exactly these bytes: there is nothing to commit."
        )
    return draft


def _checked(message: str) -> str:
    message = message.strip() or "Update files"
    if len(message) > MAX_MESSAGE:
        raise Invalid(f"The message is longer than {MAX_MESSAGE} characters.", field="message")
    return storable(message) + "\n"
