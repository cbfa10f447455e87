"""How the members of an archive lie in the file: each header against its directory entry, then side by side."""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass

from governance.scanning.engine import rules
from governance.scanning.engine.archive.directory import Directory, Entry, widen
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.rules import Rule

_LOCAL = struct.Struct("<4s5H3L2H")
_LATER = 0x8
"""Flag: checksum and sizes follow the member's bytes."""

Flaw = tuple[Rule, str, int]


@dataclass(frozen=True, slots=True)
class Member:
    """A member whose bytes were found: ``start`` is where they begin in the file."""

    entry: Entry
    start: int
    is_summed: bool = True
    """Whether its checksum means anything."""


def lay_out(
    reader: Reader, directory: Directory, front: int = 0
) -> tuple[list[Member], list[tuple[str, Flaw]]]:
    """The members that can be read, and every flaw with the name of the member that it concerns.

    The archive may begin up to ``front``, where something else is known to end; by itself it begins the file.
    """
    members: list[Member] = []
    flaws: list[tuple[str, Flaw]] = [*_duplicates(directory.entries)]
    position = min((entry.offset for entry in directory.entries), default=directory.start)
    if position > front and not any(
        rule is rules.archives.ZIP_POLYGLOT for rule, _, _ in directory.flaws
    ):
        flaws.append(
            (
                "",
                (
                    rules.archives.ZIP_POLYGLOT,
                    f"{position:,} bytes stand in front of the first member.",
                    0,
                ),
            )
        )
    for entry in sorted(directory.entries, key=lambda one: one.offset):
        flaws.extend((entry.name, flaw) for flaw in _name_flaws(entry))
        if entry.offset < position:
            text = f"It begins {position - entry.offset:,} bytes before the one in front ends."
            flaws.append((entry.name, (rules.archives.ZIP_OVERLAP, text, entry.offset)))
        elif entry.offset > position:
            text = f"{entry.offset - position:,} bytes in front of it belong to no member."
            flaws.append((entry.name, (rules.archives.ZIP_GAPS, text, position)))
        start, local_flaws = _local(reader, entry)
        flaws.extend((entry.name, flaw) for flaw in local_flaws)
        if start is None:
            position = max(position, entry.offset)
            continue
        members.append(Member(entry, start))
        end = start + entry.compressed
        position = max(position, end + _descriptor(reader, entry, end))
    if position < directory.start:
        text = f"{directory.start - position:,} bytes between the last member and the directory belong to none."
        flaws.append(("", (rules.archives.ZIP_GAPS, text, position)))
    elif position > directory.start:
        flaws.append(
            (
                "",
                (
                    rules.archives.ZIP_OVERLAP,
                    "The last member runs into the directory.",
                    directory.start,
                ),
            )
        )
    return members, flaws


def _duplicates(entries: list[Entry]) -> list[tuple[str, Flaw]]:
    """Names that some file system or program takes for the same."""
    seen: set[str] = set()
    flaws: list[tuple[str, Flaw]] = []
    for entry in entries:
        folded = unicodedata.normalize("NFC", entry.name).casefold().rstrip("/")
        if folded in seen:
            text = (
                f"Two members are called {entry.name!r}; which one is used depends on the program."
            )
            flaws.append((entry.name, (rules.archives.ZIP_DUPLICATE, text, entry.offset)))
        seen.add(folded)
    return flaws


def _name_flaws(entry: Entry) -> list[Flaw]:
    flaws: list[Flaw] = []
    parts = entry.name.replace("\\", "/").split("/")
    is_absolute = parts[0] == "" or parts[0].endswith(":")
    if ".." in parts or is_absolute or "\\" in entry.name or "\0" in entry.name or not entry.name:
        flaws.append((rules.archives.ZIP_PATH, f"A member is called {entry.name!r}.", entry.offset))
    if entry.is_link:
        flaws.append(
            (rules.archives.ZIP_LINK, f"{entry.name!r} points at another file.", entry.offset)
        )
    return flaws


def _local(reader: Reader, entry: Entry) -> tuple[int | None, list[Flaw]]:
    """Where the member's bytes begin, and how its own header differs from the directory."""
    header = reader.read_at(entry.offset, _LOCAL.size) if entry.offset >= 0 else b""
    if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
        return None, [
            (
                rules.archives.ZIP_UNREADABLE,
                f"{entry.name!r} is not where the directory says.",
                max(0, entry.offset),
            )
        ]
    _, _, flags, method, _, _, crc, compressed, size, name_length, extra_length = _LOCAL.unpack(
        header
    )
    rest = reader.read_at(entry.offset + _LOCAL.size, name_length + extra_length)
    size, compressed = widen(rest[name_length:], [size, compressed])
    differs = []
    if rest[:name_length] != entry.raw_name:
        differs.append("name")
    if method != entry.method:
        differs.append("compression")
    if flags != entry.flags:
        differs.append("flags")
    if not _same(flags, (crc, compressed, size), (entry.crc, entry.compressed, entry.size)):
        differs.append("size or checksum")
    start = entry.offset + _LOCAL.size + name_length + extra_length
    flaws: list[Flaw] = []
    if differs:
        text = f"The directory and the header of {entry.name!r} differ in {', '.join(differs)}."
        flaws.append((rules.archives.ZIP_DISAGREES, text, entry.offset))
    if start + entry.compressed > reader.size:
        flaws.append(
            (
                rules.archives.ZIP_UNREADABLE,
                f"{entry.name!r} ends after the file does.",
                entry.offset,
            )
        )
        return None, flaws
    return start, flaws


def _same(flags: int, local: tuple[int, ...], central: tuple[int, ...]) -> bool:
    """Headers written before the bytes were known may hold zeros instead."""
    if flags & _LATER:
        return all(mine in (0, theirs) for mine, theirs in zip(local, central, strict=True))
    return local == central


def _descriptor(reader: Reader, entry: Entry, end: int) -> int:
    """The length of the record with checksum and sizes that follows the bytes when the flag says so."""
    if not entry.flags & _LATER:
        return 0
    following = reader.read_at(end, 24)
    for signature in (b"PK\x07\x08", b""):
        for width in (8, 4):
            expected = (
                signature
                + entry.crc.to_bytes(4, "little")
                + _sized(entry.compressed, width)
                + _sized(entry.size, width)
            )
            if following.startswith(expected):
                return len(expected)
    return 0


def _sized(number: int, width: int) -> bytes:
    return (number % (1 << 8 * width)).to_bytes(width, "little")
