"""What both versions share: texts are kept to be examined together, and bytes among numbers are looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

from governance.scanning.engine import rules
from governance.scanning.engine.media.structure import LOOKED_AT, foreign
from governance.scanning.engine.reader import BytesReader, Reader
from governance.scanning.engine.subject import Subject

_MOST_BYTES = 4 * 1024 * 1024


@dataclass(slots=True)
class Heard:
    """What one walk met on its way."""

    subject: Subject
    texts: list[bytes] = field(default_factory=list)
    text_bytes: int = 0
    arrays: int = 0

    def keep(self, text: bytes) -> None:
        """Remember a name or text, as long as they are not too many."""
        if text and self.text_bytes < _MOST_BYTES:
            self.texts.append(text)
            self.text_bytes += len(text)

    def bytes_at(self, reader: Reader, start: int, length: int) -> None:
        """Numbers of one byte each may be a file."""
        found = foreign(reader.read_at(start, min(length, LOOKED_AT)))
        if found:
            self.subject.add(rules.matlab.HIDDEN, f"An array of bytes holds {found}.")

    def finish(self) -> None:
        """Examine what was kept."""
        self.subject.fact("arrays", self.arrays)
        if self.texts:
            self.subject.examine_inside(BytesReader(b"\n".join(self.texts)), "texts")
