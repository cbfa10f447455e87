"""The fractal heap, in which newer groups and objects with many attributes keep them."""

from __future__ import annotations

from governance.scanning.engine.hdf5 import btree2
from governance.scanning.engine.hdf5.source import Broken, Fields, Source, Unread

_MANAGED, _HUGE, _TINY = 0, 1, 2
_HUGE_INDIRECT = 1
_CHECKED = 2


class FractalHeap:
    """Objects of a heap by their ids."""

    def __init__(self, source: Source, address: int) -> None:
        a, n = source.address_size, source.length_size
        head = source.read(address, 26 + 3 * a + 12 * n, "a heap")
        head.expect(b"FRHP", 0)
        self._source, self._address = source, address
        self._id_size, filters, self._flags = head.number(2), head.number(2), head.number(1)
        if filters:
            raise Unread("heaps that are compressed")
        largest = head.number(4)
        head.length()
        self._huge_index = head.address()
        head.length()
        head.address()
        for _ in range(8):
            head.length()
        self._width, self._start, self._direct = head.number(2), head.length(), head.length()
        self._bits = head.number(2)
        head.take(2)
        self._root, self._rows = head.address(), head.number(2)
        head.sum_fits()
        self._check(head)
        self._offset_size = (self._bits + 7) // 8
        self._length_size = min(btree2.width_for(self._direct), btree2.width_for(largest))
        self._direct_rows = self._direct.bit_length() - self._start.bit_length() + 2
        self._huge: dict[int, tuple[int, int]] | None = None
        self._blocks: dict[int, Fields] = {}

    def _check(self, head: Fields) -> None:
        sizes = (self._start, self._direct)
        if any(size <= 0 or size & (size - 1) for size in sizes) or self._start > self._direct:
            raise Broken(f"{head.what} has blocks of impossible sizes")
        if not (0 < self._bits <= 64 and 0 < self._width <= 1024 and self._id_size <= 64):
            raise Broken(f"{head.what} has impossible sizes")

    def get(self, identity: bytes) -> Fields:
        """The object with this id; raises Broken, Unread."""
        self._source.meter.spend_steps(1)
        fields = Fields(self._source, identity, "an id in a heap")
        first = fields.number(1)
        kind = (first >> 4) & 3
        if first >> 6:
            raise Broken(f"an id in the heap at byte {self._address:,} has an unknown version")
        if kind == _MANAGED:
            return self._managed(fields.number(self._offset_size), fields.number(self._length_size))
        if kind == _HUGE:
            return self._huge_object(fields)
        if kind == _TINY and self._id_size <= 18:
            return Fields(self._source, fields.take((first & 15) + 1), "an object in a heap")
        raise Unread("ids of an unusual kind in a heap")

    def _huge_object(self, fields: Fields) -> Fields:
        source = self._source
        if 1 + source.address_size + source.length_size <= self._id_size:
            address, length = fields.place(), fields.length()
            return source.read(address, length, "a large object")
        key = fields.number(min(source.length_size, self._id_size - 1))
        if self._huge is None:
            self._huge = {}
            if self._huge_index is not None:
                for record in btree2.records(source, self._huge_index, _HUGE_INDIRECT):
                    address, length, number = record.place(), record.length(), record.length()
                    self._huge[number] = (address, length)
        if key not in self._huge:
            raise Broken(f"the heap at byte {self._address:,} has no large object {key}")
        return source.read(*self._huge[key], "a large object")

    def _managed(self, offset: int, length: int) -> Fields:
        if self._root is None:
            raise Broken(f"the heap at byte {self._address:,} is empty, but used")
        if self._rows == 0:
            return self._inside(self._root, 0, self._start, offset, length)
        address, start, rows = self._root, 0, self._rows
        for _ in range(64):
            row, column, row_start, size = self._cell(offset - start)
            if row >= rows:
                raise Broken(f"an id lies outside the heap at byte {self._address:,}")
            address = self._child(address, start, rows, row * self._width + column)
            start += row_start + column * size
            if row < self._direct_rows:
                return self._inside(address, start, size, offset, length)
            rows = size.bit_length() - (self._start * self._width).bit_length() + 1
        raise Broken(f"the heap at byte {self._address:,} is too deep")

    def _cell(self, offset: int) -> tuple[int, int, int, int]:
        """Row, column, the row's first offset and the size of its blocks, within an indirect block."""
        row, row_start, size = 0, 0, self._start
        while offset >= row_start + size * self._width:
            row_start += size * self._width
            row += 1
            size = self._start << max(0, row - 1)
        return row, (offset - row_start) // size, row_start, size

    def _child(self, address: int, start: int, rows: int, index: int) -> int:
        """The address of the n-th block below an indirect block."""
        direct = min(rows, self._direct_rows) * self._width
        count = rows * self._width
        if index >= count or direct > count:
            raise Broken(f"an id lies outside the heap at byte {self._address:,}")
        size = 5 + self._source.address_size * (1 + count) + self._offset_size + 4
        block = self._block(address, size, b"FHIB", start, checked=True)
        block.at = 5 + self._source.address_size * (1 + index) + self._offset_size
        return block.place()

    def _inside(self, address: int, start: int, size: int, offset: int, length: int) -> Fields:
        block = self._block(address, size, b"FHDB", start, checked=False)
        at = offset - start
        if at < block.at or at + length > size:
            raise Broken(f"an object lies outside {block.what}")
        return Fields(self._source, block.content[at : at + length], block.what)

    def _block(
        self, address: int, size: int, signature: bytes, start: int, *, checked: bool
    ) -> Fields:
        """A block whose head was checked, the position behind that head."""
        if address in self._blocks:
            return self._blocks[address]
        source = self._source
        block = source.read(address, size, "a block of a heap")
        if checked:
            block.take(size - 4)
            block.sum_fits()
            block.at = 0
        block.expect(signature, 0)
        if block.place() != self._address or block.number(self._offset_size) != start:
            raise Broken(f"{block.what} belongs to another place")
        if not checked and self._flags & _CHECKED:
            block.take(4)
        self._blocks = (
            {**self._blocks, address: block} if len(self._blocks) < 64 else {address: block}
        )
        return block
