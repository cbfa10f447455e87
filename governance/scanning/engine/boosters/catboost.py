"""Models of CatBoost: CBM1, a length, a core in the form of FlatBuffers, and parts behind it."""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.subject import Subject

FORMAT = "catboost"
_HEAD = 8
_MOST_FIELDS = 64


def analyse(subject: Subject) -> None:
    """Check that the core is there and sound at its root; tables of texts and categories behind it are not read."""
    size = int.from_bytes(subject.reader.read_at(4, 4), "little")
    if _HEAD + size > subject.reader.size or size < _HEAD:
        subject.add(rules.boosters.BROKEN, f"It says that its core has {size:,} bytes.")
        return
    flaw = _flaw(subject.reader, size)
    if flaw:
        subject.add(rules.boosters.BROKEN, f"Its core {flaw}.", offset=_HEAD)
    elif _HEAD + size < subject.reader.size:
        left = subject.reader.size - _HEAD - size
        text = f"Tables of {left:,} bytes follow the trees, and nothing here reads those."
        subject.add(rules.boosters.OLD_FORM, text, offset=_HEAD + size)


def _flaw(reader: Reader, size: int) -> str:
    """What is wrong with the root table; empty when nothing is."""

    def number(at: int, width: int) -> int:
        return int.from_bytes(reader.read_at(_HEAD + at, width), "little")

    root = number(0, 4)
    if not 4 <= root <= size - 4:
        return "begins outside itself"
    back = int.from_bytes(reader.read_at(_HEAD + root, 4), "little", signed=True)
    table = root - back
    if not 0 <= table <= size - 4:
        return "describes itself outside itself"
    length, inline = number(table, 2), number(table + 2, 2)
    if length < 4 or length % 2 or length > 4 + 2 * _MOST_FIELDS or table + length > size:
        return "has an impossible number of fields"
    if root + inline > size:
        return "is longer than its place"
    fields = [number(table + at, 2) for at in range(4, length, 2)]
    if any(field >= inline for field in fields if field):
        return "has a field outside itself"
    return ""
