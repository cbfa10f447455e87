"""HDF5 files: what leads out of them, what hides in them, and how they break."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator

from governance.scanning.engine.hdf5.checksum import lookup3
from tests.scanning.hdf5_files import Array, External, Group, Odd, Soft, hdf5
from tests.scanning.sample import Sample, benign, malformed, malicious

_PICKLE = b"\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x02id\x85R."
_PLAIN = Group(
    {"weights": Group({"kernel": Array(bytes(64))}, {"names": "kernel bias"})},
    {"author": "somebody"},
)


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    plain = hdf5(_PLAIN)
    yield benign("plain", "weights.h5", plain)
    yield benign("empty", "weights.hdf5", hdf5(Group()))
    yield benign("soft-link", "weights.h5", hdf5(Group({"a": Group(), "b": Soft("/a")})))
    yield benign(
        "many-groups",
        "weights.h5",
        hdf5(Group({f"g{n}": Group({"x": Array(b"\1\2")}) for n in range(40)})),
    )
    yield benign(
        "text-that-looks-bad",
        "weights.h5",
        hdf5(Group({}, {"note": "import os; os.system('id')  # text"})),
    )
    yield benign(
        "well-known-filter", "weights.h5", hdf5(Group({"a": Array(bytes(9), filter_number=32001)}))
    )
    yield benign("user-block-of-zeros", "weights.h5", _shifted(bytes(512), _PLAIN))
    for name, file in {"absolute": "/etc/passwd", "parent": "../secret.h5", "windows": "C:\\secret.h5",
                       "address": "s3://bucket/x.h5", "neighbour": "other.h5"}.items():  # fmt: skip
        yield malicious(
            f"link-{name}", "weights.h5", hdf5(Group({"a": Group({"b": External(file)})}))
        )
        yield malicious(
            f"array-{name}", "weights.h5", hdf5(Group({"a": Array(b"1234", outside=file)}))
        )
        yield malicious(
            f"virtual-{name}", "weights.h5", hdf5(Group({"a": Array(b"1234", virtual=file)}))
        )
    yield malicious(
        "unknown-filter", "weights.h5", hdf5(Group({"a": Array(bytes(9), filter_number=40123)}))
    )
    yield malicious("link-of-unknown-kind", "weights.h5", hdf5(Group({"a": Odd()})))
    yield malicious("pickle-in-an-array", "weights.h5", hdf5(Group({"a": Array(_PICKLE)})))
    yield malicious("pickle-in-an-attribute", "weights.h5", hdf5(Group({}, {"a": _PICKLE})))
    yield malicious("pickle-in-front", "weights.h5", _shifted(_PICKLE.ljust(512, b"\0"), _PLAIN))
    yield malicious(
        "script-in-front",
        "weights.h5",
        _shifted(b"#!/bin/sh\nid\nexit\n".ljust(512, b"\n"), _PLAIN),
    )
    yield malicious("pickle-at-the-end", "weights.h5", plain + _PICKLE)
    yield malicious("archive-at-the-end", "weights.h5", plain + b"PK\x05\x06" + bytes(18))
    for name, codec in {"pickle": {"id": "pickle"}, "unknown": {"id": "evil"}}.items():
        described = {
            "zarr_format": 2,
            "shape": [2],
            "dtype": "|O",
            "compressor": None,
            "filters": [codec],
        }
        yield malicious(f"zarr-{name}", "weights/.zarray", json.dumps(described).encode())
    described = {
        "zarr_format": 2,
        "shape": [2],
        "dtype": "<f4",
        "compressor": {"id": "zstd", "level": 1},
        "filters": None,
    }
    yield benign("zarr", "weights/.zarray", json.dumps(described).encode())
    yield malformed(
        "matlab",
        "weights.mat",
        b"MATLAB 5.0 MAT-file, Platform: GLNXA64".ljust(124) + b"\x00\x01IM" + bytes(64),
    )
    for cut in (20, 47, 60, len(plain) // 2, len(plain) - 1):
        yield malformed(f"cut-at-{cut}", "weights.h5", plain[:cut])
    yield malformed("superblock-sum", "weights.h5", plain[:44] + b"\0\0\0\0" + plain[48:])
    yield malformed("unknown-version", "weights.h5", plain[:8] + b"\x09" + plain[9:])
    yield malformed("root-outside", "weights.h5", _with_root(plain, 1 << 40))
    yield malformed("root-in-itself", "weights.h5", _with_root(plain, 0))
    for name, at in {"link": b"kernel", "header": b"OHDR", "attribute": b"author"}.items():
        place = plain.rindex(at) + 1
        yield malformed(
            f"changed-{name}", "weights.h5", plain[:place] + b"\x7f" + plain[place + 1 :]
        )


def _shifted(front: bytes, root: Group) -> bytes:
    """A file behind something else, with addresses that count from its own beginning."""
    inner = hdf5(root)
    head = inner[:12] + struct.pack("<Q", len(front)) + inner[20:28]
    head += struct.pack("<Q", len(front) + len(inner)) + inner[36:44]
    return front + head + _sum(head) + inner[48:]


def _with_root(content: bytes, address: int) -> bytes:
    head = content[:36] + struct.pack("<Q", address)
    return head + _sum(head) + content[48:]


def _sum(head: bytes) -> bytes:
    return lookup3(head).to_bytes(4, "little")
