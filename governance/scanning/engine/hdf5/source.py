"""The bytes of an HDF5 file by address, and their fields one after another."""

from __future__ import annotations

from dataclasses import dataclass

from governance.scanning.engine.budget import Meter
from governance.scanning.engine.hdf5.checksum import lookup3
from governance.scanning.engine.reader import Reader

MAX_BLOCK = 64 * 1024 * 1024
"""Bytes; the largest piece of structure that is read at once."""


class Broken(Exception):
    """The bytes do not keep to the format; the message says where."""


class Unread(Exception):
    """A part of the format that nothing here reads; the message names it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, where its addresses begin and end, and how wide they are."""

    reader: Reader
    meter: Meter
    base: int
    end: int
    """Addresses stay below this."""
    address_size: int
    length_size: int

    def read(self, address: int, length: int, what: str) -> Fields:
        """A piece of structure, whole or not at all."""
        self.check(address, length, what)
        if length > MAX_BLOCK:
            raise Broken(f"{what} at byte {address:,} says that it is {length:,} bytes long")
        self.meter.spend_steps(1 + length // 4096)
        content = self.reader.read_at(self.base + address, length)
        if len(content) < length:
            raise Broken(f"{what} at byte {address:,} ends after the file does")
        return Fields(self, content, f"{what} at byte {address:,}")

    def check(self, address: int, length: int, what: str) -> None:
        """Whether these bytes lie inside the file at all."""
        if address < 0 or length < 0 or address + length > self.end:
            raise Broken(f"{what} at byte {address:,} does not fit into the file")

    @property
    def no_address(self) -> int:
        """The address of what does not exist."""
        return (1 << 8 * self.address_size) - 1


class Fields:
    """A run of bytes that is taken apart from its beginning."""

    __slots__ = ("_content", "_source", "at", "what")

    def __init__(self, source: Source, content: bytes, what: str) -> None:
        self._source = source
        self._content = content
        self.what = what
        self.at = 0

    @property
    def left(self) -> int:
        """Bytes that were not taken yet."""
        return len(self._content) - self.at

    @property
    def content(self) -> bytes:
        """All of the bytes."""
        return self._content

    def take(self, length: int) -> bytes:
        """The next bytes; raises Broken when there are fewer."""
        if length < 0 or length > self.left:
            raise Broken(f"{self.what} breaks off")
        self.at += length
        return self._content[self.at - length : self.at]

    def number(self, width: int) -> int:
        """The next ``width`` bytes as an unsigned number."""
        return int.from_bytes(self.take(width), "little")

    def address(self) -> int | None:
        """The next address; None where it says that there is nothing."""
        found = self.number(self._source.address_size)
        return None if found == self._source.no_address else found

    def place(self) -> int:
        """The next address, which must not be missing."""
        found = self.address()
        if found is None:
            raise Broken(f"{self.what} points nowhere")
        return found

    def length(self) -> int:
        """The next length."""
        return self.number(self._source.length_size)

    def text(self) -> bytes:
        """Bytes up to the next NUL, which is taken as well."""
        end = self._content.find(b"\0", self.at)
        if end < 0:
            raise Broken(f"{self.what} holds text without an end")
        found = self._content[self.at : end]
        self.at = end + 1
        return found

    def expect(self, signature: bytes, *versions: int) -> None:
        """The signature must stand here, followed by one of the versions when any are named."""
        if self.take(len(signature)) != signature:
            raise Broken(f"{self.what} is no {signature.decode('latin-1')}")
        if versions:
            self.version(*versions)

    def version(self, *known: int) -> int:
        """The next byte, a version that is known here."""
        found = self.number(1)
        if found not in known:
            raise Broken(f"{self.what} has the unknown version {found}")
        return found

    def sum_fits(self) -> None:
        """The next four bytes must be the checksum of all before them."""
        covered = self._content[: self.at]
        self._source.meter.spend_steps(len(covered) // 12)
        if self.number(4) != lookup3(covered):
            raise Broken(f"{self.what} does not fit its checksum")
