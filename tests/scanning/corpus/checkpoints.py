"""Checkpoints of TensorFlow: an index of variables and the bytes that it tells of."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tests.scanning.corpus.tables import _masked as masked
from tests.scanning.corpus.tables import _varint as varint
from tests.scanning.corpus.tables import field
from tests.scanning.sample import Sample, benign, malformed, malicious

INDEX, DATA = "variables/variables.index", "variables/variables.data-00000-of-00001"
MAGIC = b"\x57\xfb\x80\x8b\x24\x75\x47\xdb"
HEADER = b"\x08\x01" + field(3, b"\x08\x01")
ENTRY = b"\x08\x01" + field(2, field(2, b"\x08\x04")) + b"\x28\x10\x35\1\2\3\4"
FLOATS = struct.pack("<64f", *(0.01 * number - 0.3 for number in range(64)))
TINY = struct.pack("<64f", *(1e-20 * number for number in range(1, 65)))
PROGRAM = b"\x7fELF\x02\x01\x01" + bytes(57)


def block(*entries: tuple[bytes, bytes], packing: bytes = b"\0") -> bytes:
    """A block of a table; every name is written whole."""
    content = b"".join(
        varint(0) + varint(len(key)) + varint(len(value)) + key + value for key, value in entries
    )
    content += struct.pack("<2I", 0, 1) + packing
    return content + struct.pack("<I", masked(content))


def index(*more: tuple[bytes, bytes], packing: bytes = b"\0", between: bytes = b"") -> bytes:
    """A whole index with one block of variables."""
    first = block((b"", HEADER), (b"layer/kernel", ENTRY), *more, packing=packing) + between
    meta = block()
    meta_at, listed_at = len(first), len(first) + len(meta)
    listed = block((b"m", varint(0) + varint(len(first) - 5 - len(between))))
    places = (meta_at, len(meta) - 5, listed_at, len(listed) - 5)
    footer = b"".join(map(varint, places)).ljust(40, b"\0") + MAGIC
    return first + meta + listed + footer


def shard(numbers: bytes, graph: bytes) -> bytes:
    """Numbers, and the graph of objects as the text that newer versions write behind them."""
    return (
        numbers
        + varint(len(graph))
        + struct.pack("<I", masked(struct.pack("<I", len(graph))))
        + graph
    )


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    graph = field(1, field(1, b"\x08\x01" + field(2, b"layer")))
    yield benign("index", INDEX, index())
    yield benign("shard", DATA, shard(FLOATS, graph))
    yield benign("shard-with-moments", DATA, shard(FLOATS + TINY, graph))
    yield malformed("index-cut", INDEX, index()[1:])
    yield malformed("index-wrong-checksum", INDEX, index().replace(b"kernel", b"kernal"))
    yield malformed("index-bytes-between", INDEX, index(between=b"more"))
    yield malformed("index-unknown-field", INDEX, index((b"x", field(40, b"?"))))
    yield malformed("index-entry-cut", INDEX, index((b"x", ENTRY[:-2])))
    yield malformed("index-packed", INDEX, index(packing=b"\1"))
    yield malformed("shard-cut", DATA, shard(FLOATS, graph)[:-3])
    yield malformed("shard-of-noise", DATA, shard(bytes(range(256)) * 3, graph))
    yield malformed("shard-graph-of-noise", DATA, shard(FLOATS, b"\n\xff\xff" + bytes(9)))
    yield malicious("index-program-in-name", INDEX, index((b"z" + PROGRAM, ENTRY)))
    yield malicious("shard-program-in-graph", DATA, shard(FLOATS, graph + field(1, PROGRAM)))
    yield malicious("shard-program-for-numbers", DATA, shard(PROGRAM * 9, graph))
