"""Notebooks: what their cells run, and what their outputs would run when they are shown."""

from __future__ import annotations

import re

from governance.scanning.engine import rules
from governance.scanning.engine.report import Json
from governance.scanning.engine.textual import markup, python_source, shell
from governance.scanning.engine.textual.notes import Notes

_MAGIC = re.compile(
    r"^[ \t]*(?:!|%%(?:bash|sh|script|system|cmd|perl|ruby|javascript|js|html|writefile)\b|%(?:sx|system|run|load_ext)\b)(.*)",
    re.MULTILINE,
)
_TOLD_MAGIC = re.compile(r"^[ \t]*(?:!|%).*$", re.MULTILINE)
_ACTIVE_TYPES = ("application/javascript", "text/javascript", "application/x-javascript")
_MARKUP_TYPES = ("text/html", "image/svg+xml")


def is_notebook(value: Json) -> bool:
    """Whether settings are a notebook."""
    return (
        isinstance(value, dict)
        and "nbformat" in value
        and ("cells" in value or "worksheets" in value)
    )


def look(value: dict[str, Json], notes: Notes) -> None:
    """Note what a notebook holds."""
    cells = _cells(value)
    if cells is None or not isinstance(value.get("nbformat"), int):
        notes.find(rules.notebooks.NBK_BROKEN, "Its cells are no list of cells.")
        return
    code: list[str] = []
    for cell in cells:
        if cell.get("cell_type") == "code":
            text = _joined(cell.get("source", cell.get("input")))
            if text.strip():
                code.append(text)
            _outputs(cell.get("outputs"), notes)
        elif cell.get("cell_type") == "markdown":
            _shown(_joined(cell.get("source")), "a cell of text", notes, is_prose=True)
        elif cell.get("cell_type") not in ("raw", "heading"):
            notes.find(
                rules.notebooks.NBK_BROKEN,
                f"It has a cell of the unknown kind {cell.get('cell_type')!r}.",
            )
    notes.say("notebook")
    if code:
        _code(code, notes)


def _cells(value: dict[str, Json]) -> list[dict[str, Json]] | None:
    cells = value.get("cells")
    sheets = value.get("worksheets")
    if cells is None and isinstance(sheets, list):
        cells = [
            cell
            for sheet in sheets
            if isinstance(sheet, dict)
            for cell in _list(sheet.get("cells"))
        ]
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        return None
    return [cell for cell in cells if isinstance(cell, dict)]


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _joined(value: Json) -> str:
    if isinstance(value, str):
        return value
    return "".join(one for one in _list(value) if isinstance(one, str))


def _code(code: list[str], notes: Notes) -> None:
    notes.find(rules.notebooks.NBK_CODE, f"It has {len(code):,} cells of code.")
    together = "\n".join(code)
    commands = [match.group(0).strip() for match in _MAGIC.finditer(together)]
    if commands:
        notes.find(
            rules.notebooks.NBK_SHELL, f"Its cells run commands: {'; '.join(commands[:4])[:300]}."
        )
    for reason in shell.taken_over(together):
        notes.find(rules.sources.PYS_COMMAND, f"A cell {reason}.")
    python_source.look(_TOLD_MAGIC.sub("pass", together), notes)


def _outputs(value: Json, notes: Notes) -> None:
    for output in _list(value):
        data = output.get("data", output) if isinstance(output, dict) else None
        if not isinstance(data, dict):
            continue
        for kind, content in data.items():
            if kind in _ACTIVE_TYPES:
                notes.find(rules.notebooks.NBK_ACTIVE, "An output is a script.")
            elif kind in _MARKUP_TYPES or kind in ("html", "svg"):
                _shown(_joined(content), "an output", notes, is_prose=False)


def _shown(text: str, what: str, notes: Notes, *, is_prose: bool) -> None:
    if "<" not in text:
        return
    read = markup.read(text[: 1024 * 1024])
    if read.active and not (is_prose and set(read.active) <= {"a iframe element", "a form"}):
        notes.find(rules.notebooks.NBK_ACTIVE, f"In {what} it holds {', '.join(read.active)}.")
