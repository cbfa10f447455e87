"""The symbolic machine beside the real one, which is given classes that do nothing instead of imports."""

from __future__ import annotations

import io
import pickle  # noqa: TID251 - the real machine, with every import replaced by a class that does nothing

from hypothesis import given, settings
from hypothesis import strategies as st

from governance.scanning.engine.budget import Budget, Meter
from governance.scanning.engine.pickle.machine import Ending
from governance.scanning.engine.pickle.names import canonical
from governance.scanning.engine.pickle.streams import run_stream
from governance.scanning.engine.reader import BytesReader


class Inert:
    """Takes part in every operation and does nothing."""

    def __new__(cls, *arguments, **options):
        return object.__new__(cls)

    def __init__(self, *arguments, **options):
        pass

    def __call__(self, *arguments, **options):
        return self

    def __setitem__(self, key, value):
        pass

    append = extend = add = lambda self, item: None


class Watched(pickle.Unpickler):
    """Writes down what would be imported."""

    def __init__(self, file):
        super().__init__(file)
        self.names = []

    def find_class(self, module, name):
        self.names.append((module, name))
        return Inert

    def persistent_load(self, pid):
        return Inert()


SMALL = st.integers(0, 3).map(lambda n: bytes([n]))
NAME = st.sampled_from([b"os", b"system", b"a.b", b"x"])
NUMBER = st.sampled_from(
    [
        b"0",
        b"1",
        b"2",
        b"1\0junk",
        b"\0junk",
        b" 1",
        b"+1",
        b"0_1",
        b"-1",
        b"01",
        b"0x1f",
        b"010",
        b"1L",
        b"",
        b"z",
    ]
)
OPERATION = st.one_of(
    st.sampled_from([bytes([n]) for n in b"((((012NNQRRabd}el]ost)u.\x81\x85\x86\x87\x88\x8f\x90\x91\x92\x93\x93\x94\x97\x98"]),
    st.tuples(st.sampled_from([b"I", b"L", b"g", b"p", b"F"]), NUMBER, st.just(b"\n")).map(b"".join),
    st.tuples(st.sampled_from([b"c", b"i"]), NAME, st.just(b"\n"), NAME, st.just(b"\n")).map(b"".join),
    st.tuples(st.sampled_from([b"h", b"q", b"K"]), SMALL).map(b"".join),
    st.tuples(st.sampled_from([b"j", b"r"]), SMALL, st.just(b"\0\0\0")).map(b"".join),
    st.tuples(st.just(b"\x80"), st.integers(0, 6).map(lambda n: bytes([n]))).map(b"".join),
    st.sampled_from([b"S'os'\n", b'S"x"\n', b"S'a\\x41'\n", b"Sos\n", b"V\\u006fs\n", b"U\x02os", b"T\x02\0\0\0os"]),
    st.sampled_from([b"\x8c\x02os", b"\x8c\x06system", b"X\x02\0\0\0os", b"\x8d\x02\0\0\0\0\0\0\0os", b"\x8c\x01\xff"]),
    st.sampled_from([b"C\x01z", b"B\x01\0\0\0z", b"\x8e\x01\0\0\0\0\0\0\0z", b"\x96\x01\0\0\0\0\0\0\0z", b"Pid\n"]),
    st.sampled_from([b"\x8a\x01\x05", b"\x8a\x00", b"\x8b\x01\0\0\0\x07", b"\x8b\xff\xff\xff\xff", b"M\x01\0", b"J\1\2\3\4"]),
    st.sampled_from([b"\x95" + bytes([n]) + b"\0" * 7 for n in (0, 3, 9)]),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(OPERATION, min_size=1, max_size=25).map(b"".join), st.sampled_from([b".", b""]))
def test_nothing_is_imported_that_was_not_seen(body, end):
    content = body + end
    stream = run_stream(BytesReader(content), 0, "", Meter(Budget(), len(content)))
    unpickler = Watched(io.BytesIO(content))

    try:
        unpickler.load()
        finished = True
    except Exception:  # noqa: BLE001 - whatever a broken stream makes the real machine raise
        finished = False

    found = {finding.rule for finding in stream.ledger.findings}
    if found & {"PKL-003", "PKL-021"}:
        return  # dangerous already, whatever the names are
    for module, name in unpickler.names:
        assert {f"{module}.{name}", ".".join(canonical(module, name, 0))} & set(
            stream.ledger.imports
        )
    assert not finished or stream.outcome.ending is Ending.STOP
