"""NumPy's arrays in files of their own and in archives."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from tests.governance.scanning.engine.making import dumps, zipped
from tests.governance.scanning.engine.making_arrays import described, npy
from tests.scanning.forms import FORMS
from tests.scanning.sample import Sample, benign, malformed, malicious

_FLOATS = npy(described(), bytes(8))
_OBJECTS = described("'|O'", "(1,)")


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    for version in (1, 2, 3):
        yield benign(f"version-{version}", "array.npy", npy(described(), bytes(8), version))
    for name, content in _ordinary().items():
        yield benign(name, "array.npy", content)
    for name, content in _broken().items():
        yield malformed(name, "array.npy", content)
    for form in FORMS:
        content = npy(_OBJECTS, form("os", "system"))
        yield malicious(f"objects-{form.__name__}".replace("_", "-"), "array.npy", content)
    members = {"a.npy": _FLOATS, "b.npy": npy(described("'|u1'", "(3,)"), b"abc")}
    yield benign("archive", "arrays.npz", zipped(members))
    yield benign("archive-packed", "arrays.npz", zipped(members, zipfile.ZIP_DEFLATED))
    hidden = {**members, "c.npy": npy(_OBJECTS, FORMS[0]("os", "system"))}
    yield malicious("archive-objects", "arrays.npz", zipped(hidden))
    packed = zipped(hidden, zipfile.ZIP_DEFLATED)
    yield malicious("archive-objects-packed", "arrays.npz", packed)
    yield malformed("archive-short", "arrays.npz", zipped({**members, "c.npy": _FLOATS[:-1]}))


def _ordinary() -> dict[str, bytes]:
    return {
        "scalar": npy(described("'<f8'", "()"), bytes(8)),
        "empty": npy(described("'<f8'", "(0, 3)"), b""),
        "text": npy(described("'<U2'", "(2,)"), bytes(16)),
        "dates": npy(described("'<M8[ns]'", "(2,)"), bytes(16)),
        "records": npy(described("[('x', '<f4'), ('y', '|u1', (3,))]", "(2,)"), bytes(14)),
        "python-2": npy(described("'<i4'", "(2L,)"), bytes(8)),
        "objects": npy(_OBJECTS, dumps(["x", None, {"a": 1}])),
        "bytes-that-look-bad": npy(described("'|u1'", "(20,)"), b"cos\nsystem\n(S'id'\ntR"),
    }


def _broken() -> dict[str, bytes]:
    return {
        "one-byte-short": _FLOATS[:-1],
        "one-byte-long": _FLOATS + b"\0",
        "no-header": b"\x93NUMPY\x01\x00",
        "version-9": b"\x93NUMPY\x09\x00" + _FLOATS[8:],
        "header-too-long": b"\x93NUMPY\x02\x00" + b"\xff\xff\xff\xff" + _FLOATS[12:],
        "header-calls": npy("__import__('os').system('id')", bytes(8)),
        "header-incomplete": npy("{'descr': '<f4'}", bytes(8)),
        "header-with-more": npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}", bytes(8)),
        "negative-shape": npy(described("'<f4'", "(-2,)"), bytes(8)),
        "huge-shape": npy(described("'<f8'", "(4611686018427387904, 8)"), b""),
        "no-such-type": npy(described("'<q9'"), bytes(8)),
        "objects-without-pickle": npy(_OBJECTS, b"hello"),
        "objects-cut-off": npy(_OBJECTS, dumps(["x" * 50])[:-5]),
    }  # fmt: skip
