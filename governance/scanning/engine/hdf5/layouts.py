"""Where a dataset keeps its items: in its header, in one run, in chunks, or in other files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from governance.scanning.engine.hdf5 import btree1, btree2, objects
from governance.scanning.engine.hdf5.heaps import GlobalHeap, LocalHeap
from governance.scanning.engine.hdf5.source import Broken, Fields, Source, Unread

COMPACT, CONTIGUOUS, CHUNKED, VIRTUAL = range(4)
_SINGLE, _IMPLICIT, _FIXED, _EXTENSIBLE, _TREE = range(1, 6)
_CHUNK_RECORDS = 10


@dataclass(frozen=True, slots=True)
class Layout:
    """How the items of one dataset are stored."""

    of: int
    inside: bytes = b""
    """The items themselves, when they stand in the header."""
    address: int | None = None
    size: int | None = None
    index: int = 0
    """How chunks are found; 0 is the old tree."""
    rank: int = 0
    chunk_bytes: int = 0
    file: str = ""
    """The first other file, for a virtual dataset."""
    heap_index: int = 0


@dataclass(frozen=True, slots=True)
class External:
    """A part of a dataset that lies in another file."""

    file: str
    offset: int


def layout_of(heap: GlobalHeap, fields: Fields) -> Layout:
    """The layout that a message describes; raises Broken, Unread."""
    version = fields.version(1, 2, 3, 4, 5)
    if version < 3:
        return _old(fields)
    of = fields.number(1)
    if of == COMPACT:
        return Layout(of, inside=fields.take(fields.number(2)))
    if of == CONTIGUOUS:
        return Layout(of, address=fields.address(), size=fields.length())
    if of == VIRTUAL:
        return Layout(of, file=_first_file(heap, fields.address(), fields.number(4)))
    if of != CHUNKED:
        raise Broken(f"{fields.what} has the unknown layout {of}")
    return _tree_chunks(fields) if version == 3 else _indexed_chunks(fields)


def _old(fields: Fields) -> Layout:
    rank, of = fields.number(1), fields.number(1)
    fields.take(5)
    address = fields.address() if of != COMPACT else None
    dimensions = [fields.number(4) for _ in range(rank)]
    if of == COMPACT:
        return Layout(of, inside=fields.take(fields.number(4)))
    if of == CONTIGUOUS:
        return Layout(of, address=address)
    if of != CHUNKED:
        raise Broken(f"{fields.what} has the unknown layout {of}")
    return Layout(of, address=address, rank=rank, chunk_bytes=_product(dimensions))


def _tree_chunks(fields: Fields) -> Layout:
    rank = fields.number(1)
    address = fields.address()
    dimensions = [fields.number(4) for _ in range(rank)]
    return Layout(CHUNKED, address=address, rank=rank, chunk_bytes=_product(dimensions))


def _indexed_chunks(fields: Fields) -> Layout:
    flags, rank, width = fields.number(1), fields.number(1), fields.number(1)
    dimensions = [fields.number(width) for _ in range(rank)]
    index = fields.version(_SINGLE, _IMPLICIT, _FIXED, _EXTENSIBLE, _TREE)
    size = None
    if index == _SINGLE and flags & 2:
        size = fields.length()
        fields.take(4)
    fields.take({_FIXED: 1, _EXTENSIBLE: 5, _TREE: 6}.get(index, 0))
    return Layout(CHUNKED, address=fields.address(), size=size, index=index, rank=rank,
                  chunk_bytes=_product(dimensions))  # fmt: skip


def _product(dimensions: list[int]) -> int:
    found = 1
    for one in dimensions:
        found *= one
    return found


def _first_file(heap: GlobalHeap, address: int | None, index: int) -> str:
    if address is None:
        return ""
    block = heap.get(address, index)
    return block[9:].split(b"\0")[0].decode("utf-8", "replace")


def externals(source: Source, fields: Fields) -> Iterator[External]:
    """The other files in which a dataset's items lie."""
    fields.version(1)
    fields.take(3 + 2)
    used = fields.number(2)
    heap = LocalHeap(source, fields.place())
    for _ in range(used):
        name, offset = fields.length(), fields.length()
        fields.length()
        yield External(heap.name(name), offset)


def pieces(source: Source, layout: Layout, expected: int) -> Iterator[tuple[int, int, int]]:
    """Address, stored size and filter mask of every piece in the file; raises Broken, Unread.

    Extensible arrays are not followed: Unread tells so, and only those who want their bytes need care.
    """
    if layout.address is None:
        return
    if layout.of == CONTIGUOUS:
        source.check(layout.address, expected, "an array")
        if layout.size is not None and layout.size < expected:
            raise Broken(f"the array at byte {layout.address:,} is shorter than its shape")
        yield layout.address, expected, 0
        return
    for address, size, mask in _chunks(source, layout, layout.address):
        source.check(address, size, "a chunk")
        yield address, size, mask


def _chunks(source: Source, layout: Layout, address: int) -> Iterator[tuple[int, int, int]]:
    if layout.index == 0:
        yield from btree1.chunks(source, address, layout.rank)
    elif layout.index == _SINGLE:
        yield address, layout.chunk_bytes if layout.size is None else layout.size, 0
    elif layout.index == _TREE:
        for record in btree2.records(source, address, _CHUNK_RECORDS):
            yield record.place(), layout.chunk_bytes, 0
    else:
        _check_index(source, layout)
        raise Unread("indexes of chunks as arrays")


def _check_index(source: Source, layout: Layout) -> None:
    """An array of chunks is there and sound in its head, though it is not followed."""
    if layout.address is None or layout.index == _IMPLICIT:
        return
    if layout.index == _FIXED:
        head = source.read(
            layout.address, 12 + source.length_size + source.address_size, "an index"
        )
        head.expect(b"FAHD", 0)
        head.take(3 + source.length_size + source.address_size)
    else:
        head = source.read(
            layout.address, 16 + 6 * source.length_size + source.address_size, "an index"
        )
        head.expect(b"EAHD", 0)
        head.take(7 + 6 * source.length_size + source.address_size)
    head.sum_fits()


def layout_message(found: list[objects.Message]) -> objects.Message | None:
    """The message that says where a dataset's items are; only datasets have one."""
    return next((message for message in found if message.kind == objects.LAYOUT), None)
