"""Objects and workspaces of R, item by item as R writes them."""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
from collections.abc import Iterator

from tests.scanning.sample import Sample, benign, malformed, malicious

_HEAD = struct.pack(">3i", 3, 0x040301, 0x030500) + struct.pack(">i", 5) + b"UTF-8"
_NULL = struct.pack(">i", 254)
_GLOBAL = struct.pack(">i", 253)
_UNBOUND = struct.pack(">i", 252)
_ATTRIBUTES, _TAG, _OBJECT = 0x200, 0x400, 0x100


def _whole(*values: int) -> bytes:
    return struct.pack(f">{len(values)}i", *values)


def _char(text: str) -> bytes:
    return _whole(0x00040009, len(text.encode())) + text.encode()


def symbol(name: str) -> bytes:
    """A name, each time anew."""
    return _whole(1) + _char(name)


def reals(*values: float) -> bytes:
    """A vector of numbers."""
    return _whole(14, len(values)) + struct.pack(f">{len(values)}d", *values)


def texts(*values: str) -> bytes:
    """A vector of texts."""
    return _whole(16, len(values)) + b"".join(map(_char, values))


def pairs(**members: bytes) -> bytes:
    """A pairlist, as attributes are."""
    return (
        b"".join(_whole(2 | _TAG) + symbol(name) + value for name, value in members.items()) + _NULL
    )


def listed(*values: bytes, **attributes: bytes) -> bytes:
    """A list, with attributes when there are any."""
    flags = 19 | (_ATTRIBUTES | _OBJECT if attributes else 0)
    return (
        _whole(flags, len(values)) + b"".join(values) + (pairs(**attributes) if attributes else b"")
    )


def call(name: str, *arguments: bytes) -> bytes:
    """Program text that is not evaluated."""
    rest = b"".join(_whole(2) + one for one in arguments) + _NULL
    return _whole(6) + symbol(name) + rest


def promise(value: bytes, code: bytes) -> bytes:
    """Code with an environment, and the value once it has one."""
    return _whole(5 | _TAG) + _GLOBAL + value + code


def closure(body: bytes) -> bytes:
    """A function without arguments."""
    return _whole(3 | _TAG) + _GLOBAL + _NULL + body


def rds(item: bytes) -> bytes:
    """One object, packed as saveRDS does."""
    return gzip.compress(b"X\n" + _HEAD + item, mtime=0)


_FRAME = listed(
    reals(1.5, 2.5), texts("a", "b"), names=texts("x", "y"), **{"class": texts("data.frame")}
)
_FORMULA = call("~", symbol("y"), call("+", symbol("x"), call("log", symbol("z"))))
_MODEL = listed(
    reals(1.0, 2.0), call("lm", _FORMULA), _FRAME, names=texts("coefficients", "call", "model")
)
_SYSTEM = call("system", texts("id"))
_COMPACT = (
    _whole(238) + pairs(a=symbol("compact_intseq"), b=symbol("base")) + reals(3, 1, 1) + _NULL
)
_COMPACT_FILE = (
    _whole(238)
    + pairs(a=symbol("mmap_real"), b=symbol("simplemmap"))
    + texts("/etc/passwd")
    + _NULL
)


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield from _benign()
    yield from _malicious()
    yield from _malformed()


def _benign() -> Iterator[Sample]:
    yield benign("numbers", "model.rds", rds(reals(1, 2, 3)))
    yield benign("data-frame", "model.rds", rds(_FRAME))
    yield benign("linear-model", "model.rds", rds(_MODEL))
    yield benign(
        "texts-that-look-bad", "model.rds", rds(texts("system('id')", "eval(parse(text='x'))"))
    )
    yield benign("compact-sequence", "model.rds", rds(_COMPACT))
    yield benign(
        "environment", "model.rds", rds(_whole(4, 0) + _GLOBAL + pairs(x=reals(1)) + _NULL + _NULL)
    )
    yield benign(
        "workspace", "all.RData", gzip.compress(b"RDX3\nX\n" + _HEAD + pairs(frame=_FRAME), mtime=0)
    )
    yield benign("not-packed", "model.rds", b"X\n" + _HEAD + _FRAME)
    yield benign("bzip2", "model.rds", bz2.compress(b"X\n" + _HEAD + _FRAME))
    yield benign("xz", "model.rds", lzma.compress(b"X\n" + _HEAD + _FRAME))
    yield benign(
        "older-version",
        "model.rds",
        gzip.compress(b"X\n" + _whole(2, 0x030600, 0x020300) + _FRAME, mtime=0),
    )
    yield benign("as-text", "model.rds", b"A\n3\n262913\n197888\n5\nUTF-8\n14\n2\n1.5\n2.5\n")


