"""The weights beside a Core ML program: blocks of numbers, each behind a description of 64 bytes."""

from __future__ import annotations

import struct

from governance.scanning.engine import rules
from governance.scanning.engine.subject import Subject

_ALIGNMENT = 64
_HEADER = struct.Struct("<II56x")
_BLOCK = struct.Struct("<IIQQQ32x")
_MARK = 0xDEADBEEF
_VERSION = 2
_TYPES = range(1, 32)


def analyse(subject: Subject) -> None:
    """Follow the blocks from the first to the end of the file."""
    count, version = _HEADER.unpack(
        subject.reader.read_at(0, _HEADER.size).ljust(_HEADER.size, b"\0")
    )
    if version != _VERSION:
        subject.add(rules.coreml.CML_COMPILED, f"The weights are of version {version:,}.")
        return
    subject.meter.spend_fields(count)
    position = _ALIGNMENT
    for index in range(count):
        raw = subject.reader.read_at(position, _BLOCK.size)
        if len(raw) < _BLOCK.size:
            subject.add(
                rules.coreml.CML_BROKEN, f"The file ends before block {index + 1:,} of {count:,}."
            )
            return
        mark, kind, size, offset, _ = _BLOCK.unpack(raw)
        if mark != _MARK or kind not in _TYPES or offset != position + _ALIGNMENT:
            subject.add(
                rules.coreml.CML_WEIGHTS,
                f"Block {index + 1:,} of {count:,} is described wrongly.",
                offset=position,
            )
            return
        if offset + size > subject.reader.size:
            subject.add(
                rules.coreml.CML_BROKEN, f"Block {index + 1:,} of {count:,} ends after the file."
            )
            return
        position = -(-(offset + size) // _ALIGNMENT) * _ALIGNMENT
    left = subject.reader.size - position
    if left > 0:
        subject.add(
            rules.coreml.CML_WEIGHTS, f"{left:,} bytes follow the last block.", offset=position
        )
    subject.fact("tensors", count)
