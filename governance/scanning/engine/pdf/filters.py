"""Unpacking streams whose content has to be known: collections of objects, and tables of places."""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from governance.scanning.engine.budget import Meter
from governance.scanning.engine.media.structure import Broken, Unread, need
from governance.scanning.engine.pdf.objects import Name, Value, whole

_MOST = 64 * 1024 * 1024
_PNG = range(10, 16)


def unpack(described: dict[str, Value], data: bytes, meter: Meter) -> bytes:
    """The content of a stream; raises Unread for what is packed in another way."""
    parameters = _list(described.get("DecodeParms"))
    for index, one in enumerate(filters(described)):
        given = parameters[index] if index < len(parameters) else None
        data = _one(one, data, meter)
        if isinstance(given, dict):
            data = _predicted(given, data)
    return data


def filters(described: dict[str, Value]) -> list[str]:
    """How a stream is packed, from the outside in."""
    return [one.text if isinstance(one, Name) else "?" for one in _list(described.get("Filter"))]


def _list(one: Value | None) -> list[Value]:
    return one if isinstance(one, list) else [] if one is None else [one]


def _one(kind: str, data: bytes, meter: Meter) -> bytes:
    try:
        if kind in ("FlateDecode", "Fl"):
            return inflate(data, meter)
        if kind in ("ASCIIHexDecode", "AHx"):
            digits = re.sub(rb"[\0\t\n\f\r ]", b"", data.split(b">", 1)[0])
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        if kind in ("ASCII85Decode", "A85"):
            return base64.a85decode(data.split(b"~>", 1)[0])
    except (ValueError, binascii.Error):
        raise Broken("a stream of it cannot be unpacked") from None
    raise Unread(f"a document with a part packed by {kind}")


def inflate(data: bytes, meter: Meter) -> bytes:
    """Unpacked within bounds; the end may be missing, as many programs leave it out."""
    inflating = zlib.decompressobj()
    try:
        piece = inflating.decompress(data, _MOST)
    except zlib.error:
        raise Broken("a stream of it cannot be unpacked") from None
    meter.spend_inflated(len(piece))
    need(not inflating.unconsumed_tail, "a stream of it unpacks to more than any document needs")
    return piece


def _predicted(given: dict[str, Value], data: bytes) -> bytes:
    """Rows that were stored as differences, as PNG does."""
    kind = whole(given.get("Predictor")) or 1
    if kind == 1:
        return data
    columns = whole(given.get("Columns")) or 1
    bits = (whole(given.get("Colors")) or 1) * (whole(given.get("BitsPerComponent")) or 8)
    if kind not in _PNG or bits != 8 or not 0 < columns < 1 << 20:
        raise Unread("a document with a part packed in an unusual way")
    out = bytearray()
    previous = bytes(columns)
    for at in range(0, len(data), columns + 1):
        row = data[at + 1 : at + 1 + columns].ljust(columns, b"\0")
        if data[at] == 2:
            row = bytes((left + up) & 255 for left, up in zip(row, previous, strict=True))
        elif data[at]:
            raise Unread("a document with a part packed in an unusual way")
        out += row
        previous = row
    return bytes(out)
