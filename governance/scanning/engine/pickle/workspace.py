"""The part of the machine that moves and gathers values: stack, marks, memo, and the containers on the stack."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping

from governance.scanning.engine.budget import Meter
from governance.scanning.engine.pickle.decoder import Argument, Broken
from governance.scanning.engine.pickle.judge import Judge
from governance.scanning.engine.pickle.values import (
    HEAVY,
    External,
    Global,
    Items,
    Made,
    Mapping,
    Number,
    Value,
    made_tuple,
)


class OutOfBudget(Exception):
    """A limit was reached; the message says which."""


class Workspace:
    """Behaves exactly as in ``_pickle.c``: an operation finds the operands that the real one would find."""

    def __init__(self, judge: Judge, meter: Meter) -> None:
        self._judge = judge
        self._meter = meter
        self._stack: list[Value] = []
        self._marks: list[int] = []
        self._memo: MutableMapping[int, Value] = {}
        self._offset = 0
        self._complaint = ""

    def _gathering(self) -> dict[str, Callable[[Argument], None]]:
        return {
            "MARK": self._mark,
            "POP": self._pop_one,
            "POP_MARK": self._drop_mark,
            "DUP": self._duplicate,
            "NONE": self._push(lambda: None),
            "NEWTRUE": self._push(lambda: True),
            "NEWFALSE": self._push(lambda: False),
            "EMPTY_TUPLE": self._push(lambda: Items("tuple", [])),
            "EMPTY_LIST": self._push(lambda: Items("list", [])),
            "BYTEARRAY8": self._push(lambda: Items("bytearray", [])),
            "EMPTY_SET": self._push(lambda: Items("set", [])),
            "EMPTY_DICT": self._push(lambda: Mapping([])),
            "TUPLE": lambda _: self._stack.append(made_tuple(self._pop_mark())),
            "LIST": self._marked("list"),
            "FROZENSET": self._frozenset,
            "TUPLE1": self._tuple_of(1),
            "TUPLE2": self._tuple_of(2),
            "TUPLE3": self._tuple_of(3),
            "DICT": self._dict,
            "APPEND": self._append,
            "APPENDS": self._appends,
            "ADDITEMS": self._appends,
            "SETITEM": self._set_item,
            "SETITEMS": self._set_items,
            "PUT": self._put_memo,
            "BINPUT": self._put_memo,
            "LONG_BINPUT": self._put_memo,
            "MEMOIZE": self._memoize,
            "GET": self._get_memo,
            "BINGET": self._get_memo,
            "LONG_BINGET": self._get_memo,
        }

    # -- stack -----------------------------------------------------------------------------------------------

    @property
    def _fence(self) -> int:
        return self._marks[-1] if self._marks else 0

    def _underflow(self) -> Broken:
        return Broken("an operation finds too little on the stack")

    def _pop(self) -> Value:
        if len(self._stack) <= self._fence:
            raise self._underflow()
        return self._stack.pop()

    def _top(self) -> Value:
        if len(self._stack) <= self._fence:
            raise self._underflow()
        return self._stack[-1]

    def _pop_mark(self) -> list[Value]:
        """Everything above the last mark, and the mark itself."""
        if not self._marks:
            raise Broken("an operation finds no mark")
        mark = self._marks.pop()
        items = self._stack[mark:]
        del self._stack[mark:]
        return items

    def _complain(self, reason: str) -> None:
        self._complaint = self._complaint or reason

    # -- plain values ----------------------------------------------------------------------------------------

    def _push_argument(self, argument: Argument) -> None:
        assert not isinstance(argument, tuple)
        if isinstance(argument, Number) and argument.is_written:
            self._complain(f"a number is written in {argument.digits:,} characters")
        self._stack.append(argument)

    def _push(self, make: Callable[[], Value]) -> Callable[[Argument], None]:
        return lambda _: self._stack.append(make())

    def _tuple_of(self, count: int) -> Callable[[Argument], None]:
        def operation(_: Argument) -> None:
            if len(self._stack) - count < self._fence:
                raise self._underflow()
            items = self._stack[-count:]
            self._stack[-count:] = [made_tuple(items)]

        return operation

    def _marked(self, kind: str) -> Callable[[Argument], None]:
        return lambda _: self._stack.append(Items(kind, self._pop_mark()))

    def _frozenset(self, _: Argument) -> None:
        items = self._pop_mark()
        self._hashed(items)
        self._stack.append(Items("frozenset", items))

    def _hashed(self, keys: list[Value]) -> None:
        """Keys of dictionaries and members of sets are hashed, which visits every part of a tuple."""
        if any(isinstance(key, Items) and key.weight >= HEAVY for key in keys):
            self._judge.heavy(
                "The pickle nests tuples so that hashing them takes ages", self._offset
            )

    def _dict(self, _: Argument) -> None:
        flat = self._pop_mark()
        self._hashed(flat[::2])
        if len(flat) % 2:
            raise Broken("a dictionary has a key without a value")
        made = Mapping([])
        made.put(flat)
        self._stack.append(made)

    # -- filling containers ----------------------------------------------------------------------------------

    def _append(self, _: Argument) -> None:
        if len(self._stack) - 1 <= self._fence:
            raise self._underflow()
        item = self._stack.pop()
        self._extend([item])

    def _appends(self, _: Argument) -> None:
        self._extend(self._pop_mark())

    def _extend(self, items: list[Value]) -> None:
        target = self._top()
        if not items:
            return
        if isinstance(target, Items) and target.kind in ("list", "set", "bytearray"):
            target.items.extend(items)
            if target.kind == "set":
                self._hashed(items)
        else:
            self._filled(target, None)

    def _set_item(self, _: Argument) -> None:
        if len(self._stack) - 2 <= self._fence:
            raise self._underflow()
        flat = self._stack[-2:]
        del self._stack[-2:]
        self._put(flat)

    def _set_items(self, _: Argument) -> None:
        self._put(self._pop_mark())

    def _put(self, flat: list[Value]) -> None:
        target = self._top()
        if len(flat) % 2:
            raise Broken("a dictionary has a key without a value")
        if isinstance(target, Mapping):
            self._hashed(flat[::2])
            target.put(flat)
        elif isinstance(target, Items) and target.kind in ("list", "bytearray"):
            target.items.extend(flat[1::2])  # replaces what stands there; to keep both judges more
        elif flat:
            self._filled(target, None)

    def _filled(self, target: Value, state: Value) -> None:
        if isinstance(target, Global | External | Made):
            self._judge.changed(target, state, self._offset)
        else:
            self._complain("something that holds no items is given items")

    # -- the memo --------------------------------------------------------------------------------------------

    def _put_memo(self, argument: Argument) -> None:
        index = argument if isinstance(argument, int) else -1
        value = self._top()
        if index < 0:
            raise Broken("a memo number is negative")
        self._remember(index, value)

    def _memoize(self, _: Argument) -> None:
        self._remember(len(self._memo), self._top())

    def _remember(self, index: int, value: Value) -> None:
        self._memo[index] = value
        if len(self._memo) > self._meter.budget.memo:
            raise OutOfBudget(f"it remembers more than {self._meter.budget.memo:,} values")

    def _get_memo(self, argument: Argument) -> None:
        if not isinstance(argument, int) or argument not in self._memo:
            raise Broken("a value is fetched that was never remembered")
        self._stack.append(self._memo[argument])

    # -- stack operations ------------------------------------------------------------------------------------

    def _mark(self, _: Argument) -> None:
        self._marks.append(len(self._stack))
        if len(self._marks) > self._meter.budget.marks:
            raise OutOfBudget(f"it is nested more than {self._meter.budget.marks:,} deep")

    def _pop_one(self, _: Argument) -> None:
        """POP takes away a mark when that is what lies on top."""
        if self._marks and self._marks[-1] == len(self._stack):
            self._marks.pop()
        else:
            self._pop()

    def _drop_mark(self, _: Argument) -> None:
        self._pop_mark()

    def _duplicate(self, _: Argument) -> None:
        self._stack.append(self._top())
