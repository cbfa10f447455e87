"""The tensor storages that a torch pickle says lie beside it."""

from __future__ import annotations

from dataclasses import dataclass

from governance.scanning.engine.pickle import lists
from governance.scanning.engine.pickle.names import Standing
from governance.scanning.engine.pickle.values import Global, Items, Value


@dataclass(frozen=True, slots=True)
class StorageClaim:
    """A storage's key and its length in items of ``width`` bytes."""

    key: str
    count: int
    width: int

    @property
    def length(self) -> int:
        """In bytes."""
        return self.count * self.width


def storage_claim(pid: Value) -> StorageClaim | None:
    """The claim in a persistent id ('storage', type, key, location, count[, view]); None for any other id."""
    if not (isinstance(pid, Items) and len(pid.items) >= 5 and pid.items[0] == "storage"):
        return None
    kind, key, count = pid.items[1], pid.items[2], pid.items[4]
    if type(key) is int:
        key = str(key)
    if not (isinstance(kind, Global) and isinstance(key, str) and type(count) is int):
        return None
    width = lists.STORAGE_ITEM_BYTES.get(kind.name)
    if kind.standing is not Standing.ALLOW or width is None or count < 0:
        return None
    return StorageClaim(key, count, width)
