"""What some bytes are, by looking at their beginning and end. Names are never consulted.

Bytes may be several things at once; each is reported, and each is analysed. An archive is looked for from the end as
well, because that is where the programs which open archives begin to read.
"""

from __future__ import annotations

import re

from governance.scanning.engine.pickle.streams import Streams, is_pickle
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.text import looks_like_text

HEAD = 64 * 1024
TAIL = 66 * 1024
"""Bytes; an archive's end record and its longest comment."""

_AT_START: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"GGUF", "gguf"),
    (b"\x93NUMPY", "npy"),
    (b"\x7fELF", "elf"),
    (b"\xfe\xed\xfa\xce", "macho"),
    (b"\xfe\xed\xfa\xcf", "macho"),
    (b"\xce\xfa\xed\xfe", "macho"),
    (b"\xcf\xfa\xed\xfe", "macho"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"PAR1", "parquet"),
    (b"ARROW1\x00\x00", "arrow"),
    (b"\xac\xed\x00\x05", "java-serialized"),
    (b"fLaC", "flac"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
    (b"wOF2", "woff2"),
    (b"SQLite format 3\x00", "sqlite"),
)
_HDF5 = b"\x89HDF\r\n\x1a\n"
_FAT = b"\xca\xfe\xba\xbe"
_OLDEST_JAVA = 40
"""The magic number is shared: what follows is a count of architectures, or a version of Java from 45 on."""
_ZIP_END = b"PK\x05\x06"
_MAX_SAFETENSORS_HEADER = 100_000_000
_SVG = re.compile(
    rb"(?:\xef\xbb\xbf|\s|<\?xml[^>]*>|<!--(?:(?!-->).)*-->|<!doctype svg[^>]*>)*<svg\b",
    re.DOTALL | re.IGNORECASE,
)
_SPACES = b" \t\r\n\f\xef\xbb\xbf"


def identify(reader: Reader, streams: Streams) -> tuple[str, ...]:
    """Every format these bytes are, most specific first; ("unknown",) when there is none."""
    head = reader.read_at(0, HEAD)
    if not head:
        return ("text",)
    found = _binary(reader, head)
    if is_pickle(reader, streams):
        found.append("pickle")
    if looks_like_text(head, whole=len(head) == reader.size):
        found.extend(_textual(head))
    return tuple(found) or ("unknown",)


def _binary(reader: Reader, head: bytes) -> list[str]:
    found = [name for magic, name in _AT_START if head.startswith(magic)]
    others = {
        "zip": "zip" not in found and _has_zip_end(reader),
        "tar": head[257:262] == b"ustar",
        "hdf5": _is_hdf5(reader, head),
        "macho": head[:4] == _FAT and int.from_bytes(head[4:8], "big") < _OLDEST_JAVA,
        "java-class": head[:4] == _FAT and int.from_bytes(head[4:8], "big") >= _OLDEST_JAVA,
        "pe": head[:2] == b"MZ" and _is_pe(head),
        "pdf": head.startswith(b"%PDF-") or (b"%PDF-" in head[:1024] and b"endobj" in head),
        "riff": head[:4] == b"RIFF" and head[8:12] in (b"WAVE", b"WEBP", b"AVI "),
        "safetensors": _is_safetensors(head, reader.size),
    }
    return found + [name for name, matches in others.items() if matches]


def _has_zip_end(reader: Reader) -> bool:
    tail = reader.read_at(max(0, reader.size - TAIL), TAIL)
    return tail.rfind(_ZIP_END, 0, max(0, len(tail) - 18)) >= 0


def _is_hdf5(reader: Reader, head: bytes) -> bool:
    """The superblock stands at 0, or at 512 doubled any number of times."""
    if head.startswith(_HDF5):
        return True
    offset = 512
    while offset < min(reader.size, 1 << 30):
        if reader.read_at(offset, len(_HDF5)) == _HDF5:
            return True
        offset *= 2
    return False


def _is_pe(head: bytes) -> bool:
    """A DOS program is enough: a PE header may stand anywhere, or be missing."""
    at = int.from_bytes(head[60:64], "little")
    is_dos = at >= len(head) or b"DOS mode" in head[:1024]
    return b"\0" in head[:64] and (head[at : at + 4] == b"PE\0\0" or is_dos)


def _is_safetensors(head: bytes, size: int) -> bool:
    if len(head) < 9:
        return False
    length = int.from_bytes(head[:8], "little")
    return 2 <= length <= max(_MAX_SAFETENSORS_HEADER, size) and head[8:9] == b"{"


def _textual(head: bytes) -> list[str]:
    start = head.lstrip(_SPACES)[:256].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<script")):
        return ["html"]
    if _SVG.match(head[:4096]):
        return ["svg"]
    if start[:1] in (b"{", b"["):
        return ["json", "text"]
    return ["text"]
