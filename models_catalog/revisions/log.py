"""Walking back through history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection

from models_catalog.revisions.models import Occurrence, Revision
from models_catalog.revisions.trees import FileEntry

_CHAIN = """
WITH RECURSIVE chain(id, parent_id, depth) AS (
    SELECT id, parent_id, 0 FROM models_catalog_revision WHERE id = %s
    UNION ALL
    SELECT r.id, r.parent_id, chain.depth + 1
    FROM models_catalog_revision r JOIN chain ON r.id = chain.parent_id
    WHERE chain.depth < %s
)
SELECT id FROM chain ORDER BY depth
"""


def history_of(revision: Revision, *, limit: int) -> list[Revision]:
    """The revision and its ancestors by first parents, newest first, ``limit`` at most: one walk, one look-up."""
    with connection.cursor() as cursor:
        cursor.execute(_CHAIN, [revision.pk, limit - 1])
        ids = [row[0] for row in cursor.fetchall()]
    found = Revision.objects.select_related("author").in_bulk(ids)
    return [found[pk] for pk in ids]


def last_changes(revision: Revision, entries: Iterable[FileEntry]) -> Mapping[str, Revision]:
    """For each path, the revision in which these bytes first stood there."""
    wanted = {entry.path: entry.blob_id for entry in entries}
    rows = Occurrence.objects.filter(
        repo_id=revision.repo_id, path__in=list(wanted)
    ).select_related("first_revision")
    return {row.path: row.first_revision for row in rows if wanted[row.path] == row.blob_id}
