"""MP4, MOV, M4A, HEIC, AVIF: boxes in boxes (ISO/IEC 14496-12)."""

from __future__ import annotations

import re

from governance.scanning.engine.media.structure import Unread, need, watch_range
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.words import words

_NAME = re.compile(rb"[A-Za-z0-9 _\-\xa9]{4}")
_TOP = words(
    "ftyp styp moov mdat free skip wide udta meta moof mfra sidx ssix pdin uuid emsg prft pnot PICT junk iods idat"
)
_HOLDS = words(
    "moov trak mdia minf stbl udta edts dinf mvex moof traf mfra tref gmhd meta iprp ipco sinf schi strk strd ilst"
)
_PIXELS = words("mdat stts stsz stz2 stco co64 ctts stss stsc sgpd sbgp saio saiz trun idat")
_SOMETHING = frozenset({b"moov", b"moof", b"meta"})
_DEPTH = 16
_OWN = 1
"""Flag: the data lie in this file."""


def walk(subject: Subject) -> int:
    """Follow the boxes side by side, and those that hold others from the outside in."""
    size = subject.reader.size
    top = _boxes(subject, 0, size)
    kinds = {kind for kind, _, _ in top}
    need(kinds & _SOMETHING, "it describes no sound or picture")
    strange = [kind for kind in kinds if kind.decode("latin-1") not in _TOP]
    if strange:
        raise Unread(f"a film with a part {strange[0].decode('latin-1')!r}")
    pending = [(kind, start, end, 1) for kind, start, end in top]
    while pending:
        kind, start, end, depth = pending.pop()
        name = kind.decode("latin-1")
        if name in _HOLDS:
            need(depth < _DEPTH, "its parts lie too deep in one another")
            inside = _boxes(subject, start + _skip(subject, kind, start), end)
            pending.extend((*one, depth + 1) for one in inside)
        elif name == "dref":
            _references(subject, start, end)
        elif name not in _PIXELS:
            watch_range(subject, start, end - start, f"The part {name!r}")
    return top[-1][2]


def _skip(subject: Subject, kind: bytes, start: int) -> int:
    """A box of metadata has four bytes of its own in front, except in QuickTime."""
    if kind != b"meta":
        return 0
    return 0 if subject.reader.read_at(start + 4, 4) in (b"hdlr", b"mhdr") else 4


def _boxes(subject: Subject, position: int, end: int) -> list[tuple[bytes, int, int]]:
    """Every box between two places: its kind, where its content begins, where it ends."""
    found: list[tuple[bytes, int, int]] = []
    while position < end:
        if end - position == 4 and not subject.reader.read_at(position, 4).strip(b"\0"):
            break
        head = subject.reader.read_at(position, 16)
        length, kind, header = int.from_bytes(head[:4], "big"), head[4:8], 8
        need(
            (len(head) >= 8 and _NAME.fullmatch(kind)) or (found and kind[:3] == b"\0\0\0"),
            f"at byte {position:,} no part begins",
        )
        if length == 1:
            length, header = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = end - position
        need(
            header <= length <= end - position,
            f"its part {kind.decode('latin-1')!r} ends after the whole",
        )
        subject.meter.spend_members(1)
        found.append((kind, position + header, position + length))
        position += length
    need(found or position == end, "it is empty")
    return found


def _references(subject: Subject, start: int, end: int) -> None:
    """Sound and pictures lie in the file itself, not at an address."""
    for kind, at, _ in _boxes(subject, start + 8, end):
        flags = int.from_bytes(subject.reader.read_at(at, 4), "big") & 0xFFFFFF
        if not flags & _OWN:
            raise Unread(f"a film whose {kind.decode('latin-1').strip()} lies somewhere else")
