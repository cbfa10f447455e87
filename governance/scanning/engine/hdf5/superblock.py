"""The superblock: where the file's addresses begin, where it ends, where the root group is."""

from __future__ import annotations

from dataclasses import dataclass

from governance.scanning.engine.budget import Meter
from governance.scanning.engine.hdf5.source import Broken, Fields, Source, Unread
from governance.scanning.engine.reader import Reader

SIGNATURE = b"\x89HDF\r\n\x1a\n"
_SIZES = (2, 4, 8)
_LONGEST = 128


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose superblock was read."""

    source: Source
    root: int
    """Address of the root group's object header."""
    extension: int | None
    at: int
    """Where the superblock stands; what is in front is the user's own."""
    stored_end: int
    """Where the file says that it ends."""


def find(reader: Reader) -> int | None:
    """Where the superblock stands: at 0, or at 512 doubled any number of times."""
    at = 0
    while at < reader.size:
        if reader.read_at(at, len(SIGNATURE)) == SIGNATURE:
            return at
        at = at * 2 or 512
    return None


def open_file(reader: Reader, meter: Meter) -> Opened:
    """Read the superblock; raises Broken, Unread."""
    at = find(reader)
    if at is None:
        raise Broken("it has no superblock")
    content = reader.read_at(at, _LONGEST)
    version = content[8] if len(content) > 8 else 0
    if version in (0, 1):
        return _old(reader, meter, at, content, version)
    if version in (2, 3):
        return _new(reader, meter, at, content)
    raise Unread(f"superblocks of version {version}")


def _sizes(address_size: int, length_size: int) -> None:
    if address_size not in _SIZES or length_size not in _SIZES:
        raise Broken("the superblock has impossible sizes")


def _source(reader: Reader, meter: Meter, base: int, sizes: tuple[int, int]) -> Source:
    return Source(reader, meter, base, max(0, reader.size - base), *sizes)


def _old(reader: Reader, meter: Meter, at: int, content: bytes, version: int) -> Opened:
    head = Fields(_source(reader, meter, 0, (8, 8)), content, "the superblock")
    head.take(9)
    if head.number(1) or head.number(1) or head.number(1) or head.number(1):
        raise Broken("the superblock has unknown versions of its parts")
    sizes = (head.number(1), head.number(1))
    _sizes(*sizes)
    head.take(1 + 2 + 2 + 4 + (4 if version == 1 else 0))
    fields = Fields(_source(reader, meter, at, sizes), content[head.at :], "the superblock")
    base = fields.place()
    if fields.address() is not None:
        raise Unread("free space that is kept in the superblock")
    stored_end = fields.place()
    if fields.address() is not None:
        raise Unread("files that are spread by a driver over several")
    fields.number(sizes[0])
    root = fields.place()
    _check(base, at)
    return Opened(_source(reader, meter, base, sizes), root, None, at, stored_end)


def _new(reader: Reader, meter: Meter, at: int, content: bytes) -> Opened:
    sizes = (content[9], content[10]) if len(content) > 10 else (0, 0)
    _sizes(*sizes)
    fields = Fields(_source(reader, meter, at, sizes), content, "the superblock")
    fields.take(12)
    base = fields.place()
    extension = fields.address()
    stored_end = fields.place()
    root = fields.place()
    fields.sum_fits()
    _check(base, at)
    return Opened(_source(reader, meter, base, sizes), root, extension, at, stored_end)


def _check(base: int, at: int) -> None:
    """The library moves the base when the file was put behind something else; one that differs otherwise is a lie."""
    if base != at:
        raise Broken(f"its addresses count from byte {base:,}, but the superblock stands at {at:,}")
