"""B-trees of version 1: the links of old groups, and the chunks of old datasets."""

from __future__ import annotations

from collections.abc import Iterator

from governance.scanning.engine.hdf5.source import Broken, Fields, Source

_DEEPEST = 32
_GROUP, _CHUNK = 0, 1


def symbol_nodes(source: Source, address: int) -> Iterator[int]:
    """The addresses of the nodes that hold a group's links."""
    for _, child in _leaves(source, address, _GROUP, source.length_size):
        yield child


def chunks(source: Source, address: int, rank: int) -> Iterator[tuple[int, int, int]]:
    """Address, size in the file and filter mask of each chunk; ``rank`` counts the size of an item, too."""
    for key, child in _leaves(source, address, _CHUNK, 8 + 8 * rank):
        fields = Fields(source, key, "a chunk")
        yield child, fields.number(4), fields.number(4)


def _leaves(source: Source, root: int, kind: int, key_size: int) -> Iterator[tuple[bytes, int]]:
    """Key and address of every child of the lowest level."""
    pending: list[tuple[int, int | None]] = [(root, None)]
    seen: set[int] = set()
    head_size = 8 + 2 * source.address_size
    while pending:
        address, expected = pending.pop()
        if address in seen:
            raise Broken(f"the tree at byte {root:,} runs into itself")
        seen.add(address)
        head = source.read(address, head_size, "a tree")
        head.expect(b"TREE", kind)
        level, used = head.number(1), head.number(2)
        if level > _DEEPEST or expected not in (None, level):
            raise Broken(f"the tree at byte {root:,} has impossible levels")
        size = used * (key_size + source.address_size) + key_size
        block = source.read(address, head_size + size, "a tree")
        block.take(head_size)
        children = [(block.take(key_size), block.place()) for _ in range(used)]
        source.meter.spend_steps(used)
        if level:
            pending.extend((child, level - 1) for _, child in reversed(children))
        else:
            yield from children
