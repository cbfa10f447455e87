"""The tables of a TensorFlow Lite model, walked once; what they say of their own sizes is held against the file."""

from __future__ import annotations

import math

from governance.scanning.engine import rules
from governance.scanning.engine.flatbuffers import Buffer, Malformed, Table
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.tflite.operators import BUILTIN_LAST, CUSTOM, opinion

_BITS = {0: 32, 1: 16, 2: 32, 3: 8, 4: 64, 6: 8, 7: 16, 8: 64, 9: 8, 10: 64, 11: 128, 12: 64, 15: 32, 16: 16, 17: 4,
         18: 16, 19: 2, 20: 4}  # fmt: skip
_UNSIZED = frozenset({5, 13, 14})
"""Text, handles of resources, variants."""
_TYPES = frozenset(_BITS) | _UNSIZED
_METADATA_KEPT = 256 * 1024
_SHOWN = 5


class Model:
    """One walk over a model; raises Malformed, BudgetExceeded."""

    def __init__(self, buffer: Buffer) -> None:
        self._buffer = buffer
        self.found: list[tuple[Rule, str, int]] = []
        self.texts: list[tuple[str, int]] = []
        self.tensors = 0
        self._mismatches = 0
        self._lengths: list[int] = []
        self._codes = 0

    def walk(self) -> None:
        """Look at every table."""
        model = self._buffer.root()
        self._text(model, 3)
        for table in model.tables(1):
            self._code(table)
        blobs = [self._blob(table) for table in model.tables(4)]
        self._lengths = [length for _, length in blobs]
        for table in model.tables(2):
            self._subgraph(table)
        model.numbers(5)
        for table in model.tables(6):
            self._metadata(table, blobs)
        for table in model.tables(7):
            self._signature(table)
        if model.count(8) or model.count(9):
            self._add(rules.tflite.TFL_OPERATOR, "Its data lies in other files.", model.at)
        if self._mismatches > _SHOWN:
            self._add(rules.tflite.TFL_TENSOR, f"So do {self._mismatches - _SHOWN:,} more.", 0)

    def _add(self, rule: Rule, detail: str, offset: int) -> None:
        self.found.append((rule, detail, offset))

    def _text(self, table: Table, field: int) -> None:
        text = table.text(field)
        if text:
            self.texts.append((text, table.at))

    def _code(self, table: Table) -> None:
        self._codes += 1
        builtin = max(table.number(0, 1, signed=True), table.number(3, 4, signed=True))
        name = table.text(1)
        if builtin < 0 or builtin > BUILTIN_LAST:
            self._add(rules.tflite.TFL_OPERATOR, f"There is no operator {builtin:,}.", table.at)
        if builtin == CUSTOM or name:
            against = opinion(name)
            if against:
                self._add(against[0], f"The operator {name!r} {against[1]}.", table.at)

    def _blob(self, table: Table) -> tuple[int, int]:
        """Where the bytes of a buffer begin and how many there are; large ones stand behind all tables."""
        offset, size = table.number(1, 8), table.number(2, 8)
        if offset > 1:
            self._buffer.claim(offset, size)
            return offset, size
        return table.vector(0, 1)

    def _subgraph(self, graph: Table) -> None:
        self._text(graph, 4)
        count = graph.count(0)
        self.tensors += count
        for table in graph.tables(0):
            self._tensor(table)
        self._indices(graph, graph.numbers(1) + graph.numbers(2), count)
        for table in graph.tables(3):
            self._operator(table, count)

    def _indices(self, table: Table, indices: list[int], count: int) -> None:
        if any(not -1 <= index < count for index in indices):
            raise Malformed("a tensor is used that is not there", table.at)

    def _operator(self, table: Table, tensors: int) -> None:
        if table.number(0, 4) >= self._codes:
            raise Malformed("an operator is used that is not there", table.at)
        self._indices(table, table.numbers(1) + table.numbers(2) + table.numbers(8), tensors)
        table.table(4)
        table.vector(5, 1)
        table.vector(7, 1)
        table.table(12)
        large = table.number(9, 8), table.number(10, 8)
        if large[0] > 1:
            self._buffer.claim(*large)

    def _tensor(self, table: Table) -> None:
        shape, kind, index = table.numbers(0), table.number(1, 1), table.number(2, 4)
        table.raw(3)
        table.numbers(7)
        for inner in table.tables(9):
            inner.numbers(0)
        is_sparse = self._sparsity(table.table(6))
        self._quantization(table.table(4))
        if index >= max(1, len(self._lengths)):
            raise Malformed("a tensor has bytes that are not there", table.at)
        length = self._lengths[index] if self._lengths else 0
        if kind not in _TYPES:
            self._mismatch(table, f"there is no type {kind}")
        elif length and not is_sparse and kind in _BITS:
            needed = -(-math.prod(shape) * _BITS[kind] // 8)
            if min(shape, default=0) < 0 or needed != length:
                self._mismatch(table, f"it needs {needed:,} bytes and has {length:,}")

    def _mismatch(self, table: Table, reason: str) -> None:
        self._mismatches += 1
        if self._mismatches <= _SHOWN:
            self._add(rules.tflite.TFL_TENSOR, f"Tensor {table.text(3)!r} is wrong: {reason}.", table.at)  # fmt: skip

    def _quantization(self, table: Table | None) -> None:
        if table:
            for field, width in ((0, 4), (1, 4), (2, 4), (3, 8)):
                table.vector(field, width)
            details = table.table(5)
            if details:
                details.vector(0, 1)

    def _sparsity(self, table: Table | None) -> bool:
        if table is None:
            return False
        table.vector(0, 4)
        table.vector(1, 4)
        for _ in table.tables(2):
            pass
        return True

    def _metadata(self, table: Table, blobs: list[tuple[int, int]]) -> None:
        self._text(table, 0)
        index = table.number(1, 4)
        if index >= len(blobs):
            raise Malformed("metadata has bytes that are not there", table.at)
        start, length = blobs[index]
        if length:
            content = self._buffer.piece(start, min(length, _METADATA_KEPT))
            self.texts.append((content.decode("utf-8", "replace"), start))

    def _signature(self, table: Table) -> None:
        self._text(table, 2)
        for field in (0, 1):
            for one in table.tables(field):
                one.raw(0)
