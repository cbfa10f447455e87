"""Walking a serialized object: every item to the last, in order, with the place it has in what it belongs to.

The items of an object follow one another without nesting marks, so a stack of what is still to come is enough; it never
recurses. ``Sink`` is told of everything that could be evaluated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from governance.scanning.engine.budget import Meter
from governance.scanning.engine.cursor import Cursor
from governance.scanning.engine.rdata.source import WAYS, Malformed, Source

SYMBOL, PAIRS, CLOSURE, ENVIRONMENT, PROMISE, CALL, SPECIAL, BUILTIN, TEXT = range(1, 10)
DOTS, STRINGS, LIST, EXPRESSION, BYTECODE, POINTER, WEAK, RAW, S4 = (
    17,
    16,
    19,
    20,
    21,
    22,
    23,
    24,
    25,
)
_WIDTHS = {10: 4, 13: 4, 14: 8, 15: 16}
_EMPTY = frozenset({254, 253, 252, 251, 250, 242, 241})
_UNBOUND = 252
_REFERENCE, _NAMESPACE, _PACKAGE, _PERSISTENT, _COMPACT = 255, 249, 248, 247, 238
_ATTRIBUTED_CALL, _ATTRIBUTED_PAIRS = 240, 239
_ATTRIBUTES, _TAG = 0x200, 0x400
_LONGEST_NAME = 10_000
_PAIRED = {PAIRS: ("item", "item"), CLOSURE: ("item", "item"), PROMISE: ("promised", "item"),
           CALL: ("called", "item"), DOTS: ("item", "item")}  # fmt: skip


class Unread(Exception):
    """Sound perhaps, but nothing here reads it; the message names it."""


class Sink(Protocol):
    """Who is told of what stands in an object."""

    def called(self, name: str | None, offset: int) -> None:
        """A call; the name is None where what is called is not a plain name."""

    def found(self, kind: int, offset: int) -> None:
        """A closure, expression, pointer or compiled code."""

    def promise(self, offset: int) -> None:
        """A promise that R would evaluate when somebody looks at it."""

    def package(self, name: str, offset: int) -> None:
        """A package that is loaded; an empty name where a program's own function is asked."""

    def builtin(self, name: str, offset: int) -> None:
        """A function of R itself, by its name."""

    def compact(self, name: str, offset: int) -> None:
        """A vector that a class of its own makes."""


