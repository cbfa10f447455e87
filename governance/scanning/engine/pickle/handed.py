"""What a call is handed, and what it leaves behind."""

from __future__ import annotations

from governance.scanning.engine.pickle import lists
from governance.scanning.engine.pickle.names import Standing
from governance.scanning.engine.pickle.values import (
    Encoded,
    External,
    Global,
    Items,
    LongText,
    Made,
    Mapping,
    Number,
    Value,
)

HUGE = 2**31


def named_method(callee: Global, arguments: Value, offset: int) -> Global | None:
    """What ``getattr`` of a class and a name gives, for the few methods that are allowed as such."""
    holder, name = argument_at(arguments, 0), argument_at(arguments, 1)
    if not (is_named(callee, lists.REACH) and isinstance(holder, Global) and isinstance(name, str)):
        return None
    dotted = f"{holder.name}.{name}"
    if (holder.module, dotted) not in lists.NAMED_METHODS or len(items_of(arguments)) != 2:
        return None
    return Global(holder.module, dotted, Standing.ALLOW, offset)


def is_named(found: Global | None, pair: tuple[str, str]) -> bool:
    """Whether this is exactly that import."""
    return found is not None and (found.module, found.name) == pair


def is_huge(value: Value) -> bool:
    """Whether a number is larger than anything that is stored should be."""
    return isinstance(value, Number) or (type(value) is int and abs(value) > HUGE)


def items_of(arguments: Value) -> list[Value]:
    """All arguments, as far as they stand in the file."""
    return arguments.items if isinstance(arguments, Items) else []


def argument_at(arguments: Value, index: int) -> Value:
    """One argument, None where it does not stand in the file."""
    if isinstance(arguments, Items) and index < len(arguments.items):
        return arguments.items[index]
    return None


def is_remembered(origin: Global | None) -> bool:
    """Whether what it was made from, and its state, decide how the file is read on."""
    return origin is not None and (origin.module, origin.name) in lists.REMEMBERED


def special_keys(state: Value) -> list[str]:
    """The keys of a state that decide what an object does."""
    parts = state.items if isinstance(state, Items) and len(state.items) == 2 else [state]
    return [key for part in parts if isinstance(part, Mapping) for key in part.special]


def result_of(callee: Global, arguments: Value) -> Value:
    """What a call leaves: a new object, except where the function may return an argument as it is."""
    nth = lists.RETURNS_ARGUMENT.get((callee.module, callee.name))
    returned = None if nth is None else argument_at(arguments, nth)
    if isinstance(returned, Global | External):
        return returned
    return Made(callee, arguments if is_remembered(callee) else None)


def encoded_text(value: Value) -> Encoded | None:
    """The bytes that old protocols store as text, if this is the call which turns them back."""
    if not (isinstance(value, Made) and is_named(value.of, lists.TEXT_ENCODER)):
        return None
    text, encoding = argument_at(value.arguments, 0), argument_at(value.arguments, 1)
    if not (isinstance(text, str | LongText) and isinstance(encoding, str)):
        return None
    encoding = encoding.lower()
    return Encoded(text, encoding) if encoding in lists.TEXT_ENCODINGS else None
