"""Archives by the programs' own libraries: LZ4 frames of every kind, tar in every form."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

TEXT = b"".join(
    b"line %d of the notes on cats and dogs\n" % (number % 97) for number in range(9000)
)
PAYLOAD = b"cposix\nsystem\n(S'id'\ntR."


def _write(folder: Path, name: str, file: str, content: bytes, kind: str = "benign") -> None:
    target = folder / kind / name / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def make_lz4(folder: Path) -> None:
    """LZ4 as joblib and people use it."""
    from lz4 import frame

    variants: dict[str, dict[str, Any]] = {
        "plain": {},
        "hard": {"compression_level": 12},
        "linked": {"block_linked": True, "block_size": frame.BLOCKSIZE_MAX64KB},
        "apart": {"block_linked": False, "block_size": frame.BLOCKSIZE_MAX256KB},
        "sums": {"content_checksum": True, "block_checksum": True, "store_size": False},
    }
    for name, options in variants.items():
        _write(folder, name, "notes.txt.lz4", frame.compress(TEXT, **options))
        _write(folder, name, "weights.lz4", frame.compress(PAYLOAD * 9, **options), "malicious")
    broken = bytearray(frame.compress(TEXT, content_checksum=True))
    broken[len(broken) // 2] ^= 0x55
    _write(folder, "damaged", "notes.txt.lz4", bytes(broken), "malformed")


def make_tars(folder: Path) -> None:
    """tar in every form, packed and not."""
    forms = {"ustar": tarfile.USTAR_FORMAT, "gnu": tarfile.GNU_FORMAT, "pax": tarfile.PAX_FORMAT}
    packers: dict[str, Callable[[bytes], bytes]] = {
        "tar": bytes,
        "tar.gz": gzip.compress,
        "tar.bz2": bz2.compress,
        "tar.xz": lzma.compress,
    }
    for name, form in forms.items():
        target = io.BytesIO()
        with tarfile.open(fileobj=target, mode="w", format=form) as archive:
            for path in ("card/README.md", "card/grüße.txt"):
                info = tarfile.TarInfo(path)
                info.size, info.mtime = len(TEXT), 1.5
                archive.addfile(info, io.BytesIO(TEXT))
        for ending, pack in packers.items():
            _write(folder, f"{name}-{ending}", f"files.{ending}", pack(target.getvalue()))


MAKERS: dict[str, Callable[[Path], None]] = {"lz4": make_lz4, "tars": make_tars}
