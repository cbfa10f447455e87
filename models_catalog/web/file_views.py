"""Shaping folders and files for their pages; no queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.core.errors import NotFound
from models_catalog.downloads.actions import OpenedFile
from models_catalog.revisions.models import Revision
from models_catalog.revisions.verdicts import PathReport, worst_of
from models_catalog.storage.models import Verdict
from models_catalog.storage.queries import read_small

PAGE = 500
TEXT_LIMIT = 512 * 1024
LINE_LIMIT = 5000


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
    """Up to ``PAGE`` rows; ``next_after`` is the name to go on from. Totals are of everything below the folder."""

    rows: Sequence[Row]
    next_after: str
    file_count: int
    total_size: int


def folder_rows(reports: Mapping[str, PathReport], folder: str, *, after: str = "") -> FolderPage:
    """The rows of one folder, folders first, each by name. Raises ``NotFound`` for a folder that holds nothing."""
    prefix = f"{folder}/" if folder else ""
    below = {path: report for path, report in reports.items() if path.startswith(prefix)}
    if folder and not below:
        raise NotFound("There is no folder at this path in this revision.")
    folders: dict[str, list[PathReport]] = {}
    files: list[Row] = []
    for path, report in below.items():
        name, slash, _ = path[len(prefix) :].partition("/")
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
    )


def parents_of(path: str) -> list[tuple[str, str]]:
    """(name, path) of each step of a path but the last."""
    parts = path.split("/")[:-1] if path else []
    return [(part, "/".join(parts[: i + 1])) for i, part in enumerate(parts)]


def text_lines(opened: OpenedFile) -> list[str] | None:
    """The lines of a text file of moderate size, ``LINE_LIMIT`` at most; ``None`` for anything else."""
    data = read_small(opened.blob, limit=TEXT_LIMIT)
    if data is None or b"\0" in data:
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return [line[:4000] for line in text.splitlines()[:LINE_LIMIT]]