def _malicious() -> Iterator[Sample]:
    yield malicious("promise", "model.rds", rds(promise(_UNBOUND, _SYSTEM)))
    yield malicious(
        "promise-of-something-plain", "model.rds", rds(promise(_UNBOUND, call("c", reals(1))))
    )
    yield malicious(
        "promise-in-a-frame", "model.rds", rds(listed(promise(_UNBOUND, _SYSTEM), names=texts("x")))
    )
    yield malicious(
        "promise-in-attributes",
        "model.rds",
        rds(listed(reals(1), names=promise(_UNBOUND, _SYSTEM))),
    )
    yield malicious(
        "promise-in-a-workspace",
        "all.RData",
        gzip.compress(b"RDX3\nX\n" + _HEAD + pairs(x=promise(_UNBOUND, _SYSTEM)), mtime=0),
    )
    yield malicious(
        "promise-in-older-form",
        "model.rds",
        b"B\n" + struct.pack("<5i", 2, 0x030600, 0x020300, 5, 252) + struct.pack("<i", 254),
    )
    yield malicious("closure", "model.rds", rds(closure(_SYSTEM)))
    yield malicious("closure-that-looks-plain", "model.rds", rds(closure(call("c", reals(1)))))
    yield malicious("call-of-system", "model.rds", rds(_SYSTEM))
    yield malicious("call-in-a-formula", "model.rds", rds(call("~", symbol("y"), _SYSTEM)))
    yield malicious(
        "call-by-reference",
        "model.rds",
        rds(listed(symbol("system"), _whole(6, (1 << 8) | 255) + _NULL)),
    )
    yield malicious("call-of-a-closure", "model.rds", rds(_whole(6) + closure(_NULL) + _NULL))
    yield malicious("expression", "model.rds", rds(_whole(20, 1) + _SYSTEM))
    yield malicious("builtin", "model.rds", rds(_whole(8, 4) + b"eval"))
    yield malicious("external-pointer", "model.rds", rds(_whole(22) + _NULL + _NULL))
    yield malicious("package", "model.rds", rds(_whole(249, 0, 1) + _char("evilpackage")))
    yield malicious("vector-from-a-file", "model.rds", rds(_COMPACT_FILE))
    yield malicious(
        "object-behind",
        "model.rds",
        gzip.compress(b"X\n" + _HEAD + reals(1) + b"X\n" + _HEAD + _SYSTEM, mtime=0),
    )


def _malformed() -> Iterator[Sample]:
    whole = b"X\n" + _HEAD + _MODEL
    for cut in (1, 9, len(whole) // 2):
        yield malformed(f"cut-{cut}", "model.rds", gzip.compress(whole[:-cut], mtime=0))
    yield malformed("packed-cut", "model.rds", rds(_MODEL)[:-12])
    yield malformed("huge-vector", "model.rds", rds(_whole(14, 2**31 - 1)))
    yield malformed("long-vector", "model.rds", rds(_whole(14, -1, 2**20, 0)))
    yield malformed("unknown-kind", "model.rds", rds(_whole(77)))
    yield malformed("reference-to-nothing", "model.rds", rds(_whole((9 << 8) | 255)))
    yield malformed(
        "unknown-version", "model.rds", gzip.compress(b"X\n" + _whole(9, 0, 0) + reals(1), mtime=0)
    )
    yield malformed("bytecode", "model.rds", rds(_whole(21, 1)))
    yield malformed("many-lists", "model.rds", rds(_whole(19, 1) * 5000))
    yield malformed("as-text-cut", "model.rds", b"A\n3\n262913\n197888\n5\nUTF-8\n14\n2\n1.5\n")
