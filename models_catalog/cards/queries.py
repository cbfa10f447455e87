"""Reading cards."""

from __future__ import annotations

from models_catalog.cards.models import README, Card
from models_catalog.cards.render import RENDERER
from models_catalog.revisions.models import Revision
from models_catalog.revisions.queries import find_files
from models_catalog.revisions.trees import FileEntry


def readme_of(revision: Revision) -> FileEntry | None:
    """The file that holds the card, or ``None`` when the revision has none."""
    return find_files(revision, [README]).get(README)


def card_of(revision: Revision) -> Card | None:
    """The card of a revision; ``None`` when it has no README.md or is being rendered (``readme_of`` tells which)."""
    readme = readme_of(revision)
    return None if readme is None else card_for_blob(readme.blob_id)


def card_for_blob(blob_id: int) -> Card | None:
    """The card of a README.md's bytes, with its blob; ``None`` while it is being rendered."""
    present = Card.objects.select_related("blob").filter(blob__recalled_at=None)
    return present.filter(blob_id=blob_id, renderer=RENDERER).first()
