"""A file as a row of pickle streams, and whether it is one at all."""

from __future__ import annotations

from dataclasses import dataclass

from governance.scanning.engine.budget import Meter
from governance.scanning.engine.cursor import Cursor
from governance.scanning.engine.pickle.judge import Judge
from governance.scanning.engine.pickle.ledger import Ledger
from governance.scanning.engine.pickle.machine import Ending, Machine, Outcome
from governance.scanning.engine.pickle.opcodes import FORMS, HIGHEST_PROTOCOL
from governance.scanning.engine.pickle.trail import Trail
from governance.scanning.engine.reader import Reader

TORCH_MAGIC = 0x1950A86A20F9469CFC6C
TORCH_STREAMS = 5
"""Magic number, protocol, system, the object, storage keys; then raw storages."""
_PROTO = 0x80
_MANY, _DIFFERENT = 16, 6
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream: where it begins, how it ended, what was thought of it."""

    start: int
    outcome: Outcome
    ledger: Ledger
    judge: Judge
    trail: Trail


@dataclass(frozen=True, slots=True)
class Streams:
    """The streams read from the beginning of a file, and where the last complete one ends."""

    streams: tuple[Stream, ...]
    end: int
    is_torch: bool
    attempt: Stream | None
    """What came after the last complete stream and could not be read as another."""
    too_many: bool = False

    @property
    def all(self) -> tuple[Stream, ...]:
        """The complete streams and the attempt after them."""
        return (*self.streams, self.attempt) if self.attempt else self.streams


def run_stream(reader: Reader, start: int, where: str, meter: Meter) -> Stream:
    """Run one stream symbolically; never raises for what the bytes hold."""
    trail = Trail(reader)
    ledger = Ledger(trail, where)
    judge = Judge(ledger)
    outcome = Machine(Cursor(reader, start), judge, trail, meter).run()
    return Stream(start, outcome, ledger, judge, trail)


def run_streams(reader: Reader, where: str, meter: Meter) -> Streams:
    """Run the first stream and whatever further ones follow it, as long as they are complete."""
    streams: list[Stream] = []
    end = 0
    while True:
        stream = run_stream(reader, end, where, meter)
        if stream.outcome.ending is not Ending.STOP and streams:
            return Streams(tuple(streams), end, _is_torch(streams), stream)
        streams.append(stream)
        end = stream.outcome.end
        if stream.outcome.ending is not Ending.STOP or end >= reader.size:
            return Streams(tuple(streams), end, _is_torch(streams), None)
        if len(streams) == TORCH_STREAMS and _is_torch(streams):
            return Streams(tuple(streams), end, True, None)
        if len(streams) >= meter.budget.streams:
            return Streams(tuple(streams), end, False, None, too_many=True)


def _is_torch(streams: list[Stream]) -> bool:
    return streams[0].outcome.value == TORCH_MAGIC


def is_pickle(reader: Reader, found: Streams) -> bool:
    """Whether loading this as a pickle would do or give anything; prose decodes for a few operations, too.

    A stream that was not read to its end for want of budget counts: what follows might do something.
    """
    head = reader.read_at(0, 2)
    if len(head) == 2 and head[0] == _PROTO and head[1] <= HIGHEST_PROTOCOL:
        return True
    if any(stream.judge.calls for stream in found.all):
        return True
    if any(stream.outcome.ending is Ending.BUDGET for stream in found.all):
        return True
    if found.streams[0].outcome.ending is Ending.BROKEN:
        return _was_pickle(reader, found.streams[0])
    return found.end == reader.size or any(stream.judge.imports for stream in found.all)


def stops_at_once(reader: Reader, found: Streams) -> bool:
    """Whether every unpickler gives up within the first bytes, at one that is no operation, and nothing was done before it.

    The length of a safetensors header may begin like a pickle; no pickle can go on as such a length does.
    """
    first = found.all[0]
    outcome = first.outcome
    if outcome.ending is not Ending.BROKEN or outcome.offset >= _AT_ONCE:
        return False
    code = reader.read_at(outcome.offset, 1)
    did_something = first.judge.calls or first.judge.imports
    return bool(code) and code[0] not in FORMS and not did_something


def _was_pickle(reader: Reader, broken: Stream) -> bool:
    """Whether so many different operations fit together that no prose could have done it by chance."""
    offsets = broken.trail.offsets
    codes = {reader.read_at(offset, 1) for offset in offsets}
    return len(offsets) >= _MANY and len(codes) >= _DIFFERENT
