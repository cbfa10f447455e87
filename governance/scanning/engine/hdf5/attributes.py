"""Attributes: small named values of groups and datasets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from governance.scanning.engine.hdf5 import btree2, datatypes, objects
from governance.scanning.engine.hdf5.fractal import FractalHeap
from governance.scanning.engine.hdf5.heaps import GlobalHeap
from governance.scanning.engine.hdf5.source import Broken, Fields, Source

_NAMES = 8
_MOST_LISTS = 300_000


@dataclass(frozen=True, slots=True)
class Attribute:
    """A name and the bytes of its value."""

    name: str
    kind: datatypes.Kind
    values: tuple[bytes, ...]
    """For strings and lists one each; else all items together."""

    @property
    def texts(self) -> list[str]:
        """The values as text, without padding."""
        return [value.rstrip(b"\0 ").decode("utf-8", "replace") for value in self.values]


def attributes(
    source: Source, heap: GlobalHeap, found: list[objects.Message]
) -> Iterator[Attribute]:
    """Every attribute of the object that these messages make up."""
    for message in found:
        if message.kind == objects.ATTRIBUTE:
            yield _attribute(source, heap, objects.resolve(source, message))
        elif message.kind == objects.ATTRIBUTE_INFO:
            yield from _dense(source, heap, message.fields)


def _dense(source: Source, heap: GlobalHeap, fields: Fields) -> Iterator[Attribute]:
    fields.version(0)
    flags = fields.number(1)
    fields.take(2 if flags & 1 else 0)
    heap_at, index = fields.address(), fields.address()
    if heap_at is None:
        return
    if index is None:
        raise Broken(f"{fields.what} has attributes without an index")
    store = FractalHeap(source, heap_at)
    for record in btree2.records(source, index, _NAMES):
        identity = record.take(8)
        message = objects.Message(objects.ATTRIBUTE, record.number(1), store.get(identity))
        yield _attribute(source, heap, objects.resolve(source, message))


def _attribute(source: Source, heap: GlobalHeap, fields: Fields) -> Attribute:
    version = fields.version(1, 2, 3)
    flags = fields.number(1)
    sizes = [fields.number(2) for _ in range(3)]
    fields.take(1 if version == 3 else 0)
    parts = [_part(source, fields, size, padded=version == 1) for size in sizes]
    name = parts[0].content.split(b"\0")[0].decode("utf-8", "surrogateescape")
    typed = objects.resolve(
        source, objects.Message(objects.DATATYPE, 2 if flags & 1 else 0, parts[1])
    )
    shaped = objects.resolve(source, objects.Message(objects.DATASPACE, flags & 2, parts[2]))
    kind = datatypes.kind_of(typed)
    count = datatypes.count_of(datatypes.shape_of(shaped))
    return Attribute(name, kind, tuple(values(source, heap, kind, fields.take(count * kind.size))))


def _part(source: Source, fields: Fields, size: int, *, padded: bool) -> Fields:
    content = fields.take(size)
    if padded:
        fields.take(-size % 8)
    return Fields(source, content, fields.what)


def values(
    source: Source, heap: GlobalHeap, kind: datatypes.Kind, content: bytes
) -> Iterator[bytes]:
    """The bytes of each value: what a list points at in the global heap, or the items themselves."""
    if kind.of == datatypes.STRING:
        source.meter.spend_steps(len(content) // kind.size)
        for at in range(0, len(content), kind.size):
            yield content[at : at + kind.size]
    elif not kind.is_list:
        if content:
            yield content
    else:
        if len(content) // kind.size > _MOST_LISTS:
            raise Broken(f"it has more than {_MOST_LISTS:,} texts in one place")
        for at in range(0, len(content), kind.size):
            yield _pointed(source, heap, kind, content[at : at + kind.size])


def _pointed(source: Source, heap: GlobalHeap, kind: datatypes.Kind, item: bytes) -> bytes:
    fields = Fields(source, item, "a text")
    length, address, index = fields.number(4), fields.address(), fields.number(4)
    if not length or not address:
        return b""
    found = heap.get(address, index)
    wanted = length * max(1, kind.base_size)
    if wanted > len(found):
        raise Broken(f"a text in the collection at byte {address:,} is longer than its place")
    return found[:wanted]
