"""Pickles with raw arrays between their operations, as joblib writes them, and the same compressed."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator

from tests.governance.scanning.engine.making import dumps
from tests.governance.scanning.engine.making_arrays import wrapped
from tests.scanning.forms import FORMS, reduced
from tests.scanning.sample import Sample, benign, malformed, malicious

_EVIL = reduced("os", "system")
_CALL = _EVIL[2:-1] + b"0"
_COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    "zlib": zlib.compress,
    "gzip": lambda content: gzip.compress(content, mtime=0),
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda content: lzma.compress(content, lzma.FORMAT_ALONE),
}


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    ordinary = wrapped("f8", 20, bytes(160))
    hidden = wrapped("f8", 20, bytes(160) + _CALL)
    for name, compress in _COMPRESSIONS.items():
        yield benign(f"compressed-{name}", "model.joblib", compress(ordinary * 3))
        yield malicious(f"behind-an-array-{name}", "model.joblib", compress(hidden))
        yield malformed(f"cut-off-{name}", "model.joblib", compress(ordinary)[:-9])
    for form in FORMS:
        content = wrapped("O8", 1, form("os", "system"), flags=63)
        yield malicious(f"objects-{form.__name__}".replace("_", "-"), "model.joblib", content)
    for name, content in _ordinary().items():
        yield benign(name, "model.joblib", content)
    for name, content in _attacks().items():
        yield malicious(name, "model.joblib", content)
    for name, content in _broken().items():
        yield malformed(name, "model.joblib", content)


def _ordinary() -> dict[str, bytes]:
    return {
        "floats": wrapped("f8", 2, bytes(16)),
        "padded": wrapped("f4", 1, b"\x03\xff\xff\xff" + b"cos\n", aligned=True),
        "no-items": wrapped("f4", 0, b""),
        "bytes-that-look-bad": wrapped("u1", 20, b"\x00cos\nsystem\n(S'id'\ntR"[:20]),
        "objects": wrapped("O8", 1, dumps(["x"]), flags=63),
        "two-in-a-row": wrapped("f8", 1, bytes(8)) + wrapped("i4", 2, bytes(8)),
    }


def _attacks() -> dict[str, bytes]:
    plain = b"0" + _CALL + b"N."
    return {
        "behind-an-array": wrapped("f8", 1, bytes(8) + _CALL),
        "in-the-bytes-of-an-array": wrapped("u1", len(plain), plain),
        "long-padding": wrapped("u1", 1, b"\x28" + bytes(0x28) + b"\x00", aligned=True),
        "numbers-called-objects": wrapped("f8", 1, _EVIL, flags=1),
        "objects-called-numbers": wrapped("O8", 1, _EVIL),
    }


def _broken() -> dict[str, bytes]:
    whole = wrapped("f8", 4, bytes(32))
    return {
        "array-cut-off": whole[:-20],
        "no-stop": whole[:-1],
        "no-such-type": wrapped("q8", 1, bytes(8)),
        "more-items-than-bytes": wrapped("f8", 10**6, bytes(32)),
        "bytes-behind": whole + bytes(5),
    }
