"""The last operations of a stream, kept as offsets only and decoded again when a finding has to show them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from governance.scanning.engine.cursor import Cursor
from governance.scanning.engine.pickle import values
from governance.scanning.engine.pickle.decoder import Argument, Broken, decode
from governance.scanning.engine.pickle.opcodes import NAMES
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.report import MAX_EVIDENCE, EvidenceRow, clip

REMEMBERED = 64
_NOISE = frozenset({"MEMOIZE", "BINPUT", "LONG_BINPUT", "PUT", "FRAME"})
_TEXTS = frozenset(
    {"STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "SHORT_BINUNICODE"}
)
_ARGUMENT = 160
_GLANCE = 2048
"""Bytes read to show one operation."""
_BRACKETS = {"tuple": ("(", ")"), "list": ("[", "]"), "set": ("{", "}")}


@dataclass(frozen=True, slots=True)
class Explained:
    """What to say beside the operations that led to a finding."""

    meanings: dict[int, str]
    """Offset of an operation -> what it does."""
    text: str = ""
    """What the strings between the first and the last of them are."""
    about: values.Global | None = None
    """What was looked up, for the operation that takes the name from the stack."""


class Trail:
    """Where the most recent operations stand, oldest first."""

    __slots__ = ("_reader", "offsets")

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.offsets: deque[int] = deque(maxlen=REMEMBERED)

    def copy(self) -> Trail:
        """A trail of its own that begins with the same operations."""
        twin = Trail(self._reader)
        twin.offsets.extend(self.offsets)
        return twin

    def rows(self, shown: Explained) -> tuple[EvidenceRow, ...]:
        """The operations from a little before the first explained one up to now; explained ones always."""
        meanings = shown.meanings
        recent = list(self.offsets)
        first = min(meanings, default=recent[-1] if recent else 0)
        start = next((i for i, offset in enumerate(recent) if offset >= first), 0)
        near = recent[max(0, start - 1) :] if first in recent else recent[-MAX_EVIDENCE // 2 :]
        offsets = sorted({*near, *meanings})
        last = max(meanings, default=first)
        rows = [
            self._row(offset, meanings.get(offset, ""), shown.text if first < offset < last else "")
            for offset in offsets
        ]
        if shown.about is not None:
            rows = [_with_name(row, shown.about) for row in rows]
        kept = [row for row in rows if row.meaning or row.operation not in _NOISE]
        while len(kept) > MAX_EVIDENCE:
            kept.remove(next((row for row in kept if not row.meaning), kept[0]))
        return tuple(kept)

    def _row(self, offset: int, meaning: str, text: str) -> EvidenceRow:
        try:
            code, argument = decode(Cursor(self._reader, offset, _GLANCE))
        except Broken as reason:
            return EvidenceRow(offset, "(unreadable)", "", meaning or str(reason))
        if not meaning and NAMES[code] in _TEXTS:
            meaning = text
        return EvidenceRow(offset, NAMES[code], show(argument), meaning)


def _with_name(row: EvidenceRow, found: values.Global) -> EvidenceRow:
    if row.offset != found.offset or row.argument:
        return row
    return replace(row, argument=clip(f"{found.module} {found.name}", _ARGUMENT))


def show(argument: Argument, depth: int = 2) -> str:
    """A value as a short piece of text."""
    return clip(_show(argument, depth), _ARGUMENT)


def _show(argument: Argument, depth: int) -> str:
    match argument:
        case None:
            return ""
        case str():
            return repr(argument[:_ARGUMENT])
        case tuple():
            return " ".join(one if isinstance(one, str) else _show(one, depth) for one in argument)
        case values.Items():
            return _show_items(argument, depth)
        case int() | float():
            return _number(argument)
    return _show_note(argument)


def _show_items(container: values.Items, depth: int) -> str:
    inner = ", ".join(_show(one, depth - 1) for one in container.items[:4]) if depth else "…"
    opening, closing = _BRACKETS.get(container.kind, (f"{container.kind}(", ")"))
    return f"{opening}{inner}{', …' if len(container.items) > 4 else ''}{closing}"


def _show_note(note: values.Value) -> str:
    """A value that only stands for something."""
    text = "an object"
    match note:
        case values.LongText():
            text = f"{note.head[:80]!r}… ({note.length:,} characters)"
        case values.Blob():
            text = f"{note.length:,} bytes"
        case values.Mapping():
            text = f"a dictionary of {len(note.flat) // 2:,}"
        case values.Global():
            text = note.dotted
        case values.Made(of=values.Global() as origin):
            text = f"an object of {origin.dotted}"
        case values.External():
            text = note.kind
    return text


def _number(number: float) -> str:
    if isinstance(number, int) and number.bit_length() > 256:
        return f"a number of {number.bit_length():,} bits"
    return repr(number)