@dataclass(slots=True)
class Walk:
    """One pass over one object."""

    cursor: Cursor
    meter: Meter
    sink: Sink
    references: list[str | None] = field(default_factory=list)
    """Names of symbols, None for everything else that can be referred to."""
    pending: list[tuple[str, int]] = field(default_factory=list)
    """The place of items still to come, and how many of them."""

    def run(self) -> None:
        """Read the object to its end; raises Malformed, Unread, Truncated."""
        way = WAYS.get(self.cursor.take(2))
        if way is None:
            raise Malformed("its first line is damaged")
        source = way(self.cursor)
        version = source.whole()
        source.whole()
        source.whole()
        if version == 3:
            source.text(self._length(source.whole(), 64))
        elif version != 2:
            raise Unread(f"version {version} of the format")
        self.pending.append(("item", 1))
        while self.pending:
            place, count = self.pending.pop()
            if count > 1:
                self.pending.append((place, count - 1))
            if count > 0:
                self.meter.spend_steps(1)
                self._item(source, place)

    def _length(self, value: int, most: int) -> int:
        if not 0 <= value <= most:
            raise Malformed(f"a length before byte {self.cursor.position:,} is {value:,}")
        return value

    def _item(self, source: Source, place: str) -> None:
        at = self.cursor.position
        flags = source.whole()
        kind = flags & 255
        if kind in _EMPTY:
            self._empty(kind, place, at)
        elif kind == _REFERENCE:
            self._reference(source, flags, place, at)
        elif kind == SYMBOL:
            self._symbol(source, place, at)
        elif kind in _PAIRED or kind in (_ATTRIBUTED_CALL, _ATTRIBUTED_PAIRS):
            self._pair(kind, flags, place, at)
        elif kind in (_NAMESPACE, _PACKAGE, _PERSISTENT):
            self._package(source, kind, at)
        else:
            self._other_place(place, at)
            self._thing(source, kind, flags, at)

    def _empty(self, kind: int, place: str, at: int) -> None:
        if place == "promised" and kind == _UNBOUND:
            self.sink.promise(at)
        self._other_place(place, at)

    def _other_place(self, place: str, at: int) -> None:
        """What is called is neither a symbol nor a reference to one."""
        if place == "called":
            self.sink.called(None, at)

    def _reference(self, source: Source, flags: int, place: str, at: int) -> None:
        index = flags >> 8 or source.whole()
        if not 1 <= index <= len(self.references):
            raise Malformed(f"byte {at:,} refers to what does not exist")
        self._named(self.references[index - 1], place, at)

    def _symbol(self, source: Source, place: str, at: int) -> None:
        if source.whole() & 255 != TEXT:
            raise Malformed(f"the symbol at byte {at:,} has no name")
        length = self._length(source.whole(), _LONGEST_NAME)
        name = source.text(length).decode("utf-8", "replace")
        self.references.append(name)
        self._named(name, place, at)

    def _named(self, name: str | None, place: str, at: int) -> None:
        if place == "called":
            self.sink.called(name, at)
        elif place == "class" and name is not None:
            self.sink.compact(name, at)

    def _pair(self, kind: int, flags: int, place: str, at: int) -> None:
        """Attributes, tag, first and rest, in this order; the stack is filled from behind."""
        self._other_place(place, at)
        is_attributed = bool(flags & _ATTRIBUTES) or kind in (_ATTRIBUTED_CALL, _ATTRIBUTED_PAIRS)
        kind = {_ATTRIBUTED_CALL: CALL, _ATTRIBUTED_PAIRS: PAIRS}.get(kind, kind)
        if kind in (CLOSURE, DOTS):
            self.sink.found(kind, at)
        first, rest = _PAIRED[kind]
        if place == "information" and kind == PAIRS:
            first = "class"
        self.pending += [(rest, 1), (first, 1)]
        self.pending += [("item", 1)] * (bool(flags & _TAG) + is_attributed)

    def _package(self, source: Source, kind: int, at: int) -> None:
        """A vector of texts without a head of its own; the first names the package."""
        if source.whole() != 0:
            raise Malformed(f"the package at byte {at:,} is damaged")
        names: list[str] = []
        for _ in range(self._length(source.whole(), 16)):
            if source.whole() & 255 != TEXT:
                raise Malformed(f"the package at byte {at:,} has no name")
            names.append(
                source.text(self._length(source.whole(), _LONGEST_NAME)).decode("utf-8", "replace")
            )
        self.references.append(None)
        self.sink.package("" if kind == _PERSISTENT or not names else names[0], at)

    def _thing(self, source: Source, kind: int, flags: int, at: int) -> None:
        attributes = 1 if flags & _ATTRIBUTES else 0
        if kind == TEXT:
            length = source.whole()
            source.text(0 if length == -1 else self._length(length, self.cursor.size))
            self.pending.append(("item", attributes))
        elif kind in _WIDTHS or kind == RAW:
            self._vector(source, _WIDTHS.get(kind, 1))
            self.pending.append(("item", attributes))
        elif kind in (STRINGS, LIST, EXPRESSION):
            if kind == EXPRESSION:
                self.sink.found(kind, at)
            self.pending += [("item", attributes), ("item", self._count(source))]
        elif kind in (SPECIAL, BUILTIN):
            name = source.text(self._length(source.whole(), _LONGEST_NAME))
            self.sink.builtin(name.decode("utf-8", "replace"), at)
            self.pending.append(("item", attributes))
        else:
            self._rare(source, kind, attributes, at)

    def _rare(self, source: Source, kind: int, attributes: int, at: int) -> None:
        if kind == ENVIRONMENT:
            source.whole()
            self.references.append(None)
            self.pending.append(("item", 4))
        elif kind in (POINTER, WEAK):
            self.sink.found(kind, at)
            self.references.append(None)
            self.pending.append(("item", attributes + (2 if kind == POINTER else 0)))
        elif kind == S4:
            self.pending.append(("item", attributes))
        elif kind == _COMPACT:
            self.pending += [("item", 2), ("information", 1)]
        elif kind == BYTECODE:
            self.sink.found(kind, at)
            raise Unread("compiled program text")
        else:
            raise Malformed(f"byte {at:,} begins an item of the unknown kind {kind}")

    def _count(self, source: Source) -> int:
        length = source.whole()
        if length == -1:
            high, low = source.whole(), source.whole()
            length = (high << 32) + (low & 0xFFFFFFFF)
        return self._length(length, self.cursor.size)

    def _vector(self, source: Source, width: int) -> None:
        count = self._count(source)
        self.meter.spend_steps(count // (1 if source.order == "text" else 4096))
        source.skip(count, width)
