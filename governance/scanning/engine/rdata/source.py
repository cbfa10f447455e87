"""Numbers and texts of a serialized object, in the three ways that R writes them."""

from __future__ import annotations

from governance.scanning.engine.cursor import Cursor, Truncated

_NA = -(2**31)
_LONGEST_TOKEN = 64
_BLANKS = b" \t\r\n"


class Malformed(Exception):
    """The bytes are no such object; the message says where."""


class Source:
    """Binary, the more significant byte first: what R writes unless it is told otherwise."""

    order: str = "big"

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor

    def whole(self) -> int:
        """The next number of four bytes."""
        raw = self.cursor.take(4)
        return int.from_bytes(raw, "big" if self.order == "big" else "little", signed=True)

    def text(self, length: int) -> bytes:
        """The next bytes of a text."""
        return self.cursor.take(length)

    def skip(self, count: int, width: int) -> None:
        """Numbers, whose values do not matter."""
        self.cursor.skip(count * width)


class Native(Source):
    """Binary as little processors keep it."""

    order = "little"


class Ascii(Source):
    """Words with blanks between them."""

    order = "text"

    def whole(self) -> int:
        """The next word as a number."""
        word = self._word()
        if word == b"NA":
            return _NA
        digits = word[1:] if word[:1] == b"-" else word
        if not digits.isdigit() or len(digits) > 10:
            raise Malformed(f"{word!r} before byte {self.cursor.position:,} is no number")
        return int(word)

    def text(self, length: int) -> bytes:
        """Characters after a blank, some of them written with a backslash."""
        found = bytearray()
        byte = self._after_blanks() if length else -1
        while len(found) < length:
            found.append(self._escaped() if byte == 0x5C else byte)
            if len(found) < length:
                byte = self._byte()
        return bytes(found)

    def skip(self, count: int, width: int) -> None:
        """Words; complex numbers are two each."""
        for _ in range(count * (2 if width == 16 else 1)):
            self._word()

    def _word(self) -> bytes:
        found = bytearray([self._after_blanks()])
        while len(found) < _LONGEST_TOKEN:
            byte = self.cursor.byte()
            if byte < 0 or byte in _BLANKS:
                return bytes(found)
            found.append(byte)
        raise Malformed(f"a word before byte {self.cursor.position:,} is too long")

    def _after_blanks(self) -> int:
        byte = self._byte()
        while byte in _BLANKS:
            byte = self._byte()
        return byte

    def _byte(self) -> int:
        byte = self.cursor.byte()
        if byte < 0:
            raise Truncated
        return byte

    def _escaped(self) -> int:
        byte = self._byte()
        if not 0x30 <= byte <= 0x37:
            return {0x6E: 10, 0x74: 9, 0x76: 11, 0x62: 8, 0x72: 13, 0x66: 12, 0x61: 7}.get(
                byte, byte
            )
        value = byte - 0x30
        for _ in range(2):
            value = value * 8 + (self._byte() - 0x30)
        return value & 255


WAYS: dict[bytes, type[Source]] = {b"X\n": Source, b"B\n": Native, b"A\n": Ascii}
