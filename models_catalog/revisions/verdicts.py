"""The effective verdict of each path: the worse of what its bytes and its surroundings say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models_catalog.revisions.models import PathVerdict, Revision
from models_catalog.revisions.queries import files_of
from models_catalog.revisions.trees import FileEntry
from models_catalog.storage.models import Blob, Verdict, worst

JUDGED = ("sha256", "verdict", "ruleset", "recalled_at", "recalled_reason")


@dataclass(frozen=True, slots=True)
class PathReport:
    """What scanning says of one path. ``ruleset`` is the one that the content verdict was given under.

    ``recall`` says why the bytes are handed out at no door, and is empty for all others.
    """

    path: str
    entry: FileEntry
    content: Verdict
    context: Verdict
    ruleset: str
    recall: str = ""

    @property
    def verdict(self) -> Verdict:
        """The worse of both."""
        return worst(self.content, self.context)


def path_verdicts(
    revision: Revision, files: Mapping[str, FileEntry] | None = None
) -> dict[str, PathReport]:
    """The report of each path (of ``files``, else of the whole revision): two queries beside the listing."""
    entries = files_of(revision) if files is None else files
    blobs: dict[int, Blob] = {}
    ids = sorted({entry.blob_id for entry in entries.values()})
    for start in range(0, len(ids), 500):
        known = Blob.objects.filter(pk__in=ids[start : start + 500])
        blobs.update((blob.pk, blob) for blob in known.only(*JUDGED))
    contexts = dict(PathVerdict.objects.filter(revision=revision).values_list("path", "verdict"))
    unjudged = Verdict.SAFE if revision.context_ruleset else Verdict.PENDING
    return {
        path: PathReport(
            path=path,
            entry=entry,
            content=Verdict(blobs[entry.blob_id].verdict),
            context=Verdict(contexts.get(path, unjudged)),
            ruleset=blobs[entry.blob_id].ruleset,
            recall=blobs[entry.blob_id].recall,
        )
        for path, entry in entries.items()
    }


def worst_of(reports: Iterable[PathReport]) -> Verdict:
    """The verdict of a revision: its worst file's. No files at all have nothing to fear."""
    verdicts = [report.verdict for report in reports]
    return worst(*verdicts) if verdicts else Verdict.SAFE
