"""A symbolic pickle machine: CPython's C unpickler with every object replaced by a note of what it would be.

Stack, marks, fence and memo behave exactly as in ``_pickle.c``, so that an operation sees the operands which the real
one would see. Nothing is imported, called or built. Where the real machine would stop with an error of types (a
string is called, a number gets items), this one notes it and reads on: it judges more than would run, never less.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable
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
    External,
    Global,
    Items,
    Made,
    Value,
)
from governance.scanning.engine.pickle.workspace import OutOfBudget, Workspace


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


class Machine(Workspace):
    """Runs one stream from the cursor's position to its STOP."""

    def __init__(
        self, cursor: Cursor, judge: Judge, trail: Trail, meter: Meter, *, is_within: bool = False
    ) -> None:
        super().__init__(judge, meter)
        self._cursor = cursor
        self._trail = trail
        self._protocol = 0
        self._frame_end = 0
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
        except OutOfBudget as reason:
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
                raise OutOfBudget(f"it has more than {meter.budget.opcodes:,} operations")
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
            self._judge.array_of(array.subclass, self._offset)
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
            raise OutOfBudget(outcome.reason)
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
            **self._gathering(),
            "NEXT_BUFFER": self._buffer,
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
