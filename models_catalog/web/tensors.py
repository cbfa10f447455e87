"""The tensors of a weight file as its page lists them; no queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from models_catalog.artifacts.models import Header

FIRST = 50
MOST = 5000
MAX_FILTER = 200


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor; ``share`` is its percentage of the bytes of all tensors."""

    name: str
    kind: str
    shape: Sequence[int]
    parameters: int
    size: int
    share: float

    @property
    def drawn(self) -> float:
        """Its share as the bar shows it: something, however small it is."""
        return max(self.share, 1.0) if self.size else 0.0

    @property
    def steps(self) -> list[str]:
        """The parts of the name, between which it may be broken."""
        return self.name.split(".")


@dataclass(frozen=True, slots=True)
class TensorTable:
    """The rows to show of ``total`` tensors, ``matching`` of which hold ``name`` in theirs."""

    rows: Sequence[Tensor]
    total: int
    matching: int
    name: str
    kinds: Sequence[str]
    is_whole: bool

    @property
    def is_cut(self) -> bool:
        """Whether more match than are shown."""
        return len(self.rows) < self.matching


def tensor_table(header: Header, asked: Mapping[str, str]) -> TensorTable | None:
    """The first ``FIRST`` tensors whose name holds ``asked["name"]``; up to ``MOST`` when it has ``all``.

    ``None`` for a header without tensors.
    """
    if not header.tensors:
        return None
    name = asked.get("name", "").strip()[:MAX_FILTER]
    wanted, is_whole = name.casefold(), bool(asked.get("all"))
    matching = [row for row in header.tensors if wanted in str(row[0]).casefold()]
    whole = sum(int(row[3]) for row in header.tensors) or 1
    return TensorTable(
        rows=[_tensor(row, whole) for row in matching[: MOST if is_whole else FIRST]],
        total=len(header.tensors),
        matching=len(matching),
        name=name,
        kinds=sorted({str(row[1]) for row in header.tensors}),
        is_whole=is_whole,
    )


def _tensor(row: Sequence[object], whole: int) -> Tensor:
    name, kind, shape, size = row
    sides = [int(side) for side in shape] if isinstance(shape, list) else []
    held = int(str(size))
    return Tensor(str(name), str(kind), sides, prod(sides), held, 100 * held / whole)
