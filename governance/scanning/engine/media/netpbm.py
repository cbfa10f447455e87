"""The simple pictures of Netpbm: a few numbers as text, then the pixels as they are."""

from __future__ import annotations

import re

from governance.scanning.engine.media.structure import Broken, need, watch
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.subject import Subject

_HEAD = 4096
_GAP = rb"(?:\s|#[^\n]{0,500}\n)+"
_SIZES = re.compile(rb"P[4-6Ff]" + _GAP + rb"([0-9]{1,7})" + _GAP + rb"([0-9]{1,7})")
_DEPTH = re.compile(_GAP + rb"([0-9]{1,5})\s")
_SCALE = re.compile(_GAP + rb"-?[0-9.eE+-]{1,40}\s")


def begins_here(_: Reader, head: bytes) -> bool:
    """Whether the first lines say what they must."""
    return _SIZES.match(head[:_HEAD]) is not None


def walk(subject: Subject) -> int:
    """The header, then exactly the pixels."""
    head = subject.reader.read_at(0, _HEAD)
    sizes = _SIZES.match(head)
    if sizes is None:
        raise Broken("it does not say how large it is")
    width, height, kind = int(sizes[1]), int(sizes[2]), head[:2]
    start, row = _pixels(head, sizes.end(), kind, width)
    need(width and height, "it has no pixels")
    watch(subject, head[:start], 0, "The header")
    end = start + row * height
    need(end <= subject.reader.size, "its pixels break off")
    return end


def _pixels(head: bytes, at: int, kind: bytes, width: int) -> tuple[int, int]:
    """Where the pixels begin, and how many bytes a row of them takes."""
    if kind == b"P4":
        need(head[at : at + 1].isspace(), "its header breaks off")
        return at + 1, (width + 7) // 8
    is_real = kind in (b"Pf", b"PF")
    found = (_SCALE if is_real else _DEPTH).match(head, at)
    if found is None:
        raise Broken("its header breaks off")
    if is_real:
        return found.end(), width * (4 if kind == b"Pf" else 12)
    most = int(found[1])
    need(0 < most < 1 << 16, "it has no such colours")
    return found.end(), width * (3 if kind == b"P6" else 1) * (1 if most < 256 else 2)
