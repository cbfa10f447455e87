"""Adding commits to branches, and the first one to a new repo."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.authz.policy import Right
from hub.core.actor import Actor
from hub.core.attempts import attempting, remembers_attempts
from hub.core.errors import Forbidden, NotFound
from models_catalog.repos.attempts import attempt_on
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import require_active, require_repo_right
from models_catalog.revisions.actions.drafts import Work
from models_catalog.revisions.actions.planning import plan_revision, prepare_revision
from models_catalog.revisions.actions.rules import MAIN, PROTECTED
from models_catalog.revisions.actions.storing import store_draft
from models_catalog.revisions.models import Revision
from models_catalog.revisions.operations import AddFile, Operation
from models_catalog.revisions.queries import head_of
from models_catalog.storage.actions import receive_blob

FIRST_ATTRIBUTES = b"""\
*.safetensors filter=lfs diff=lfs merge=lfs -text
*.gguf filter=lfs diff=lfs merge=lfs -text
*.onnx filter=lfs diff=lfs merge=lfs -text
*.bin filter=lfs diff=lfs merge=lfs -text
*.pt filter=lfs diff=lfs merge=lfs -text
*.pth filter=lfs diff=lfs merge=lfs -text
*.h5 filter=lfs diff=lfs merge=lfs -text
*.npz filter=lfs diff=lfs merge=lfs -text
*.zip filter=lfs diff=lfs merge=lfs -text
"""


@remembers_attempts
def commit(
    repo: Repo,
    *,
    ref: str,
    operations: Sequence[Operation],
    message: str,
    actor: Actor,
    parent: str | None = None,
) -> Revision:
    """Add a commit on a branch that is not protected.

    ``parent`` is the id that the caller built on; ``None`` means whatever is newest. Raises ``Conflict`` when the
    branch has moved on, ``Forbidden`` for a protected ``main``. The same commit sent again is answered with the
    revision it made the first time.
    """
    require_repo_right(repo, Right.WRITE, actor=actor)
    require_active(repo, actor=actor)
    if ref.startswith("refs/"):
        raise Forbidden(f"“{ref}” is kept by the hub. Commit to a branch, or open a change.")
    if ref == MAIN and repo.is_protected:
        with attempting(attempt_on(repo, MAIN, actor=actor)):
            raise Forbidden(PROTECTED)
    head = head_of(repo, ref)
    if head is None:
        raise NotFound(f"There is no branch called “{ref}”.")
    work = Work(operations, message, parent)
    return add_revision(repo, ref=ref, base=head, work=work, actor=actor)


def add_revision(repo: Repo, *, ref: str, base: Revision, work: Work, actor: Actor) -> Revision:
    """Add a commit on top of ``base`` and move ``ref`` to it. Callers have asked whether the actor may.

    Raises as ``plan_revision`` and ``store_draft``.
    """
    draft = plan_revision(ref=ref, base=base, work=work, actor=actor)
    if draft is None:
        return base
    return store_draft(repo, draft, ref=ref, expected=base, actor=actor)


def start_history(repo: Repo, *, actor: Actor) -> Revision:
    """Make the first commit of a new repo: a ``.gitattributes`` that keeps weights out of git's own objects."""
    blob = receive_blob([FIRST_ATTRIBUTES], actor=actor)
    work = Work([AddFile(".gitattributes", blob.sha256)], "initial commit")
    draft = prepare_revision(base=None, work=work, actor=actor)
    return store_draft(repo, draft, ref=MAIN, expected=None, actor=actor)
