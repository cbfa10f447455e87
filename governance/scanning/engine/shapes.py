"""Formats that no fixed bytes give away: a function each, asked with the reader and the first 64 KiB.

A function may read further, within bounds; it answers for files of every other kind as well, so it must be quick to say no
and must not raise. ``SHAPES`` is where a format is entered.
"""

from __future__ import annotations

import lzma
import re
import zlib
from collections.abc import Callable

from governance.scanning.engine import sentencepiece
from governance.scanning.engine.boosters.vectors import WORD2VEC
from governance.scanning.engine.matfile import version4
from governance.scanning.engine.media import mp3, netpbm
from governance.scanning.engine.msgpack_items import fits_exactly
from governance.scanning.engine.protobuf.recognising import RECOGNISED
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.scripts import kind_of_script
from governance.scanning.engine.tables import records
from governance.scanning.engine.text import looks_like_text

TAIL = 66 * 1024
"""Bytes; an archive's end record and its longest comment."""

_HDF5 = b"\x89HDF\r\n\x1a\n"
_FAT = b"\xca\xfe\xba\xbe"
_OLDEST_JAVA = 40
"""The magic number is shared: what follows is a count of architectures, or a version of Java from 45 on."""
_ZIP_END = b"PK\x05\x06"
_MAX_SAFETENSORS_HEADER = 100_000_000
_ISO_AT = 32769
_RIFF = {"wav": b"WAVE", "webp": b"WEBP", "avi": b"AVI "}
_DIB_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})
_TRIAL = 4096
_FONT_TABLE = re.compile(rb"[A-Za-z0-9 /]{4}")
_SMALL, _MANY = 4 * 1024 * 1024, 100_000
_PYTHON_3 = range(3000, 3900)
_PYTHON_2 = range(62011, 62212)


def _zip(reader: Reader, head: bytes) -> bool:
    """A tape whose last member is an archive ends like one; its analyser accounts for every byte of it."""
    if head.startswith(b"PK\x03\x04"):
        return True
    if head[257:262] == b"ustar" or _tar(reader, head):
        return False
    tail = reader.read_at(max(0, reader.size - TAIL), TAIL)
    return tail.rfind(_ZIP_END, 0, max(0, len(tail) - 18)) >= 0


def _tar(_: Reader, head: bytes) -> bool:
    """The oldest form has no mark of its own, but a checksum over its first 512 bytes."""
    if len(head) < 512 or not head[0]:
        return False
    stated = head[148:156].strip(b" \0")
    if not stated or stated.translate(None, b"01234567"):
        return False
    return int(stated, 8) == sum(head[:148]) + 8 * 32 + sum(head[156:512])


def _bzip2(_: Reader, head: bytes) -> bool:
    return re.match(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90|[^\n -~]|\Z)", head) is not None


def _zlib(_: Reader, head: bytes) -> bool:
    """A header of two bytes means nothing by itself; it counts when bytes come out."""
    if len(head) < 8 or head[0] & 0x8F != 8 or int.from_bytes(head[:2], "big") % 31:
        return False
    if head[1] & 0x20:
        return False
    inflating = zlib.decompressobj()
    try:
        piece = inflating.decompress(head[:_TRIAL], _TRIAL)
    except zlib.error:
        return False
    return len(piece) >= 32 or inflating.eof


def _lzma(reader: Reader, head: bytes) -> bool:
    """The old form of xz has no mark: the sizes must be such as programs write, and bytes come out.

    Nothing comes out of an empty one, which is a few bytes long; in a longer file such bytes are chance.
    """
    dictionary = int.from_bytes(head[1:5], "little")
    size = int.from_bytes(head[5:13], "little")
    is_usual = dictionary == 0xFFFFFFFF or (
        dictionary >= 4096 and (dictionary & (dictionary - 1)).bit_count() <= 1
    )
    if len(head) < 18 or head[0] >= 225 or not is_usual or head[13]:
        return False
    if size != 2**64 - 1 and size >= 2**40:
        return False
    unpacking = lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=512 * 1024 * 1024)
    try:
        piece = unpacking.decompress(head[:_TRIAL], _TRIAL)
    except lzma.LZMAError:
        return False
    return len(piece) >= 32 or (unpacking.eof and (bool(piece) or reader.size < 64))


def _hdf5(reader: Reader, head: bytes) -> bool:
    """The superblock stands at 0, or at 512 doubled any number of times."""
    if head.startswith(_HDF5):
        return True
    offset = 512
    while offset < min(reader.size, 1 << 30):
        if reader.read_at(offset, len(_HDF5)) == _HDF5:
            return True
        offset *= 2
    return False


def _macho(_: Reader, head: bytes) -> bool:
    return head[:4] == _FAT and int.from_bytes(head[4:8], "big") < _OLDEST_JAVA


def _java_class(_: Reader, head: bytes) -> bool:
    return head[:4] == _FAT and int.from_bytes(head[4:8], "big") >= _OLDEST_JAVA


def _pe(_: Reader, head: bytes) -> bool:
    """A DOS program is enough: a PE header may stand anywhere, or be missing."""
    if head[:2] not in (b"MZ", b"ZM") or b"\0" not in head[:64]:
        return False
    at = int.from_bytes(head[60:64], "little")
    is_dos = at >= len(head) or b"DOS mode" in head[:1024]
    return head[at : at + 4] == b"PE\0\0" or is_dos


def _python_bytecode(_: Reader, head: bytes) -> bool:
    version = int.from_bytes(head[:2], "little")
    if head[2:4] != b"\r\n" or len(head) < 9:
        return False
    return (version in _PYTHON_3 and b"\xe3" in head[8:17]) or (
        version in _PYTHON_2 and head[8:9] == b"c"
    )


