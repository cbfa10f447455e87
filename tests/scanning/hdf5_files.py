"""Writing small HDF5 files of the newer form: groups, links, attributes and arrays of bytes."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from governance.scanning.engine.hdf5.checksum import lookup3

SIGNATURE = b"\x89HDF\r\n\x1a\n"
_NOWHERE = b"\xff" * 8


@dataclass(frozen=True)
class Array:
    """An array of bytes in the file itself, behind a filter, or in another file."""

    content: bytes = b""
    filter_number: int = 0
    outside: str = ""
    virtual: str = ""


@dataclass(frozen=True)
class Soft:
    """A link to a path in the same file."""

    path: str


@dataclass(frozen=True)
class External:
    """A link into another file."""

    file: str
    path: str = "/"


@dataclass(frozen=True)
class Odd:
    """A link of a kind that programs define for themselves."""

    kind: int = 70


@dataclass(frozen=True)
class Group:
    """What a group holds, and its attributes."""

    members: Mapping[str, Group | Array | Soft | External | Odd] = field(default_factory=dict)
    attributes: Mapping[str, str | bytes] = field(default_factory=dict)


class _Writer:
    def __init__(self) -> None:
        self.content = bytearray(48)

    def place(self, piece: bytes) -> int:
        """Append a piece on a multiple of 8 and tell where."""
        self.content += bytes(-len(self.content) % 8)
        at = len(self.content)
        self.content += piece
        return at

    def group(self, group: Group) -> int:
        messages = [_message(2, b"\0\0" + _NOWHERE * 2), _message(10, b"\0\0")]
        messages += [_message(6, self._link(name, one)) for name, one in group.members.items()]
        messages += [
            _message(12, _attribute(name, value)) for name, value in group.attributes.items()
        ]
        return self.place(_header(messages))

    def _link(self, name: str, one: Group | Array | Soft | External | Odd) -> bytes:
        kind, value = 0, b""
        if isinstance(one, Group | Array):
            at = self.group(one) if isinstance(one, Group) else self.array(one)
            value = at.to_bytes(8, "little")
        elif isinstance(one, Soft):
            kind, value = 1, _counted(one.path.encode())
        elif isinstance(one, External):
            kind, value = (
                64,
                _counted(b"\0" + one.file.encode() + b"\0" + one.path.encode() + b"\0"),
            )
        else:
            kind, value = one.kind, _counted(b"x")
        return bytes([1, 8, kind, len(name)]) + name.encode() + value

    def array(self, array: Array) -> int:
        count = len(array.content) or 1
        messages = [
            _message(1, b"\x02\x01\x00\x01" + count.to_bytes(8, "little")),
            _message(3, b"\x10\0\0\0" + struct.pack("<IHH", 1, 0, 8)),
            _message(5, b"\x03\x0a"),
            _message(8, self._layout(array, count)),
        ]
        if array.filter_number:
            name = b"filter\0\0"
            messages.append(
                _message(
                    11, b"\x02\x01" + struct.pack("<HHHH", array.filter_number, 8, 0, 0) + name
                )
            )
        if array.outside:
            messages.append(_message(7, self._outside(array.outside, count)))
        return self.place(_header(messages))

    def _layout(self, array: Array, count: int) -> bytes:
        if array.virtual:
            entry = b"\0" + (1).to_bytes(8, "little") + array.virtual.encode() + b"\0/x\0"
            return (
                b"\x04\x03"
                + self._collection(entry).to_bytes(8, "little")
                + (1).to_bytes(4, "little")
            )
        if array.filter_number:
            return b"\x03\x02\x02" + _NOWHERE + struct.pack("<II", count, 1)
        at = _NOWHERE if array.outside else self.place(array.content).to_bytes(8, "little")
        return b"\x03\x01" + at + count.to_bytes(8, "little")

    def _outside(self, file: str, count: int) -> bytes:
        names = bytes(8) + file.encode() + b"\0"
        names += bytes(-len(names) % 8)
        data = self.place(names)
        heap = self.place(b"HEAP\0\0\0\0" + struct.pack("<QQQ", len(names), 1, data))
        return b"\x01\0\0\0" + struct.pack("<HHQQQQ", 1, 1, heap, 8, 0, count)

    def _collection(self, entry: bytes) -> int:
        padded = entry + bytes(-len(entry) % 8)
        one = struct.pack("<HHIQ", 1, 0, 0, len(entry)) + padded
        free = 4096 - 16 - len(one)
        return self.place(
            b"GCOL\1\0\0\0"
            + (4096).to_bytes(8, "little")
            + one
            + struct.pack("<HHIQ", 0, 0, 0, free)
            + bytes(free - 16)
        )


def hdf5(root: Group) -> bytes:
    """A whole file."""
    writer = _Writer()
    at = writer.group(root)
    head = (
        SIGNATURE
        + b"\x02\x08\x08\x00"
        + bytes(8)
        + _NOWHERE
        + struct.pack("<QQ", len(writer.content), at)
    )
    writer.content[:48] = head + lookup3(head).to_bytes(4, "little")
    return bytes(writer.content)


def _counted(value: bytes) -> bytes:
    return len(value).to_bytes(2, "little") + value


def _message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + len(body).to_bytes(2, "little") + b"\0" + body


def _header(messages: list[bytes]) -> bytes:
    body = b"".join(messages)
    head = b"OHDR\x02\x02" + len(body).to_bytes(4, "little") + body
    return head + lookup3(head).to_bytes(4, "little")


def _attribute(name: str, value: str | bytes) -> bytes:
    """A string of fixed length, or a single array of bytes."""
    content = value.encode() if isinstance(value, str) else value
    if isinstance(value, str):
        kind = b"\x13\x10\0\0" + max(1, len(content)).to_bytes(4, "little")
        space = b"\x02\0\0\0"
        content = content or b"\0"
    else:
        kind = b"\x10\0\0\0" + struct.pack("<IHH", 1, 0, 8)
        space = b"\x02\x01\x00\x01" + len(content).to_bytes(8, "little")
    named = name.encode() + b"\0"
    return (
        b"\x03\0"
        + struct.pack("<HHH", len(named), len(kind), len(space))
        + b"\0"
        + named
        + kind
        + space
        + content
    )
