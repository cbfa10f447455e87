"""Files of MATLAB before version 7.3: arrays, texts, cells and structures, and what is no data."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from tests.scanning.sample import Sample, benign, malformed, malicious

PATH = "data.mat"
HEADER = b"MATLAB 5.0 MAT-file Platform: posix".ljust(116) + bytes(8) + b"\0\1IM"
OBJECTS = HEADER[:116] + struct.pack("<Q", 256) + HEADER[124:]


def element(kind: int, content: bytes) -> bytes:
    """A part with its kind and length, padded to eight bytes."""
    return struct.pack("<II", kind, len(content)) + content + bytes(-len(content) % 8)


def small(kind: int, content: bytes) -> bytes:
    """A part of at most four bytes in its short form."""
    return struct.pack("<HH", kind, len(content)) + content.ljust(4, b"\0")


def array(kind: int, *parts: bytes, shape: tuple[int, ...] = (1, 2), name: bytes = b"x") -> bytes:
    """An array of one kind with its parts."""
    head = element(6, struct.pack("<II", kind, 0))
    axes = element(5, struct.pack(f"<{len(shape)}i", *shape))
    return element(14, head + axes + element(1, name) + b"".join(parts))


def packed(content: bytes, *, behind: bytes = b"") -> bytes:
    """As MATLAB stores an array by default."""
    stream = zlib.compress(content) + behind
    return struct.pack("<II", 15, len(stream)) + stream


def old(name: bytes, content: bytes, *, mode: int = 0, shape: tuple[int, int] = (1, 2)) -> bytes:
    """An array of version 4."""
    return struct.pack("<5I", mode, *shape, 0, len(name) + 1) + name + b"\0" + content


NUMBERS = array(6, element(9, struct.pack("<2d", 1, 2)))
SHORT = array(9, small(2, b"\x01\x02"))
TEXT = array(4, element(17, "ab".encode("utf-16-le")))
CELL = array(1, NUMBERS, element(14, b""), name=b"c")
STRUCTURE = array(
    2, small(5, struct.pack("<i", 8)), element(1, b"a".ljust(8, b"\0") + b"b".ljust(8, b"\0")), NUMBERS, TEXT, shape=(1, 1)
)  # fmt: skip
SPARSE = array(5, *(element(5, struct.pack("<2i", 0, 1)) for _ in range(2)), element(9, bytes(8)))
OLD = old(b"x", struct.pack("<2d", 1, 2))
PROGRAM = b"\x7fELF\x02\x01\x01" + bytes(57)


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    ordinary = {"numbers": NUMBERS, "short": SHORT, "text": TEXT, "cell": CELL, "structure": STRUCTURE, "sparse": SPARSE}  # fmt: skip
    for name, content in ordinary.items():
        yield benign(name, PATH, HEADER + content)
        yield benign(f"{name}-packed", PATH, HEADER + packed(content) + packed(NUMBERS))
    yield benign("without-arrays", PATH, HEADER)
    yield benign("version-4", PATH, OLD + old(b"s", struct.pack("<2d", 97, 98), mode=1))
    yield malformed("cut", PATH, HEADER + NUMBERS[:-9])
    yield malformed("cut-packed", PATH, HEADER + packed(NUMBERS)[:-5])
    yield malformed("behind", PATH, HEADER + NUMBERS + b"more")
    yield malformed("behind-packed", PATH, HEADER + packed(NUMBERS, behind=b"more"))
    yield malformed("behind-inside-packed", PATH, HEADER + packed(NUMBERS + b"more" * 4))
    yield malformed("fewer-numbers", PATH, HEADER + array(6, element(9, bytes(8))))
    yield malformed("more-cells-than-bytes", PATH, HEADER + array(1, shape=(1 << 20, 1 << 20)))
    yield malformed("unknown-kind", PATH, HEADER + array(40, element(9, bytes(16))))
    yield malformed("other-version", PATH, HEADER[:124] + b"\0\7IM" + NUMBERS)
    yield malformed("version-4-cut", PATH, OLD[:-3])
    yield malformed("version-4-behind", PATH, OLD + b"\0" * 30)
    yield malicious("object", PATH, HEADER + array(3, element(1, b"handler"), name=b"o"))
    yield malicious("function", PATH, HEADER + array(16, STRUCTURE, name=b"f"))
    yield malicious("function-in-cell", PATH, HEADER + array(1, array(16, TEXT), shape=(1, 1)))
    yield malicious("function-packed", PATH, HEADER + packed(array(16, TEXT, name=b"f")))
    yield malicious("part-for-objects", PATH, OBJECTS + NUMBERS)
    program = array(9, element(2, PROGRAM), shape=(1, len(PROGRAM)))
    yield malicious("program-in-numbers", PATH, HEADER + program)
    yield malicious("program-in-packed-numbers", PATH, HEADER + packed(program))
