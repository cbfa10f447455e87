"""Shaping folders and files for their pages; no queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hub.core.errors import NotFound
from models_catalog.revisions.models import Revision
from models_catalog.revisions.verdicts import PathReport, worst_of
from models_catalog.storage.models import Verdict

PAGE = 500
MOST_CHANGES = 1000  # files whose last change is looked up for one folder


@dataclass(slots=True)
class Row:
    """A folder (``report`` is ``None``) or file as the table shows it."""

    name: str
    path: str
    size: int
    verdict: Verdict
    count: int = 1
    report: PathReport | None = None
    may_fetch: bool = False
    changed: Revision | None = None


@dataclass(frozen=True, slots=True)
class FolderPage:
    """Up to ``PAGE`` rows; ``next_after`` is the name to go on from. Totals are of everything below the folder.

    ``find`` is what was looked for: then the rows are files of all folders below, by their paths.
    """

    rows: Sequence[Row]
    next_after: str
    file_count: int
    total_size: int
    find: str = ""
    below: Sequence[PathReport] = ()


def folder_rows(reports: Mapping[str, PathReport], folder: str, *, after: str = "") -> FolderPage:
    """The rows of one folder, folders first, each by name. Raises ``NotFound`` for a folder that holds nothing."""
    prefix = f"{folder}/" if folder else ""
    below = {path: report for path, report in reports.items() if path.startswith(prefix)}
    if folder and not below:
        raise NotFound(_("There is no folder at this path in this revision."))
    folders: dict[str, list[PathReport]] = {}
    files: list[Row] = []
    for path, report in below.items():
        name, slash, _rest = path[len(prefix) :].partition("/")
        if slash:
            folders.setdefault(name, []).append(report)
        else:
            files.append(Row(name, path, report.entry.size, report.verdict, report=report))
    rows = [
        Row(name, prefix + name, sum(r.entry.size for r in held), worst_of(held), count=len(held))
        for name, held in sorted(folders.items())
    ]
    rows += sorted(files, key=lambda row: row.name)
    start = next((i + 1 for i, row in enumerate(rows) if row.name == after), 0)
    shown = rows[start : start + PAGE]
    return FolderPage(
        rows=shown,
        next_after=shown[-1].name if start + PAGE < len(rows) else "",
        file_count=len(below),
        total_size=sum(report.entry.size for report in below.values()),
        below=list(below.values()),
    )


def found_rows(reports: Mapping[str, PathReport], folder: str, find: str) -> FolderPage:
    """The files below a folder whose path holds ``find``, however its letters are cased; the first ``PAGE``."""
    prefix = f"{folder}/" if folder else ""
    wanted = find.casefold()
    found = [
        report
        for path, report in reports.items()
        if path.startswith(prefix) and wanted in path[len(prefix) :].casefold()
    ]
    return FolderPage(
        rows=[
            Row(r.path[len(prefix) :], r.path, r.entry.size, r.verdict, report=r)
            for r in found[:PAGE]
        ],
        next_after="",
        file_count=len(found),
        total_size=sum(report.entry.size for report in found),
        find=find,
        below=found[:PAGE],
    )


def parents_of(path: str) -> list[tuple[str, str]]:
    """(name, path) of each step of a path but the last."""
    parts = path.split("/")[:-1] if path else []
    return [(part, "/".join(parts[: i + 1])) for i, part in enumerate(parts)]


def tell_changes(page: FolderPage, changed: Mapping[str, Revision]) -> None:
    """Write the last change to each row: a folder's is the newest of what lies in it."""
    for row in page.rows:
        if row.report is not None:
            row.changed = changed.get(row.path)
            continue
        inside = (each for path, each in changed.items() if path.startswith(f"{row.path}/"))
        row.changed = max(inside, key=lambda each: (each.created_at, each.pk), default=None)
