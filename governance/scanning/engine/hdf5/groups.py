"""The links of a group, whichever of the three ways it keeps them in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from governance.scanning.engine.hdf5 import btree1, btree2, objects
from governance.scanning.engine.hdf5.fractal import FractalHeap
from governance.scanning.engine.hdf5.heaps import LocalHeap
from governance.scanning.engine.hdf5.source import Broken, Fields, Source

_NAMES = 5
"""The kind of B-tree that finds links by their names."""
_SOFT_CACHE = 2
_HARD, _SOFT, _EXTERNAL = 0, 1, 64


@dataclass(frozen=True, slots=True)
class Link:
    """A name in a group and what it leads to."""

    name: str
    address: int | None = None
    """Of an object in this file, for a hard link."""
    path: str = ""
    """The path within a file, for soft and external links."""
    file: str = ""
    """Another file, for an external link."""
    kind: int = _HARD

    @property
    def is_soft(self) -> bool:
        """A path in this file, looked up when it is used."""
        return self.kind == _SOFT

    @property
    def is_external(self) -> bool:
        """A path in another file."""
        return self.kind == _EXTERNAL


def links(source: Source, found: list[objects.Message]) -> Iterator[Link]:
    """Every link of the group that these messages make up."""
    for message in found:
        if message.kind == objects.SYMBOL_TABLE:
            yield from _old(source, message.fields)
        elif message.kind == objects.LINK:
            yield _link(message.fields)
        elif message.kind == objects.LINK_INFO:
            yield from _dense(source, message.fields)


def _old(source: Source, fields: Fields) -> Iterator[Link]:
    tree, heap_at = fields.place(), fields.place()
    heap = LocalHeap(source, heap_at)
    width = 2 * source.address_size + 24
    for address in btree1.symbol_nodes(source, tree):
        head = source.read(address, 8, "a table of links")
        head.expect(b"SNOD", 1)
        head.take(1)
        count = head.number(2)
        block = source.read(address, 8 + count * width, "a table of links")
        block.take(8)
        for _ in range(count):
            source.meter.spend_steps(1)
            name = heap.name(block.number(source.address_size))
            target, cached = block.address(), block.number(4)
            block.take(4)
            scratch = block.take(16)
            if cached == _SOFT_CACHE:
                path = heap.name(int.from_bytes(scratch[:4], "little"))
                yield Link(name, path=path, kind=_SOFT)
            elif target is None:
                raise Broken(f"the link {name!r} points nowhere")
            else:
                yield Link(name, target)


def _dense(source: Source, fields: Fields) -> Iterator[Link]:
    fields.version(0)
    flags = fields.number(1)
    fields.take(8 if flags & 1 else 0)
    heap_at, index = fields.address(), fields.address()
    if heap_at is None:
        return
    if index is None:
        raise Broken(f"{fields.what} has links without an index")
    heap = FractalHeap(source, heap_at)
    for record in btree2.records(source, index, _NAMES):
        record.take(4)
        yield _link(heap.get(record.take(record.left)))


def _link(fields: Fields) -> Link:
    fields.version(1)
    flags = fields.number(1)
    kind = fields.number(1) if flags & 8 else _HARD
    fields.take(8 if flags & 4 else 0)
    fields.take(1 if flags & 16 else 0)
    name = _text(fields.take(fields.number(1 << (flags & 3))))
    if kind == _HARD:
        return Link(name, fields.place())
    value = fields.take(fields.number(2))
    if kind == _SOFT:
        return Link(name, path=_text(value), kind=kind)
    if kind == _EXTERNAL:
        file, _, path = value[1:].partition(b"\0")
        return Link(name, path=_text(path.split(b"\0")[0]), file=_text(file), kind=kind)
    return Link(name, kind=kind)


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")
