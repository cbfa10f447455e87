"""How much work one scan may do. Whatever exceeds it ends as ``error``: unread is never safe."""

from __future__ import annotations

from dataclasses import asdict, dataclass

GIB = 1024**3


class BudgetExceeded(Exception):
    """The scan may not go on; the message says which limit was reached."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of one scan, for all members and nested files together."""

    opcodes: int = 5_000_000
    memo: int = 2_000_000
    marks: int = 1_000
    streams: int = 1_000
    members: int = 20_000
    depth: int = 4
    inflated_bytes: int = 50 * GIB
    inflated_floor: int = 4 * GIB
    inflated_ratio: int = 20
    fields: int = 5_000_000
    json_bytes: int = 64 * 1024 * 1024

    def as_json(self) -> dict[str, int]:
        """The limits by name, to be handed to another process."""
        return asdict(self)


class Meter:
    """What is left of a budget while a scan runs."""

    __slots__ = ("budget", "fields", "inflatable", "members", "opcodes")

    def __init__(self, budget: Budget, file_size: int) -> None:
        self.budget = budget
        self.opcodes = budget.opcodes
        self.members = budget.members
        self.fields = budget.fields
        ratio = max(file_size * budget.inflated_ratio, budget.inflated_floor)
        self.inflatable = min(ratio, budget.inflated_bytes)

    def spend_members(self, count: int) -> None:
        """Members about to be examined; raises BudgetExceeded."""
        self.members -= count
        if self.members < 0:
            raise BudgetExceeded(f"it holds more than {self.budget.members:,} members")

    def spend_fields(self, count: int) -> None:
        """Fields, table entries or other small parts of a format about to be read; raises BudgetExceeded."""
        self.fields -= count
        if self.fields < 0:
            raise BudgetExceeded(f"it has more than {self.budget.fields:,} parts")

    def spend_inflated(self, count: int) -> None:
        """Bytes just unpacked; raises BudgetExceeded."""
        self.inflatable -= count
        if self.inflatable < 0:
            raise BudgetExceeded("it unpacks to far more than its own size")

    def spend_steps(self, count: int) -> None:
        """Pieces of structure about to be read, counted with the operations of pickles; raises BudgetExceeded."""
        self.opcodes -= count
        if self.opcodes < 0:
            raise BudgetExceeded(f"it holds more than {self.budget.opcodes:,} parts")
