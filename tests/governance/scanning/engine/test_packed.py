"""Packed streams: bounded, in several parts, and read again from where somebody asks."""

from __future__ import annotations

import base64
import bz2
import gzip
import lzma
import random
import zlib
from collections.abc import Callable

import pytest
import zstandard

from governance.scanning.engine import Budget, Verdict, scan
from governance.scanning.engine.archive.frames import Zstd
from governance.scanning.engine.archive.inflate import Unpacked
from governance.scanning.engine.archive.lz4 import Lz4, unpack_block
from governance.scanning.engine.archive.streams import Bzip2, Gzip, Lzma, Xz, Zlib
from governance.scanning.engine.archive.walk import Damaged, Walk
from governance.scanning.engine.archive.xxhash import xxh32
from governance.scanning.engine.budget import Meter
from governance.scanning.engine.reader import BytesReader
from tests.governance.scanning.engine.making import call, rules_of, scan_bytes

WALKS: dict[type[Walk], Callable[[bytes], bytes]] = {
    Gzip: gzip.compress,
    Zlib: zlib.compress,
    Bzip2: bz2.compress,
    Xz: lzma.compress,
    Lzma: lambda content: lzma.compress(content, lzma.FORMAT_ALONE),
    Zstd: zstandard.ZstdCompressor().compress,
}
PERIOD = random.Random(7).randbytes(65_521)


@pytest.mark.parametrize(
    ("walk", "periods"), [(Gzip, 200), (Zstd, 1100)], ids=["copied", "begun-again"]
)
def test_any_range_of_what_is_too_large_to_keep_can_be_read(walk, periods):
    content = PERIOD * periods
    packed = WALKS[walk](content)

    unpacked = Unpacked(walk(BytesReader(packed), Meter(Budget(), len(packed))))

    assert (unpacked.flaw, unpacked.unused, unpacked.reader.size) == ("", 0, len(content))
    for part in (0, 0.9, 0.3, 0.9999, 0.30001):
        place = int(part * len(content))
        assert unpacked.reader.read_at(place, 300_000) == content[place : place + 300_000]


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_what_unpacks_without_end_is_an_error(walk):
    packed = WALKS[walk](bytes(3_000_000))

    report = scan(BytesReader(packed), budget=Budget(inflated_floor=1_000_000, inflated_ratio=2))

    assert "SCN-002" in rules_of(report)
    assert report.verdict is Verdict.ERROR


def test_one_block_of_zstandard_at_a_time_is_unpacked():
    packed = zstandard.ZstdCompressor().compress(bytes(9_000_000))
    walk = Zstd(BytesReader(packed), Meter(Budget(), len(packed)))

    assert max(len(piece) for piece in iter(walk.next, b"")) <= 256 * 1024


def test_what_came_before_the_break_counts():
    packed = gzip.compress(call("os", "system") + bytes(100_000))

    report = scan_bytes(packed[:-30])

    assert {"ARC-001", "PKL-001"} <= rules_of(report)


def test_a_frame_of_lz4_with_repetitions_is_unpacked():
    packed = base64.b64decode(
        "BCJNGGxAOAQAAAAAAAArIAAAAJVjYXRzIGFuZCAJADtkb2cSAA8bAP////8AUCBhbmQgAAAAAF2NdVw="
    )

    unpacked = Unpacked(Lz4(BytesReader(packed), Meter(Budget(), len(packed))))

    assert (unpacked.flaw, unpacked.unused) == ("", 0)
    assert unpacked.reader.read_at(0, 2000) == b"cats and cats and dogs and " * 40


def test_blocks_of_lz4_repeat_what_they_hold_and_what_came_before():
    assert unpack_block(b"\x1fa\x01\x00\x05\x00", b"", 100) == b"a" * 25
    assert unpack_block(b"\x04\x03\x00\x10z", b"xyz", 100) == b"xyzxyzxyz"[:8] + b"z"


@pytest.mark.parametrize(
    "block",
    [b"", b"\xf0", b"\x1fa\x02\x00\x05\x00", b"\x1fa\x00\x00", b"\x1fa\x01\x00\xff\xff\xff\x00"],
)
def test_a_block_of_lz4_that_leads_out_of_itself_is_damaged(block):
    with pytest.raises(Damaged):
        unpack_block(block, b"", 100)


def test_the_checksum_of_lz4_is_the_published_one():
    assert xxh32(b"") == 0x02CC5D05
    assert xxh32(b"abc") == 0x32D153FF
    assert xxh32(b"Nobody inspects the spammish repetition") == 0xE2293B2F
