"""Checkpoints of any size that take no room: their tensors are holes in the file."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import IO

from tests.governance.scanning.engine.making import torch_data

_PIECE = 200 * 10**6
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_FULL = 0xFFFFFFFF


def sparse_torch(target: Path, size: int) -> None:
    """A ZIP as torch writes it, with storages of 200 MB that hold nothing but zeros."""
    keys = [str(number) for number in range(max(1, size // _PIECE))]
    zeros = _crc_of_zeros(_PIECE)
    data = torch_data(*((key, _PIECE // 4) for key in keys))
    members = [
        ("model/data.pkl", len(data), zlib.crc32(data)),
        ("model/version", 2, zlib.crc32(b"3\n")),
    ]
    members += [(f"model/data/{key}", _PIECE, zeros) for key in keys]
    contents = {"model/data.pkl": data, "model/version": b"3\n"}
    directory = b""
    with target.open("wb") as file:
        for name, length, crc in members:
            directory += _entry(name, length, crc, file.tell())
            fields = (b"PK\x03\x04", 45, 0x800, 0, 0, 33, crc, length, length, len(name), 0)
            file.write(_LOCAL.pack(*fields) + name.encode())
            if name in contents:
                file.write(contents[name])
            else:
                file.seek(length, 1)
        _end(file, directory, len(members))


def _entry(name: str, length: int, crc: int, offset: int) -> bytes:
    extra = struct.pack("<HHQ", 1, 8, offset)
    fields = (b"PK\x01\x02", 45, 45, 0x800, 0, 0, 33, crc, length, length, len(name), len(extra), 0, 0, 0, 0, _FULL)  # fmt: skip
    return _CENTRAL.pack(*fields) + name.encode() + extra


def _end(file: IO[bytes], directory: bytes, count: int) -> None:
    start = file.tell()
    file.write(directory)
    wide = file.tell()
    fields = (b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(directory), start)
    file.write(struct.pack("<4sQ2H2L4Q", *fields))
    file.write(struct.pack("<4sLQL", b"PK\x06\x07", 0, wide, 1))
    file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), _FULL, 0))


def _crc_of_zeros(count: int) -> int:
    crc, step = 0, bytes(10**6)
    for _ in range(count // len(step)):
        crc = zlib.crc32(step, crc)
    return crc


def sparse_safetensors(target: Path, size: int) -> None:
    """Tensors of 200 MB that hold nothing but zeros."""
    count = max(1, size // _PIECE)
    header = {
        f"layer.{n}.weight": {
            "dtype": "F32",
            "shape": [_PIECE // 4],
            "data_offsets": [n * _PIECE, (n + 1) * _PIECE],
        }
        for n in range(count)
    }
    encoded = json.dumps(header).encode()
    with target.open("wb") as file:
        file.write(len(encoded).to_bytes(8, "little") + encoded)
        file.truncate(8 + len(encoded) + count * _PIECE)
