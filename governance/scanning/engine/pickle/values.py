"""What the symbolic machine puts on its stack in place of objects.

Numbers, short strings, booleans and None stand for themselves. Everything else is one of the small classes here;
none of them can run anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from governance.scanning.engine.pickle.names import Standing
from governance.scanning.engine.words import words


@dataclass(slots=True, eq=False)
class LongText:
    """A string too long to keep; only its beginning is."""

    head: str
    length: int
    offset: int = -1
    """Where its bytes stand, if they can be read again."""
    encoding: str = "utf-8"


@dataclass(slots=True, eq=False)
class Blob:
    """Bytes, named by where they stand in the file instead of being copied."""

    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """Bytes that stand in the file as text, and how it is turned back into them."""

    text: str | LongText
    encoding: str


@dataclass(slots=True, eq=False)
class Number:
    """A number whose value is too long to be worth keeping."""

    digits: int
    is_written: bool = False
    """Whether it stands there in digits; no Python of today reads that many."""


@dataclass(slots=True, eq=False)
class Items:
    """A tuple, list, set or frozenset."""

    kind: str
    items: list[Value]
    weight: int = 1
    """Of a tuple, how many tuples have to be visited to hash it; shared ones count each time."""


SPECIAL_KEYS = words("""__call__ __class__ __del__ __dict__ __getattr__ __getattribute__ __init__ __new__ __reduce__
    __reduce_ex__ __setattr__ __setstate__""")
"""Attributes that decide what an object does; no honest state sets them."""


@dataclass(slots=True, eq=False)
class Mapping:
    """A dictionary; keys and values alternate in ``flat``, repeated keys stay."""

    flat: list[Value]
    special: list[str] = field(default_factory=list)
    """The special keys among its keys."""

    def put(self, flat: list[Value]) -> None:
        """Add keys and values that alternate."""
        self.flat.extend(flat)
        for key in flat[::2]:
            if type(key) is str and key in SPECIAL_KEYS and key not in self.special:
                self.special.append(key)

    def get(self, key: str) -> Value:
        """The value that counts for a key, which is the last one; None when there is none."""
        pairs = zip(self.flat[::2], self.flat[1::2], strict=False)
        return next((value for name, value in reversed(list(pairs)) if name == key), None)


HEAVY = 10_000_000
"""Visits that take seconds; each further level of sharing doubles them."""


def made_tuple(items: list[Value]) -> Items:
    """A tuple that knows its weight."""
    weight = 1 + sum(one.weight for one in items if isinstance(one, Items))
    return Items("tuple", items, min(weight, HEAVY))


@dataclass(slots=True, eq=False)
class Global:
    """Something imported by name, and what is known of that name."""

    module: str
    name: str
    standing: Standing
    offset: int

    @property
    def dotted(self) -> str:
        """As it would be written in Python."""
        return f"{self.module}.{self.name}"


@dataclass(slots=True, eq=False)
class Made:
    """The result of calling or instantiating something; ``of`` is None where that was not an import."""

    of: Global | None
    arguments: Value = None
    """What it was made from; kept for ``lists.REMEMBERED`` only, like its state."""
    state: Value = None


@dataclass(slots=True, eq=False)
class External:
    """An object that the loading program supplies: a persistent id, a buffer, an extension code."""

    kind: str


Value = (
    None
    | bool
    | int
    | float
    | str
    | LongText
    | Blob
    | Number
    | Items
    | Mapping
    | Global
    | Made
    | External
)
