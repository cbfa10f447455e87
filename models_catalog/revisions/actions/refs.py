"""Moving refs to revisions that exist."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from hub.core.actor import Actor
from hub.core.events import emit
from models_catalog.repos.models import Repo
from models_catalog.revisions.actions.rules import overtaken
from models_catalog.revisions.events import RefMoved
from models_catalog.revisions.models import Ref, Revision


@transaction.atomic
def move_ref(repo: Repo, *, ref: str, expected: Revision, target: Revision, actor: Actor) -> None:
    """Move a ref from ``expected`` to an existing revision. Callers have asked the gate.

    Raises ``Conflict`` when the ref stands elsewhere by now.
    """
    moved = Ref.objects.filter(repo=repo, name=ref, revision=expected).update(
        revision=target, updated_at=timezone.now()
    )
    if not moved:
        raise overtaken(ref)
    Repo.objects.filter(pk=repo.pk).update(updated_at=timezone.now())
    emit(RefMoved(actor=actor, repo=repo, ref=ref, old_sha1=expected.sha1, new_sha1=target.sha1))
