"""Every object of a file that can be reached, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from governance.scanning.engine.hdf5 import datatypes, filters, groups, layouts, objects
from governance.scanning.engine.hdf5.attributes import Attribute, attributes
from governance.scanning.engine.hdf5.heaps import GlobalHeap
from governance.scanning.engine.hdf5.source import Broken, Source, Unread
from governance.scanning.engine.hdf5.superblock import Opened

_MOST_OBJECTS = 500_000
_LONGEST_PATH = 4_000


@dataclass(frozen=True, slots=True)
class Dataset:
    """An array: what its items are, how many, and where they lie."""

    kind: datatypes.Kind
    count: int
    layout: layouts.Layout
    filters: list[filters.Filter]
    external: list[layouts.External]


@dataclass(frozen=True, slots=True)
class Node:
    """A group, a dataset or a named datatype."""

    path: str
    address: int
    attributes: list[Attribute]
    links: list[groups.Link]
    dataset: Dataset | None


def nodes(opened: Opened, heap: GlobalHeap) -> Iterator[Node]:
    """The root group, then everything that hard links reach from it; raises Broken, Unread."""
    source = opened.source
    pending = [(opened.root, "/")]
    seen = {opened.root}
    while pending:
        address, path = pending.pop()
        node = _node(source, heap, address, path)
        yield node
        for link in reversed(node.links):
            if link.address is not None and link.address not in seen:
                seen.add(link.address)
                pending.append((link.address, f"{path.rstrip('/')}/{link.name}"[:_LONGEST_PATH]))
        if len(seen) > _MOST_OBJECTS:
            raise Broken(f"it holds more than {_MOST_OBJECTS:,} objects")


def _node(source: Source, heap: GlobalHeap, address: int, path: str) -> Node:
    found = objects.messages(source, address)
    return Node(
        path,
        address,
        list(attributes(source, heap, found)),
        list(groups.links(source, found)),
        _dataset(source, heap, found),
    )


def _dataset(source: Source, heap: GlobalHeap, found: list[objects.Message]) -> Dataset | None:
    placed = layouts.layout_message(found)
    if placed is None:
        return None
    by_kind = {message.kind: message for message in found}
    if objects.DATATYPE not in by_kind or objects.DATASPACE not in by_kind:
        raise Broken(f"{placed.fields.what} has items of no type or no shape")
    kind = datatypes.kind_of(objects.resolve(source, by_kind[objects.DATATYPE]))
    shape = datatypes.shape_of(objects.resolve(source, by_kind[objects.DATASPACE]))
    applied = by_kind.get(objects.FILTERS)
    outside = by_kind.get(objects.EXTERNAL_FILES)
    return Dataset(
        kind,
        datatypes.count_of(shape),
        layouts.layout_of(heap, objects.resolve(source, placed)),
        filters.filters_of(objects.resolve(source, applied)) if applied else [],
        list(layouts.externals(source, objects.resolve(source, outside))) if outside else [],
    )


def check_extension(opened: Opened) -> None:
    """What stands beside the superblock changes how a file is read: raises Unread for what is not followed."""
    if opened.extension is None:
        return
    for message in objects.messages(opened.source, opened.extension):
        if message.kind in (objects.DRIVER, objects.SHARED_TABLE):
            raise Unread("files that are spread over several, or share messages in a table")
