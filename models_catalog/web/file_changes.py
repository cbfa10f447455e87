"""What differs between two revisions: the table of files, and the differences of small texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.core.actor import Actor
from hub.ui.parts import DiffLine
from hub.ui.text_diff import TextDiff, diff_texts
from models_catalog.changes.queries import FileChange, changed_files
from models_catalog.downloads.access import may_fetch, standing
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision
from models_catalog.revisions.trees import FileEntry
from models_catalog.revisions.verdicts import PathReport, path_verdicts
from models_catalog.storage.models import Blob
from models_catalog.storage.queries import read_small

MOST_FILES = 100
MOST_DIFFS = 6
MOST_LINES = 40
ALL_LINES = 4000
LARGEST_TEXT = 200 * 1024
FIRST = "README.md"
TEXTS = frozenset(
    """
    md txt rst json jsonl yaml yml toml cfg ini csv tsv py jinja j2 cff bib
    gitattributes gitignore license licence notice
    """.split()  # noqa: SIM905 - a list of thirty quoted words reads worse
)


@dataclass(frozen=True, slots=True)
class FileLine:
    """One path that differs; ``verdict`` is of what it would become, nothing for a removal."""

    change: FileChange
    verdict: str
    diff: TextDiff | None = None

    @property
    def path(self) -> str:
        """Where it stands."""
        return self.change.path

    @property
    def diff_lines(self) -> list[DiffLine]:
        """The difference under the name of the file."""
        return [DiffLine("@", self.path), *(self.diff.lines if self.diff else ())]

    @property
    def size(self) -> int:
        """Bytes that it would have; of a removal, those that it had."""
        entry = self.change.after or self.change.before
        return entry.size if entry else 0


@dataclass(frozen=True, slots=True)
class Differences:
    """Every path that differs, as pages show it; ``diffs`` are those with text to show."""

    lines: Sequence[FileLine]
    total: int
    diffs: Sequence[FileLine]
    more_diffs: int

    @property
    def hidden(self) -> int:
        """How many files the table leaves out."""
        return self.total - len(self.lines)


def differences(
    repo: Repo,
    before: Revision | None,
    after: Revision,
    verdicts: Mapping[str, str],
    *,
    actor: Actor,
    full: str = "",
) -> Differences:
    """What leads from ``before`` to ``after``. ``full`` is the path whose difference is shown whole.

    Texts are read only where the actor may have the bytes of both sides. Callers got the revisions by their door.
    """
    changes = changed_files(before, after)
    readable = [each for each in changes if _is_small_text(each)]
    readable.sort(key=lambda each: (each.path != full, each.path != FIRST, each.path))
    chosen = readable[:MOST_DIFFS]
    old = _texts(repo, before, [c.before for c in chosen if c.before], actor=actor)
    new = _texts(repo, after, [c.after for c in chosen if c.after], actor=actor)
    diffs = _diffs(chosen, old, new, full=full)
    lines = {
        each.path: FileLine(each, verdicts.get(each.path, ""), diffs.get(each.path))
        for each in [*changes[:MOST_FILES], *chosen]
    }
    return Differences(
        lines=[lines[each.path] for each in changes[:MOST_FILES]],
        total=len(changes),
        diffs=[lines[each.path] for each in chosen if each.path in diffs],
        more_diffs=len(readable) - len(chosen),
    )


def _is_small_text(change: FileChange) -> bool:
    sides = [entry for entry in (change.before, change.after) if entry]
    is_text = change.path.rsplit("/", 1)[-1].rpartition(".")[2].lower() in TEXTS
    return is_text and all(entry.size <= LARGEST_TEXT and not entry.is_lfs for entry in sides)


def _diffs(
    chosen: Sequence[FileChange], old: Mapping[str, str], new: Mapping[str, str], *, full: str
) -> dict[str, TextDiff]:
    found = {}
    for each in chosen:
        before = old.get(each.path) if each.before else ""
        after = new.get(each.path) if each.after else ""
        if before is None or after is None:
            continue
        most = ALL_LINES if each.path == full else MOST_LINES
        diff = diff_texts(before, after, most=most)
        if diff is not None:
            found[each.path] = diff
    return found


def _texts(
    repo: Repo, revision: Revision | None, entries: Sequence[FileEntry], *, actor: Actor
) -> dict[str, str]:
    """The texts of some files of a revision, those that the actor may have and that are text."""
    if revision is None or not entries:
        return {}
    how = standing(repo, revision, actor=actor)
    reports: Mapping[str, PathReport] = path_verdicts(
        revision, {entry.path: entry for entry in entries}
    )
    blobs = Blob.objects.in_bulk([entry.blob_id for entry in entries])
    found = {}
    for entry in entries:
        if not may_fetch(reports[entry.path], how, actor=actor):
            continue
        text = _decoded(read_small(blobs[entry.blob_id], limit=LARGEST_TEXT))
        if text is not None:
            found[entry.path] = text
    return found


def _decoded(data: bytes | None) -> str | None:
    if data is None or b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None
