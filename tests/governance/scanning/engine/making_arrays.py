"""Making arrays of NumPy byte by byte, alone and as joblib puts them into a pickle."""

from __future__ import annotations

from tests.governance.scanning.engine.making import text


def npy(header: str, body: bytes, version: int = 1) -> bytes:
    encoded = header.encode() + b"\n"
    width = 2 if version == 1 else 4
    return (
        b"\x93NUMPY" + bytes([version, 0]) + len(encoded).to_bytes(width, "little") + encoded + body
    )


def described(descr: str = "'<f4'", shape: str = "(2,)") -> str:
    return f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}"


def dtype(kind: str, size: int = -1, flags: int = 0) -> bytes:
    state = b"(K\x03" + text("<") + b"NNNJ" + size.to_bytes(4, "little", signed=True)
    state += b"J\xff\xff\xff\xffK" + bytes([flags]) + b"t"
    return b"cnumpy\ndtype\n(" + text(kind) + b"\x89\x88tR" + state + b"b"


def wrapped(kind: str, count: int, raw: bytes, *, aligned: bool = False, flags: int = 0) -> bytes:
    """A stream of joblib that holds one array and goes on after it."""
    state = b"}(" + text("subclass") + b"cnumpy\nndarray\n" + text("shape")
    state += b"J" + count.to_bytes(4, "little") + b"\x85" + text("order") + text("C")
    state += text("dtype") + dtype(kind, flags=flags) + text("allow_mmap") + b"\x88"
    state += (text("numpy_array_alignment_bytes") + b"K\x10" if aligned else b"") + b"u"
    wrapper = b"cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81" + state + b"b"
    return b"\x80\x03]" + wrapper + raw + b"aK\x01a."
