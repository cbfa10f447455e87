"""Archives and packed streams: what they hold, and how they lie about it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

import zstandard

from tests.scanning.sample import Sample, benign, malformed, malicious

TEXT = b"Weights of a small model, trained in an afternoon.\n" * 20
CONFIG = b'{"hidden_size": 64, "layers": 2}\n'
PAYLOAD = b"cposix\nsystem\n(S'id'\ntR."
ELF = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00" + bytes(80)
ORDINARY = {"README.md": TEXT, "config.json": CONFIG}


def tarred(
    members: dict[str, bytes], *, form: int = tarfile.USTAR_FORMAT, mode: str = "w"
) -> bytes:
    """A tar archive of files."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode, format=form) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return target.getvalue()


def tar_entry(**fields: object) -> bytes:
    """A tar archive of an ordinary file and one odd member."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.GNU_FORMAT) as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = 4
        archive.addfile(info, io.BytesIO(b"text"))
        odd = tarfile.TarInfo("odd")
        for name, value in fields.items():
            setattr(odd, name, value)
        archive.addfile(odd, io.BytesIO(bytes(odd.size)) if odd.size else None)
    return target.getvalue()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def lz4_frame(content: bytes, *, checksum: bool = False) -> bytes:
    """An LZ4 frame of one stored block, as programs write what does not get smaller."""
    described = bytes([0x60 | 4 * checksum, 0x40])
    body = len(content).to_bytes(4, "little")[:3] + b"\x80" + content if content else b""
    tail = _xxh32(content).to_bytes(4, "little") if checksum else b""
    head = b"\x04\x22\x4d\x18" + described + bytes([_xxh32(described) >> 8 & 0xFF])
    return head + body + bytes(4) + tail


def _xxh32(data: bytes) -> int:
    from governance.scanning.engine.archive.xxhash import xxh32

    return xxh32(data)


PACKERS = {
    "gzip": ("gz", lambda content: gzip.compress(content, mtime=0)),
    "bzip2": ("bz2", bz2.compress),
    "xz": ("xz", lzma.compress),
    "lzma": ("lzma", lambda content: lzma.compress(content, lzma.FORMAT_ALONE)),
    "zlib": ("zlib", zlib.compress),
    "zstd": ("zst", zstandard.ZstdCompressor(write_checksum=True).compress),
    "lz4": ("lz4", lz4_frame),
}


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield from _streams()
    yield from _tapes()
    yield from _broken_tapes()
    yield from _zips()
    yield from _others()


def _streams() -> Iterator[Sample]:
    for kind, (ending, pack) in PACKERS.items():
        packed = pack(TEXT)
        yield benign(f"{kind}-of-text", f"notes.txt.{ending}", packed)
        yield benign(f"{kind}-of-tar", f"files.tar.{ending}", pack(tarred(ORDINARY)))
        yield malicious(f"{kind}-of-pickle", f"notes.txt.{ending}", pack(PAYLOAD))
        yield malicious(f"{kind}-of-tar-of-pickle", f"a.{ending}", pack(tarred({"x": PAYLOAD})))
        yield malicious(f"{kind}-with-program-behind", f"a.{ending}", packed + ELF)
        yield malicious(f"{kind}-with-pickle-behind", f"a.{ending}", packed + PAYLOAD)
        yield malformed(f"{kind}-cut", f"a.{ending}", packed[: len(packed) // 2])
        yield malformed(f"{kind}-cut-at-end", f"a.{ending}", packed[:-2])
        yield malformed(f"{kind}-with-noise-behind", f"a.{ending}", packed + b"\x99\x98\x97" * 9)
    for kind in ("gzip", "bzip2", "xz", "zstd", "lz4"):
        ending, pack = PACKERS[kind]
        yield benign(f"{kind}-in-two-parts", f"a.txt.{ending}", pack(TEXT) + pack(TEXT))
        yield malicious(
            f"{kind}-payload-across-parts",
            f"a.txt.{ending}",
            pack(PAYLOAD[:10]) + pack(PAYLOAD[10:]),
        )
    yield malicious("gzip-cut-after-payload", "a.gz", gzip.compress(PAYLOAD + bytes(5000))[:-9])
    yield malformed("gzip-wrong-checksum", "a.gz", gzip.compress(TEXT)[:-8] + bytes(8))
    yield malformed("lz4-wrong-checksum", "a.lz4", lz4_frame(TEXT, checksum=True)[:-1] + b"\0")
    yield malicious("gzip-six-deep", "a.gz", _deep(PAYLOAD, 3))
    yield malformed("gzip-too-deep", "a.gz", _deep(TEXT, 9))


def _deep(content: bytes, times: int) -> bytes:
    for _ in range(times):
        content = gzip.compress(content)
    return content


def _tapes() -> Iterator[Sample]:
    forms = {"ustar": tarfile.USTAR_FORMAT, "gnu": tarfile.GNU_FORMAT, "pax": tarfile.PAX_FORMAT}
    for kind, form in forms.items():
        yield benign(f"tar-{kind}", "files.tar", tarred(ORDINARY, form=form))
        yield malicious(f"tar-{kind}-of-pickle", "files.tar", tarred({"w.txt": PAYLOAD}, form=form))
        yield malformed(f"tar-{kind}-cut", "files.tar", tarred(ORDINARY, form=form)[:1500])
    long = {"/".join(["folder"] * 30) + "/grüße.txt": TEXT}
    yield benign("tar-gnu-long-name", "files.tar", tarred(long, form=tarfile.GNU_FORMAT))
    yield benign("tar-pax-long-name", "files.tar", tarred(long, form=tarfile.PAX_FORMAT))
    yield benign("tar-folder", "files.tar", tar_entry(type=tarfile.DIRTYPE))
    yield benign("tar-oldest", "files.tar", _oldest(tarred(ORDINARY)))
    yield malicious("tar-up-and-out", "files.tar", tarred({"../../.bashrc": TEXT}))
    yield malicious("tar-absolute", "files.tar", tarred({"/etc/cron.d/job": TEXT}))
    yield malicious("tar-backslashes", "files.tar", tarred({"..\\..\\run.txt": TEXT}))
    yield malicious("tar-link", "files.tar", tar_entry(type=tarfile.SYMTYPE, linkname="a.txt"))
    yield malicious(
        "tar-link-out", "files.tar", tar_entry(type=tarfile.SYMTYPE, linkname="/etc/passwd")
    )
    yield malicious(
        "tar-hard-link-out", "files.tar", tar_entry(type=tarfile.LNKTYPE, linkname="../x")
    )
    yield malicious("tar-device", "files.tar", tar_entry(type=tarfile.CHRTYPE, devmajor=1))
    yield malicious("tar-pipe", "files.tar", tar_entry(type=tarfile.FIFOTYPE))
    yield malicious("tar-program", "files.tar", tarred({"README.md": ELF}))
    yield malicious("tar-script", "files.tar", tarred({"run": b"#!/bin/sh\nid\n"}))
    yield malicious("tar-python", "files.tar", tarred({"setup.py": b"import os\n"}))
    yield malicious("tar-same-name-twice", "files.tar", _twice())
    yield malicious("tar-pickle-behind", "files.tar", tarred(ORDINARY) + PAYLOAD)
    yield malicious("tar-of-zip-of-pickle", "a.tar", tarred({"a.zip": zipped({"b": PAYLOAD})}))


def _twice() -> bytes:
    return tarred({"a.txt": b"one"})[:1024] + tarred({"A.txt": b"other"})[:-1024]


def _oldest(content: bytes) -> bytes:
    """Headers without the mark of younger forms."""
    out = bytearray(content)
    for at in range(0, len(out), 512):
        if out[at + 257 : at + 262] == b"ustar":
            out[at + 257 : at + 345] = bytes(88)
            _sum(out, at)
    return bytes(out)


def _sum(out: bytearray, at: int) -> None:
    out[at + 148 : at + 156] = b" " * 8
    out[at + 148 : at + 156] = b"%06o\0 " % sum(out[at : at + 512])


def _broken_tapes() -> Iterator[Sample]:
    whole = tarred(ORDINARY)
    used = 512 * 2 + len(TEXT) // 512 * 512 + 512 + 512
    wrong = bytearray(whole)
    wrong[4] ^= 1
    yield malformed("tar-wrong-checksum", "files.tar", bytes(wrong))
    yield malformed("tar-without-end", "files.tar", whole[:used])
    yield malformed("tar-noise-behind", "files.tar", whole + b"\x99\x98\x97" * 99)
    yield malformed("tar-last-record-cut", "files.tar", whole[: len(whole) // 2])
    huge = bytearray(whole)
    huge[124:136] = b"77777777777\0"
    _sum(huge, 0)
    yield malformed("tar-size-beyond-end", "files.tar", bytes(huge))
    letters = bytearray(whole)
    letters[124:136] = b"0000000x000\0"
    _sum(letters, 0)
    yield malformed("tar-size-is-no-number", "files.tar", bytes(letters))
    yield malformed("tar-sparse", "files.tar", tar_entry(type=tarfile.GNUTYPE_SPARSE))
    info = tarfile.TarInfo("a.txt")
    info.size = 4
    info.pax_headers = {"size": "2048"}
    yield malformed(
        "tar-two-sizes",
        "files.tar",
        info.tobuf(tarfile.PAX_FORMAT) + b"text".ljust(2048, b"\0") + bytes(1024),
    )


def _zips() -> Iterator[Sample]:
    whole = zipped(ORDINARY)
    yield benign("zip", "files.zip", whole)
    yield benign(
        "zip-of-tar-gz", "files.zip", zipped({"a.tar.gz": gzip.compress(tarred(ORDINARY))})
    )
    yield malicious("zip-python", "files.zip", zipped({**ORDINARY, "setup.py": b"import os\n"}))
    yield malicious("zip-program", "files.zip", zipped({"README.md": ELF}))
    yield malicious("zip-script", "files.zip", zipped({"run": b"#!/bin/sh\nid\n"}))
    yield malicious("zip-up-and-out", "files.zip", zipped({"../x.txt": TEXT}))
    yield malicious("zip-pickle", "files.zip", zipped({"x.txt": PAYLOAD}))
    yield malformed("zip-cut", "files.zip", whole[:-30])
    yield malformed("zip-first-half", "files.zip", whole[: len(whole) // 2])


def _others() -> Iterator[Sample]:
    yield malformed("7z", "files.7z", b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(60))
    yield malformed("rar", "files.rar", b"Rar!\x1a\x07\x01\x00" + bytes(60))
    yield malformed("cab", "files.cab", b"MSCF" + bytes(60))
    yield malformed("ar", "files.deb", b"!<arch>\ndebian-binary   " + bytes(60))
