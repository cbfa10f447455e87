"""tar archives, header by header (POSIX ustar and pax, GNU, and the oldest form without a mark).

Programs disagree about where a name or a size comes from when several headers state one; whatever they could disagree about
is noted as a flaw.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from governance.scanning.engine import rules
from governance.scanning.engine.budget import Meter
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.rules import Rule

BLOCK = 512
_END = bytes(BLOCK)
_RECORD = 20 * BLOCK
"""Bytes that programs write at once; they fill up the last one, or nothing at all."""
_LONGEST = 1024 * 1024
"""Bytes of an extended header; names and attributes of one file need far fewer."""
_FILES = frozenset("0\x007")
_LINKS = {"1": "a hard link", "2": "a symbolic link"}
_DEVICES = {"3": "a character device", "4": "a block device", "6": "a pipe"}
_FOLDER, _PAX, _PAX_ALL, _LONG_NAME, _LONG_LINK = "5", "x", "g", "L", "K"
_LARGEST_OCTAL = 8**11 - 1


class BrokenTape(Exception):
    """The archive cannot be followed further; the message says why."""


@dataclass(frozen=True, slots=True)
class TapeMember:
    """A member: its header at ``offset``, its bytes at ``start``."""

    name: str
    kind: str
    size: int
    start: int
    offset: int
    target: str
    """Where a link points; empty for everything else."""

    @property
    def is_folder(self) -> bool:
        """A folder, by its kind or, in the oldest form, by its name."""
        return self.kind == _FOLDER or (self.kind in _FILES and self.name.endswith("/"))

    @property
    def has_bytes(self) -> bool:
        """Links, devices and folders have none, whatever their size says."""
        return self.kind not in _LINKS and self.kind not in _DEVICES and self.kind != _FOLDER


@dataclass(slots=True)
class Tape:
    """The members in order, where the archive ends, and what is odd about it."""

    members: list[TapeMember] = field(default_factory=list)
    end: int = 0
    flaws: list[tuple[Rule, str, int]] = field(default_factory=list)
    broken: str = ""
    """Why the archive could not be followed to its end; what came before counts."""


@dataclass(slots=True)
class _Said:
    """What extended headers say about the next member."""

    long_name: str | None = None
    long_link: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)


def read_tape(reader: Reader, meter: Meter) -> Tape:
    """Every member of the archive; raises BudgetExceeded."""
    tape = Tape()
    try:
        _walk(reader, meter, tape)
    except BrokenTape as reason:
        tape.broken = str(reason)
    return tape


def _walk(reader: Reader, meter: Meter, tape: Tape) -> None:
    position = 0
    said = _Said()
    while True:
        header = reader.read_at(min(position, reader.size), BLOCK)
        if header == _END:
            _finish(reader, tape, position)
            return
        tape.end = position
        if len(header) < BLOCK:
            raise BrokenTape("it breaks off without the two empty blocks of an end")
        meter.spend_members(1)
        if not has_checksum(header):
            raise BrokenTape(f"the checksum of the header at byte {position:,} is wrong")
        kind = chr(header[156])
        size = _number(header[124:136])
        if kind in (_PAX, _PAX_ALL, _LONG_NAME, _LONG_LINK):
            _extended(reader, position, kind, size, said, tape)
        else:
            member = _member(header, position, said, tape)
            size = member.size if member.has_bytes else 0
            if position + BLOCK + size > reader.size:
                raise BrokenTape(f"{member.name!r} ends after the file does")
            tape.members.append(member)
            said = _Said(attributes={})
        position = _padded(reader, position + BLOCK, size, tape)


def _finish(reader: Reader, tape: Tape, position: int) -> None:
    """Two empty blocks end an archive, and nothing but zeros may follow."""
    if reader.read_at(position + BLOCK, BLOCK) != _END:
        raise BrokenTape("it has one empty block at its end, where two must stand")
    tape.end = position + 2 * BLOCK
    step = 1024 * 1024
    for offset in range(tape.end, reader.size, step):
        piece = reader.read_at(offset, step)
        if piece.strip(b"\0"):
            return
    is_filled = tape.end == reader.size or not reader.size % 4096 or not reader.size % _RECORD
    if not is_filled:
        raise BrokenTape("its last record is not whole")
    tape.end = reader.size


def _padded(reader: Reader, start: int, size: int, tape: Tape) -> int:
    """Where the next header stands; what fills up the last block must be zeros."""
    fill = -size % BLOCK
    if reader.read_at(min(start + size, reader.size), fill).strip(b"\0"):
        text = f"The {fill} bytes that fill up the block are not empty."
        tape.flaws.append((rules.containers.ARC_DISAGREES, text, start + size))
    return start + size + fill


def has_checksum(header: bytes) -> bool:
    """Whether the header's sum over its own bytes is right, counted with or without signs."""
    stated = header[148:156].strip(b" \0")
    if not stated or stated.translate(None, b"01234567"):
        return False
    rest = header[:148] + b" " * 8 + header[156:]
    plain = sum(rest)
    return int(stated, 8) in (plain, plain - 256 * sum(byte > 127 for byte in rest))


