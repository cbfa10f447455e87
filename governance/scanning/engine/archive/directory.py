"""The central directory of a ZIP archive, read by our own rules (APPNOTE 6.3.10).

Programs disagree about broken archives: which end record counts, whether the directory or the header in front of a member
is right, what lies between members. Everything they could disagree about is noted here as a flaw.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from governance.scanning.engine import rules
from governance.scanning.engine.reader import MAX_READ, Reader
from governance.scanning.engine.rules import Rule

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_TAIL = 22 + 65535 + _LOCATOR.size
_FULL32 = 0xFFFFFFFF
_FULL16 = 0xFFFF


class Unreadable(Exception):
    """There is no directory that could be followed; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One member as the central directory describes it; ``offset`` is where its own header begins."""

    name: str
    raw_name: bytes
    method: int
    flags: int
    crc: int
    compressed: int
    size: int
    offset: int
    attributes: int
    made_by: int

    @property
    def is_encrypted(self) -> bool:
        """By any of the three flags that mean encryption."""
        return bool(self.flags & 0x2041)

    @property
    def is_link(self) -> bool:
        """A symbolic link, as Unix programs store them."""
        return self.made_by == 3 and (self.attributes >> 28) == 0xA


@dataclass(slots=True)
class Directory:
    """All entries in the order of the directory, where it begins, and what is odd about it."""

    entries: list[Entry]
    start: int
    comment: tuple[int, int] = (0, 0)
    """Where the comment of the whole archive stands, and how long it is."""
    flaws: list[tuple[Rule, str, int]] = field(default_factory=list)


def read_directory(reader: Reader, most: int) -> Directory:
    """The central directory; raises Unreadable when there is none or it holds more than ``most`` entries."""
    end_at, end = _find_end(reader)
    _, disk, _, _, count, length, offset, _ = end
    narrow = (count, length, offset)
    wide = _zip64(reader, end_at)
    count, length, offset, directory_end = wide or (*narrow, end_at)
    start = directory_end - length
    if disk not in (0, _FULL16):
        raise Unreadable("it is one part of several")
    if count > most:
        raise Unreadable(f"it has {count:,} members; {most:,} are read")
    if start < 0 or length > MAX_READ:
        raise Unreadable("its directory does not fit into the file")
    entries = _entries(reader.read_at(start, length), count, start - offset)
    comment = (end_at + _END.size, end[7])
    directory = Directory(entries, start, comment, _end_flaws(reader, end_at, end))
    if wide and any(
        mine not in (theirs, full)
        for mine, theirs, full in zip(narrow, wide, (_FULL16, _FULL32, _FULL32), strict=False)
    ):
        directory.flaws.append(
            (rules.archives.ZIP_DISAGREES, "Its two end records differ.", end_at)
        )
    if start != offset:
        text = f"It is shifted by {start - offset:,} bytes: something else stands in front of it."
        directory.flaws.append((rules.archives.ZIP_POLYGLOT, text, 0))
    return directory


def _end_flaws(reader: Reader, end_at: int, end: tuple[int, ...]) -> list[tuple[Rule, str, int]]:
    """The end record and its comment must be the very end of the file, and the only such record."""
    flaws: list[tuple[Rule, str, int]] = []
    after = reader.size - end_at - _END.size - end[7]
    if after:
        text = f"The archive's end does not fit the file's: {abs(after):,} bytes differ."
        flaws.append((rules.archives.ZIP_POLYGLOT, text, end_at))
    if b"PK\x05\x06" in reader.read_at(end_at + 4, reader.size - end_at - 4):
        flaws.append((rules.archives.ZIP_POLYGLOT, "The archive has a second end record.", end_at))
    return flaws


def _find_end(reader: Reader) -> tuple[int, tuple[int, ...]]:
    start = max(0, reader.size - _TAIL)
    tail = reader.read_at(start, _TAIL)
    at = tail.rfind(b"PK\x05\x06", 0, max(0, len(tail) - 18))
    if at < 0:
        raise Unreadable("it has no end record; it was cut off")
    return start + at, _END.unpack_from(tail, at)


def _zip64(reader: Reader, end_at: int) -> tuple[int, int, int, int] | None:
    """Count, length, offset and end of the directory by ZIP64 records, if there are any in front."""
    locator_at = end_at - _LOCATOR.size
    if locator_at < 0 or reader.read_at(locator_at, 4) != b"PK\x06\x07":
        return None
    record_at = locator_at - _END64.size
    record = reader.read_at(max(0, record_at), _END64.size)
    if record_at < 0 or record[:4] != b"PK\x06\x06":
        raise Unreadable("its ZIP64 end record is not where it must be")
    fields = _END64.unpack(record)
    if fields[1] != _END64.size - 12:
        raise Unreadable("its ZIP64 end record has an unusual length")
    return fields[7], fields[8], fields[9], record_at


def _entries(content: bytes, count: int, shift: int) -> list[Entry]:
    entries: list[Entry] = []
    position = 0
    while len(entries) < count:
        if content[position : position + 4] != b"PK\x01\x02" or position + _CENTRAL.size > len(
            content
        ):
            raise Unreadable("its directory breaks off")
        entry, position = _entry(content, position, shift)
        entries.append(entry)
    if position != len(content):
        raise Unreadable("its directory is longer than its entries")
    return entries


def _entry(content: bytes, position: int, shift: int) -> tuple[Entry, int]:
    fields = _CENTRAL.unpack_from(content, position)
    made_by, flags, method, crc, compressed, size = (fields[i] for i in (1, 3, 4, 7, 8, 9))
    name_length, extra_length, comment_length = fields[10:13]
    attributes, offset = fields[15], fields[16]
    name_at = position + _CENTRAL.size
    raw_name = content[name_at : name_at + name_length]
    extra = content[name_at + name_length : name_at + name_length + extra_length]
    end = name_at + name_length + extra_length + comment_length
    if end > len(content):
        raise Unreadable("its directory breaks off")
    size, compressed, offset = widen(extra, [size, compressed, offset])
    entry = Entry(
        name=raw_name.decode("utf-8" if flags & 0x800 else "cp437", "replace"),
        raw_name=raw_name,
        method=method,
        flags=flags,
        crc=crc,
        compressed=compressed,
        size=size,
        offset=offset + shift,
        attributes=attributes,
        made_by=made_by >> 8,
    )
    return entry, end


def widen(extra: bytes, numbers: list[int]) -> list[int]:
    """The numbers, those that are full replaced in order by the 64-bit ones of the ZIP64 extra field."""
    wide = _extra_field(extra, 1)
    widened: list[int] = []
    for number in numbers:
        if number == _FULL32 and len(wide) >= 8:
            widened.append(int.from_bytes(wide[:8], "little"))
            wide = wide[8:]
        else:
            widened.append(number)
    return widened


def _extra_field(extra: bytes, wanted: int) -> bytes:
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        if kind == wanted:
            return extra[position + 4 : position + 4 + length]
        position += 4 + length
    return b""