def _pdf(_: Reader, head: bytes) -> bool:
    """Readers of PDF forgive a kilobyte in front."""
    at = head[:1024].find(b"%PDF-")
    return at == 0 or (at > 0 and b"endobj" in head)


def _riff(form: bytes) -> Callable[[Reader, bytes], bool]:
    return lambda _, head: head[:4] in (b"RIFF", b"RIFX", b"RF64") and head[8:12] == form


def _aiff(_: Reader, head: bytes) -> bool:
    return head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC")


def _safetensors(reader: Reader, head: bytes) -> bool:
    if len(head) < 9:
        return False
    length = int.from_bytes(head[:8], "little")
    return 2 <= length <= max(_MAX_SAFETENSORS_HEADER, reader.size) and head[8:9] == b"{"


def _rds_text(_: Reader, head: bytes) -> bool:
    return re.match(rb"A\r?\n[23]\r?\n[0-9]{5,7}\r?\n[0-9]{5,7}\r?\n", head) is not None


def _script(_: Reader, head: bytes) -> bool:
    """A script that carries its load behind its last line; scripts of nothing but text are found as text."""
    return b"\0" in head and bool(kind_of_script(head))


def _iso(reader: Reader, _: bytes) -> bool:
    return reader.read_at(min(_ISO_AT, reader.size), 5) == b"CD001"


def _dmg(reader: Reader, _: bytes) -> bool:
    return reader.size >= 512 and reader.read_at(reader.size - 512, 4) == b"koly"


def _bmp(_: Reader, head: bytes) -> bool:
    header = int.from_bytes(head[14:18], "little")
    return head[:2] == b"BM" and header in _DIB_HEADERS


def _ico(_: Reader, head: bytes) -> bool:
    count = int.from_bytes(head[4:6], "little")
    is_icon = head[:4] in (b"\0\0\1\0", b"\0\0\2\0") and 1 <= count <= 256
    return is_icon and int.from_bytes(head[18:22], "little") == 6 + 16 * count


def _font(_: Reader, head: bytes) -> bool:
    tables = int.from_bytes(head[4:6], "big")
    is_old = head[:4] == b"\0\1\0\0" and 1 <= tables <= 200
    return is_old and _FONT_TABLE.fullmatch(head[12:16]) is not None


def _quicktime(_: Reader, head: bytes) -> bool:
    """Older films begin with any of these boxes."""
    return head[4:8] in (b"moov", b"mdat", b"wide", b"skip", b"free", b"pnot") and len(head) >= 16


def _arrow_stream(_: Reader, head: bytes) -> bool:
    length = int.from_bytes(head[4:8], "little")
    return head[:4] == b"\xff\xff\xff\xff" and 16 <= length <= 1 << 26 and length % 8 == 0


def _msgpack(reader: Reader, head: bytes) -> bool:
    """A map whose first name is text, or a small file that is one value to its end."""
    first = head[0] if head else 0
    at = 1 if 0x81 <= first <= 0x8F else {0xDE: 3, 0xDF: 5}.get(first, 0)
    mark = head[at] if at and len(head) > at else 0
    length = mark & 31 if 0xA1 <= mark <= 0xBF else 0
    name = head[at + 1 : at + 1 + length]
    if length and len(name) == length and name.isascii() and name.decode("ascii").isprintable():
        return True
    if head == b"\x80" and reader.size == 1:
        return True
    is_collection = bool(at) or 0x91 <= first <= 0x9F or first in (0xDC, 0xDD)
    return is_collection and 8 <= reader.size <= _SMALL and fits_exactly(reader, _MANY)


def _ubjson(_: Reader, head: bytes) -> bool:
    """An object whose first name is told by its length."""
    width = {b"{L": 8, b"{l": 4, b"{i": 1, b"{U": 1, b"{I": 2}.get(head[:2], 0)
    length = int.from_bytes(head[2 : 2 + width], "big")
    name = head[2 + width : 2 + width + length]
    return bool(width and 0 < length <= 200 and len(name) == length and name.isascii())


def _word2vec(_: Reader, head: bytes) -> bool:
    """A line with two numbers, and then bytes; with nothing but text behind it is another form, read as text."""
    return WORD2VEC.match(head) is not None and not looks_like_text(head, whole=False)


def _tensor_bundle(reader: Reader, _: bytes) -> bool:
    """A table as LevelDB writes it: it is known by its last bytes."""
    return (
        reader.size > 48
        and reader.read_at(reader.size - 8, 8) == b"\x57\xfb\x80\x8b\x24\x75\x47\xdb"
    )


SHAPES: dict[str, Callable[[Reader, bytes], bool]] = {
    "zip": _zip,
    "tar": _tar,
    "bzip2": _bzip2,
    "zlib": _zlib,
    "lzma": _lzma,
    "rds": _rds_text,
    "script": _script,
    "iso": _iso,
    "dmg": _dmg,
    "hdf5": _hdf5,
    "msgpack": _msgpack,
    "ubjson": _ubjson,
    "word2vec": _word2vec,
    "safetensors": _safetensors,
    "macho": _macho,
    "java-class": _java_class,
    "pe": _pe,
    "python-bytecode": _python_bytecode,
    "pdf": _pdf,
    **{name: _riff(form) for name, form in _RIFF.items()},
    "aiff": _aiff,
    "bmp": _bmp,
    "ico": _ico,
    "font": _font,
    "mp3": mp3.begins_here,
    "netpbm": netpbm.begins_here,
    "sentencepiece": sentencepiece.begins_here,
    "mp4": _quicktime,
    "arrow-stream": _arrow_stream,
    "tfrecord": records.begins_here,
    "tensor-bundle": _tensor_bundle,
    "matlab-4": version4.begins_here,
    **RECOGNISED,
}
