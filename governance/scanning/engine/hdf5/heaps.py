"""The local heap (names), the global heap (strings of any length) and what an entry of it is."""

from __future__ import annotations

from governance.scanning.engine.hdf5.source import Broken, Source


class LocalHeap:
    """Names of an old group's links, or of external files."""

    def __init__(self, source: Source, address: int) -> None:
        head = source.read(address, 8 + 2 * source.length_size + source.address_size, "a heap")
        head.expect(b"HEAP", 0)
        head.take(3)
        size = head.length()
        head.length()
        self._what = head.what
        self._content = source.read(head.place(), size, "a heap").content

    def name(self, offset: int) -> str:
        """The text at an offset."""
        end = self._content.find(b"\0", offset)
        if offset >= len(self._content) or end < 0:
            raise Broken(f"a name lies outside {self._what}")
        return self._content[offset:end].decode("utf-8", "surrogateescape")


class GlobalHeap:
    """Collections of objects, each read once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._collections: dict[int, dict[int, bytes]] = {}

    def get(self, address: int, index: int) -> bytes:
        """An object of the collection at an address; raises Broken when it does not exist."""
        if address not in self._collections:
            self._collections = {address: self._read(address)}
        found = self._collections[address].get(index)
        if found is None:
            raise Broken(f"the collection at byte {address:,} has no object {index}")
        return found

    def _read(self, address: int) -> dict[int, bytes]:
        source = self._source
        width = source.length_size
        head = source.read(address, 8 + width, "a collection")
        head.expect(b"GCOL", 1)
        head.take(3)
        block = source.read(address, head.length(), "a collection")
        block.take(8 + width)
        found: dict[int, bytes] = {}
        while block.left >= 8 + width:
            index = block.number(2)
            block.take(6)
            size = block.length()
            if index == 0:
                break
            if index in found:
                raise Broken(f"{block.what} has the object {index} twice")
            source.meter.spend_steps(1)
            found[index] = block.take(size)
            block.take(min(-size % 8, block.left))
        return found
