"""A symbolic pickle machine: CPython's C unpickler with every object replaced by a note of what it would be.

Stack, marks, fence and memo behave exactly as in ``_pickle.c``, so that an operation sees the operands which the real
one would see. Nothing is imported, called or built. Where the real machine would stop with an error of types (a
string is called, a number gets items), this one notes it and reads on: it judges more than would run, never less.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from enum import Enum

from governance.scanning.engine.budget import Meter
from governance.scanning.engine.cursor import Cursor, Truncated
from governance.scanning.engine.pickle import arrays
from governance.scanning.engine.pickle.decoder import Argument, Broken, decode
from governance.scanning.engine.pickle.judge import Judge
from governance.scanning.engine.pickle.opcodes import HIGHEST_PROTOCOL, NAMES
from governance.scanning.engine.pickle.trail import Trail
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


class Ending(Enum):
    """How a stream ended."""

    STOP = "stop"
    BROKEN = "broken"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How, where and why the machine stopped, the value it left, and where it would read on."""

    ending: Ending
    offset: int
    end: int
    reason: str = ""
    value: Value = None


class _OutOfBudget(Exception):
    """A limit was reached; the message says which."""


class Machine:
    """Runs one stream from the cursor's position to its STOP."""

    def __init__(
        self, cursor: Cursor, judge: Judge, trail: Trail, meter: Meter, *, is_within: bool = False
    ) -> None:
        self._cursor = cursor
        self._judge = judge
        self._trail = trail
        self._meter = meter
        self._stack: list[Value] = []
        self._marks: list[int] = []
        self._memo: MutableMapping[int, Value] = {}
        self._protocol = 0
        self._offset = 0
        self._frame_end = 0
        self._complaint = ""
        self._is_within = is_within
        """Whether another stream goes on behind this one, as between the arrays of joblib."""
        self._operations = self._table()

    def run(self) -> Outcome:
        """Until STOP, an error or the end of the budget; never raises for what the bytes hold."""
        try:
            self._run()
            value = self._pop()
        except Broken as reason:
            self._check_frame()
            return self._outcome(Ending.BROKEN, str(reason))
        except _OutOfBudget as reason:
            return self._outcome(Ending.BUDGET, str(reason))
        if self._complaint:
            return self._outcome(Ending.BROKEN, self._complaint, value)
        return self._outcome(Ending.STOP, value=value)

    def _check_frame(self) -> None:
        if self._offset < self._frame_end < self._cursor.position:
            self._judge.ambiguous(self._offset)

    def _outcome(self, ending: Ending, reason: str = "", value: Value = None) -> Outcome:
        return Outcome(ending, self._offset, self._cursor.position, reason, value)

    def _run(self) -> None:
        cursor, operations, offsets = self._cursor, self._operations, self._trail.offsets
        meter = self._meter
        while True:
            if meter.opcodes <= 0:
                raise _OutOfBudget(f"it has more than {meter.budget.opcodes:,} operations")
            meter.opcodes -= 1
            self._offset = cursor.position
            code, argument = decode(cursor)
            offsets.append(self._offset)
            self._check_frame()
            if code == _STOP:
                if cursor.position < self._frame_end:
                    self._judge.ambiguous(self._offset)
                return
            operations[code](argument)

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
            raise _OutOfBudget(f"it remembers more than {self._meter.budget.memo:,} values")

    def _get_memo(self, argument: Argument) -> None:
        if not isinstance(argument, int) or argument not in self._memo:
            raise Broken("a value is fetched that was never remembered")
        self._stack.append(self._memo[argument])

    # -- stack operations ------------------------------------------------------------------------------------

    def _mark(self, _: Argument) -> None:
        self._marks.append(len(self._stack))
        if len(self._marks) > self._meter.budget.marks:
            raise _OutOfBudget(f"it is nested more than {self._meter.budget.marks:,} deep")

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

    def _proto(self, argument: Argument) -> None:
        protocol = argument if isinstance(argument, int) else 0
        if protocol > HIGHEST_PROTOCOL:
            raise Broken(f"there is no pickle protocol {protocol}")
        self._protocol = protocol

    def _frame(self, argument: Argument) -> None:
        """Frames change nothing, but where they do not fit programs go on from different places.

        A frame that is longer than the file stops C, not Python's own unpickler. What is left of a frame when an argument or
        another frame runs over its end is thrown away by C, depending on the kind of file it reads from.
        """
        length = argument if isinstance(argument, int) else 0
        if length < 0:
            self._complain("a frame is longer than the file")
        if self._offset < self._frame_end:
            self._judge.ambiguous(self._offset)
        self._frame_end = self._cursor.position + max(0, length)

    # -- imports and calls -----------------------------------------------------------------------------------

    def _global(self, argument: Argument) -> None:
        assert isinstance(argument, tuple)
        self._stack.append(self._judge.imported(*argument, self._protocol, self._offset))

    def _stack_global(self, _: Argument) -> None:
        name, module = self._pop(), self._pop()
        self._stack.append(self._judge.imported(module, name, self._protocol, self._offset))

    def _reduce(self, _: Argument) -> None:
        arguments, callee = self._pop(), self._pop()
        self._stack.append(self._call(callee, arguments))

    def _call(self, callee: Value, arguments: Value) -> Value:
        if not isinstance(callee, Global | Made | External):
            self._complain("something is called that is not a function")
        if not (isinstance(arguments, Items) and arguments.kind == "tuple"):
            self._complain("something is called with arguments that are no tuple")
        return self._judge.called(callee, arguments, self._offset)

    def _new(self, cls: Value) -> None:
        if not isinstance(cls, Global | Made | External):
            self._complain("an instance is made of something that is not a class")
        self._stack.append(self._judge.instantiated(cls, self._offset))

    def _newobj(self, _: Argument) -> None:
        self._pop()
        self._new(self._pop())

    def _newobj_ex(self, _: Argument) -> None:
        self._pop()
        self._pop()
        self._new(self._pop())

    def _inst(self, argument: Argument) -> None:
        assert isinstance(argument, tuple)
        cls = self._judge.imported(*argument, self._protocol, self._offset)
        self._old_instance(cls, self._pop_mark())

    def _obj(self, _: Argument) -> None:
        items = self._pop_mark()
        if not items:
            raise self._underflow()
        self._old_instance(items[0], items[1:])

    def _old_instance(self, cls: Value, arguments: list[Value]) -> None:
        """INST and OBJ call; without arguments a class is only instantiated, but what is a class is not known."""
        self._stack.append(self._call(cls, Items("tuple", arguments)))

    def _build(self, _: Argument) -> None:
        state = self._pop()
        target = self._top()
        if isinstance(target, Global | Made | External):
            self._judge.changed(target, state, self._offset)
        elif state is not None:
            self._complain("something that has no state is given one")
        if isinstance(target, Made) and arrays.is_wrapper(target) and not self._is_within:
            self._stack[-1] = self._raw_array(target)

    def _raw_array(self, wrapper: Made) -> Value:
        """Joblib reads an array here; other unpicklers take its bytes for operations, so both are looked at."""
        try:
            array = arrays.raw_array(wrapper)
        except arrays.Lie as reason:
            self._judge.ambiguous(self._offset)
            raise Broken(str(reason)) from None
        except arrays.Unclear as reason:
            raise Broken(str(reason)) from None
        if self._cursor.position < self._frame_end:
            self._judge.ambiguous(self._offset)
        if array.subclass is not None:
            self._judge.instantiated(array.subclass, self._offset)
        if array.has_objects:
            return self._objects()
        self._read_as_operations()
        try:
            padding = self._cursor.take(1)[0] if array.is_padded else 0
            if padding > arrays.MAX_PADDING:
                self._judge.ambiguous(self._offset)
            self._cursor.skip(padding + array.length)
        except Truncated:
            raise Broken("the file ends inside an array") from None
        return Made(None)

    def _objects(self) -> Value:
        """The items of an array of objects are a stream of their own, read where the array's bytes would be."""
        outcome = Machine(self._cursor, self._judge, self._trail, self._meter, is_within=True).run()
        if outcome.ending is Ending.BUDGET:
            raise _OutOfBudget(outcome.reason)
        if outcome.ending is Ending.BROKEN:
            raise Broken(f"in an array of objects, {outcome.reason}")
        return outcome.value

    def _read_as_operations(self) -> None:
        """What a plain unpickler would do from here on, where the array's bytes begin like an operation."""
        twin = Machine(
            self._cursor.copy(), self._judge.twin(), self._trail.copy(), self._meter, is_within=True
        )
        twin._stack, twin._marks = list(self._stack), list(self._marks)
        twin._memo, twin._protocol = ChainMap({}, self._memo), self._protocol
        twin.run()
        if twin._judge.is_harmful:
            self._judge.ambiguous(self._offset)

    def _persistent_line(self, argument: Argument) -> None:
        assert not isinstance(argument, tuple)
        self._stack.append(self._judge.persistent(argument, self._offset))

    def _persistent(self, _: Argument) -> None:
        self._stack.append(self._judge.persistent(self._pop(), self._offset))

    def _extension(self, argument: Argument) -> None:
        code = argument if isinstance(argument, int) else 0
        if code <= 0:
            raise Broken("an extension number is not positive")
        self._stack.append(self._judge.extension(code, self._offset))

    def _buffer(self, _: Argument) -> None:
        self._stack.append(self._judge.buffer(self._offset))

    def _readonly(self, _: Argument) -> None:
        self._top()

    def _table(self) -> dict[int, Callable[[Argument], None]]:
        by_name: dict[str, Callable[[Argument], None]] = {
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
            "NEXT_BUFFER": self._buffer,
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
            "PROTO": self._proto,
            "FRAME": self._frame,
            "GLOBAL": self._global,
            "STACK_GLOBAL": self._stack_global,
            "REDUCE": self._reduce,
            "NEWOBJ": self._newobj,
            "NEWOBJ_EX": self._newobj_ex,
            "INST": self._inst,
            "OBJ": self._obj,
            "BUILD": self._build,
            "PERSID": self._persistent_line,
            "BINPERSID": self._persistent,
            "EXT1": self._extension,
            "EXT2": self._extension,
            "EXT4": self._extension,
            "READONLY_BUFFER": self._readonly,
        }
        return {code: by_name.get(name, self._push_argument) for code, name in NAMES.items()}


_STOP = ord(".")
