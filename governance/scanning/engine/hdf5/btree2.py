"""B-trees of version 2: indexes of dense groups and attributes, of huge objects, of chunks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from governance.scanning.engine.hdf5.source import Broken, Fields, Source

_DEEPEST = 16
_FRAME = 10
"""Signature, version, type and checksum of a node."""


@dataclass(frozen=True, slots=True)
class _Tree:
    source: Source
    kind: int
    node_size: int
    record_size: int
    depth: int


def width_for(limit: int) -> int:
    """How many bytes the library spends on numbers up to ``limit``."""
    return (max(1, limit).bit_length() - 1) // 8 + 1


def records(source: Source, address: int, *kinds: int) -> Iterator[Fields]:
    """Every record of the tree at an address, which must be of one of these kinds."""
    size = 16 + source.address_size + 2 + source.length_size + 4
    head = source.read(address, size, "an index")
    head.expect(b"BTHD", 0)
    kind = head.version(*kinds)
    tree = _Tree(source, kind, head.number(4), head.number(2), head.number(2))
    head.take(2)
    root, count, total = head.address(), head.number(2), head.length()
    head.sum_fits()
    if tree.depth > _DEEPEST or tree.record_size == 0 or tree.node_size <= _FRAME:
        raise Broken(f"{head.what} has impossible sizes")
    if root is None:
        if total:
            raise Broken(f"{head.what} has {total:,} records, but no root")
        return
    found = 0
    for record in _walk(tree, root, count):
        found += 1
        yield record
    if found != total:
        raise Broken(f"{head.what} holds {found:,} of its {total:,} records")


def _walk(tree: _Tree, root: int, count: int) -> Iterator[Fields]:
    pending = [(root, count, tree.depth)]
    seen: set[int] = set()
    while pending:
        address, used, level = pending.pop()
        if address in seen:
            raise Broken(f"the index at byte {root:,} runs into itself")
        seen.add(address)
        block, children = _node(tree, address, used, level)
        pending.extend(children)
        tree.source.meter.spend_steps(used)
        for _ in range(used):
            yield Fields(tree.source, block.take(tree.record_size), block.what)


def _node(
    tree: _Tree, address: int, used: int, level: int
) -> tuple[Fields, list[tuple[int, int, int]]]:
    """A node whose records are to be taken next, and its children: address, records, level."""
    source = tree.source
    counts, totals = _widths(tree, level)
    pointer = (source.address_size + counts + totals) if level else 0
    size = 6 + used * tree.record_size + ((used + 1) * pointer if level else 0) + 4
    if size > tree.node_size:
        raise Broken(f"the index node at byte {address:,} holds too many records")
    block = source.read(address, size, "an index node")
    block.take(size - 4)
    block.sum_fits()
    block.at = 0
    block.expect(b"BTIN" if level else b"BTLF", 0)
    block.version(tree.kind)
    start = block.at
    children: list[tuple[int, int, int]] = []
    if level:
        block.take(used * tree.record_size)
        for _ in range(used + 1):
            children.append((block.place(), block.number(counts), level - 1))
            block.take(totals)
        block.at = start
    return block, children


def _widths(tree: _Tree, level: int) -> tuple[int, int]:
    """Bytes of the counts in a pointer to a node below ``level``: its own records, and all below it."""
    most = (tree.node_size - _FRAME) // tree.record_size
    counts = width_for(most)
    below, totals = most, 0
    for _ in range(1, level):
        pointer = tree.source.address_size + counts + totals
        here = max(0, tree.node_size - _FRAME - pointer) // (tree.record_size + pointer)
        below = (here + 1) * below + here
        totals = width_for(below)
    return counts, totals