def _number(text: bytes) -> int:
    if text[0] == 0x80:
        return int.from_bytes(text[1:], "big")
    digits = text.split(b"\0", 1)[0].strip()
    if text[0] > 127 or digits.translate(None, b"01234567"):
        raise BrokenTape("a size in it is no number")
    return int(digits or b"0", 8)


def _text(raw: bytes) -> str:
    return raw.split(b"\0", 1)[0].decode("utf-8", "replace")


def _extended(reader: Reader, position: int, kind: str, size: int, said: _Said, tape: Tape) -> None:
    if size > _LONGEST:
        raise BrokenTape("an extended header is longer than any name")
    content = reader.read_at(position + BLOCK, size)
    if len(content) < size:
        raise BrokenTape("it breaks off in an extended header")
    if kind == _LONG_NAME:
        said.long_name = _text(content)
    elif kind == _LONG_LINK:
        said.long_link = _text(content)
    elif kind == _PAX:
        said.attributes.update(_attributes(content))
    elif {"path", "linkpath", "size"} & _attributes(content).keys():
        text = "A header for all members states a name or size, which only some programs heed."
        tape.flaws.append((rules.containers.ARC_DISAGREES, text, position))


def _attributes(content: bytes) -> dict[str, str]:
    """The ``length key=value`` lines of a pax header."""
    found: dict[str, str] = {}
    position = 0
    while position < len(content):
        digits = content[position : position + 12].split(b" ", 1)[0]
        length = int(digits) if digits.isdigit() else 0
        line = content[position : position + length]
        if length < len(digits) + 3 or len(line) < length or line[-1:] != b"\n":
            if content[position:].strip(b"\0"):
                raise BrokenTape("an extended header cannot be read")
            break
        key, separator, value = line[len(digits) + 1 : -1].partition(b"=")
        if not separator:
            raise BrokenTape("an extended header cannot be read")
        found[key.decode("utf-8", "replace")] = value.decode("utf-8", "replace")
        position += length
    return found


def _member(header: bytes, position: int, said: _Said, tape: Tape) -> TapeMember:
    kind = chr(header[156])
    name, target, size = _text(header[:100]), _text(header[157:257]), _number(header[124:136])
    if header[257:263] == b"ustar\0" and header[345]:
        name = f"{_text(header[345:500])}/{name}"
    stated = said.attributes
    if said.long_name is not None and stated.get("path", said.long_name) != said.long_name:
        text = "Two headers in front of a member give it different names."
        tape.flaws.append((rules.containers.ARC_DISAGREES, text, position))
    size = _pax_size(stated, size, position, tape)
    if any(key.startswith("GNU.sparse.") for key in stated):
        text = "A member is stored with its holes left out."
        tape.flaws.append((rules.containers.ARC_UNUSUAL, text, position))
    name = stated.get("path", said.long_name or name)
    target = stated.get("linkpath", said.long_link or target)
    is_link = kind in _LINKS
    member = TapeMember(name, kind, size, position + BLOCK, position, target if is_link else "")
    _judge_kind(member, tape)
    return member


def _pax_size(stated: dict[str, str], size: int, position: int, tape: Tape) -> int:
    if "size" not in stated:
        return size
    digits = stated["size"]
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
        raise BrokenTape("a size in it is no number")
    wide = int(digits)
    if wide != size and wide <= _LARGEST_OCTAL:
        text = f"Its headers say that it has {size:,} bytes, and that it has {wide:,}."
        tape.flaws.append((rules.containers.ARC_DISAGREES, text, position))
    return wide


def _judge_kind(member: TapeMember, tape: Tape) -> None:
    """Links and devices are told from files, and files from what only some programs know."""
    name, kind = member.name, member.kind
    if kind in _LINKS:
        text = f"{name!r} is {_LINKS[kind]} to {member.target!r}."
        rule = rules.containers.ARC_LINK
        if leads_out(member.target):
            rule = rules.containers.ARC_PATH
        tape.flaws.append((rule, text, member.offset))
    elif kind in _DEVICES:
        text = f"{name!r} is {_DEVICES[kind]}."
        tape.flaws.append((rules.containers.ARC_DEVICE, text, member.offset))
    elif kind not in _FILES and kind != _FOLDER:
        text = f"{name!r} is of the kind {kind!r}, which not all programs know."
        tape.flaws.append((rules.containers.ARC_UNUSUAL, text, member.offset))


def leads_out(path: str) -> bool:
    """Whether unpacking to this path could leave the folder."""
    parts = path.replace("\\", "/").split("/")
    return parts[0] == "" or parts[0].endswith(":") or ".." in parts or "\0" in path
