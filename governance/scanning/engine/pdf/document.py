"""A document from its first byte to its last: objects, tables of places, trailers.

Readers jump from place to place; this walks through, so that nothing lies where nobody looked, and then compares the places that
the tables name with the objects that were met.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from governance.scanning.engine.budget import Meter
from governance.scanning.engine.media.structure import Broken, need
from governance.scanning.engine.pdf.filters import filters, inflate, unpack
from governance.scanning.engine.pdf.objects import (
    Reference,
    Value,
    skip,
    value,
    whole,
)

_HEADER = re.compile(rb"%PDF-[12]\.\d[^\r\n]{0,40}")
_OBJECT = re.compile(rb"(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+obj\b")
_SECTION = re.compile(rb"[\0\t\n\f\r ]*(\d{1,10})[\t ]+(\d{1,10})[\t ]*(?:\r\n|\r|\n)")
_ENTRY = re.compile(rb"[\t ]*(\d{10}) (\d{5}) ([nf])[\t ]*(?:\r\n|\r|\n| )")
_START = re.compile(rb"startxref[\0\t\n\f\r ]+(\d{1,15})")
_STREAM = re.compile(rb"[\0\t\n\f\r ]*stream(?:\r\n|\n|\r)")
_ENDSTREAM = re.compile(rb"[\0\t\n\f\r ]*endstream\b")
_LENGTH = re.compile(rb"[\0\t\n\f\r ]*(\d{1,15})[\0\t\n\f\r ]+endobj\b")
_LINES = b"\t\r\n "
_INNER = 100_000


@dataclass(slots=True)
class Document:
    """What was met on the way through."""

    values: list[tuple[int, int, Value]] = field(default_factory=list)
    """Place, number and value of every object, and of every trailer with the number -1."""
    starts: set[int] = field(default_factory=set)
    """Where objects and tables begin."""
    named: list[int] = field(default_factory=list)
    """The places that tables name."""
    is_locked: bool = False
    front: int = 0
    """Bytes in front of the document."""


def read(data: bytes, meter: Meter) -> Document:
    """Walk through the whole document; raises Broken, Unread."""
    return _Walk(data, meter).run()


class _Walk:
    def __init__(self, data: bytes, meter: Meter) -> None:
        self.data = data
        self.meter = meter
        self.found = Document()
        self.streams: list[tuple[int, dict[str, Value], bytes]] = []

    def run(self) -> Document:
        data = self.data
        header = _HEADER.search(data, 0, 2048)
        need(header, "its beginning is damaged")
        self.found.front = header.start() if header else 0
        at = skip(data, header.end() if header else 0)
        is_ended = False
        while at < len(data):
            at, is_ended = self._next(at)
            at = skip(data, at)
        need(
            is_ended and data.rstrip(_LINES).endswith(b"%%EOF"),
            "its end is missing, or something follows it",
        )
        self.found.is_locked = any("Encrypt" in described for _, described, _ in self.streams)
        self.found.is_locked |= any(
            number < 0 and isinstance(one, dict) and "Encrypt" in one
            for _, number, one in self.found.values
        )
        for place, described, content in self.streams:
            self._stream(place, described, content)
        self._compare()
        return self.found

    def _next(self, at: int) -> tuple[int, bool]:
        """Follow what begins here; returns where it ends, and whether it may be the last."""
        match = _OBJECT.match(self.data, at)
        if match:
            self.found.starts.add(at)
            return self._object(at, int(match[1]), match.end()), False
        if self.data.startswith(b"xref", at):
            self.found.starts.add(at)
            return self._table(at + 4), False
        if self.data.startswith(b"trailer", at):
            described, end = value(self.data, at + 7)
            self._trailer(at, described)
            return end, False
        match = _START.match(self.data, at)
        if match:
            self.found.named.append(int(match[1]))
            return match.end(), True
        raise Broken(f"at byte {at:,} stands something that is no part of a document")

    def _object(self, place: int, number: int, at: int) -> int:
        inner, at = value(self.data, at)
        self.found.values.append((place, number, inner))
        match = _STREAM.match(self.data, at)
        if match and isinstance(inner, dict):
            start = match.end()
            length = self._length(inner, start)
            end = _ENDSTREAM.match(self.data, start + length)
            if not end:
                raise Broken(f"the stream at byte {place:,} is not as long as it says")
            self.streams.append((place, inner, self.data[start : start + length]))
            at = end.end()
        at = skip(self.data, at)
        need(self.data.startswith(b"endobj", at), f"the object at byte {place:,} has no end")
        return at + 6

    def _length(self, described: dict[str, Value], start: int) -> int:
        stated = described.get("Length")
        length = whole(stated)
        if isinstance(stated, Reference):
            found = re.search(
                rb"(?<!\d)%d[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+obj" % stated.number, self.data
            )
            match = _LENGTH.match(self.data, found.end()) if found else None
            length = int(match[1]) if match else None
        if length is None or start + length > len(self.data):
            raise Broken("a stream does not say how long it is")
        return length

    def _table(self, at: int) -> int:
        """The classic table of places."""
        while section := _SECTION.match(self.data, at):
            at = section.end()
            for _ in range(int(section[2])):
                entry = _ENTRY.match(self.data, at)
                if not entry:
                    raise Broken(f"the table of places at byte {at:,} is damaged")
                if entry[3] == b"n" and int(entry[1]):
                    self.found.named.append(int(entry[1]))
                at = entry.end()
        return at

    def _trailer(self, place: int, described: Value) -> None:
        if not isinstance(described, dict):
            raise Broken("a trailer of it is damaged")
        self.found.values.append((place, -1, described))
        for key in ("Prev", "XRefStm"):
            at = whole(described.get(key))
            if at:
                self.found.named.append(at)

    def _stream(self, place: int, described: dict[str, Value], content: bytes) -> None:
        is_table = "W" in described and "Size" in described
        if is_table:
            self._trailer(place, described)
            self._places(described, unpack(described, content, self.meter))
        elif "N" in described and "First" in described and not self.found.is_locked:
            self._inner(place, described, unpack(described, content, self.meter))
        elif filters(described)[:1] == ["FlateDecode"] and not self.found.is_locked:
            inflate(content, self.meter)

    def _inner(self, place: int, described: dict[str, Value], content: bytes) -> None:
        """Objects packed together: numbers and offsets, then the objects."""
        count, first = whole(described.get("N")), whole(described.get("First"))
        if count is None or first is None or first > len(content) or count > _INNER:
            raise Broken("a collection of objects is damaged")
        numbers = content[:first].split()
        need(
            len(numbers) >= 2 * count and all(one.isdigit() for one in numbers),
            "a collection of objects is damaged",
        )
        for index in range(count):
            at = first + int(numbers[2 * index + 1])
            need(at < len(content), "a collection of objects is damaged")
            inner, _ = value(content, at)
            self.found.values.append((place, int(numbers[2 * index]), inner))

    def _places(self, described: dict[str, Value], content: bytes) -> None:
        """The younger table of places: columns of numbers."""
        widths = described.get("W")
        columns = [whole(one) or 0 for one in widths] if isinstance(widths, list) else []
        need(len(columns) == 3 and 0 < sum(columns) <= 24, "a table of places is damaged")
        kind_end, place_end = columns[0], columns[0] + columns[1]
        for at in range(0, len(content) - sum(columns) + 1, sum(columns)):
            row = content[at : at + sum(columns)]
            kind = int.from_bytes(row[:kind_end], "big") if kind_end else 1
            if kind == 1:
                self.found.named.append(int.from_bytes(row[kind_end:place_end], "big"))

    def _compare(self) -> None:
        """Every place that a table names is one where an object was met."""
        for place in self.found.named:
            at = place + self.found.front
            if place in self.found.starts or at in self.found.starts or not place:
                continue
            need(
                skip(self.data, place) in self.found.starts,
                f"a table names byte {place:,}, where no object begins",
            )
