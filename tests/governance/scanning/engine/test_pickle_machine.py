"""The symbolic machine beside the real one, which is given classes that do nothing instead of imports."""

from __future__ import annotations

import io
import pickle  # noqa: TID251 - the real machine, with every import replaced by a class that does nothing
from collections import OrderedDict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.scanning.engine import Verdict, scan
from governance.scanning.engine.budget import Budget, Meter
from governance.scanning.engine.pickle.machine import Ending
from governance.scanning.engine.pickle.names import Standing, canonical, judge
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


class Watching:
    """Writes down what would be imported, and never imports; stands in front of an unpickler."""

    def __init__(self, content):
        super().__init__(io.BytesIO(content))  # type: ignore[call-arg]
        self.names = []
        self.finished = False

    def find_class(self, module, name):
        self.names.append((module, name))
        return Inert

    def persistent_load(self, pid):
        return Inert()

    def watch(self):
        try:
            self.load()  # type: ignore[attr-defined]
            self.finished = True
        except Exception:  # noqa: BLE001 - whatever a broken stream makes the real machine raise
            pass
        return self


class InC(Watching, pickle.Unpickler):
    """CPython's own, which nearly everything is loaded with."""


class InPython(Watching, pickle._Unpickler):
    """The one in Python, which joblib and dill build on."""


FIXTURES = Path(__file__).parent / "fixtures"
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
    st.sampled_from([b"\x82\x01", b"\x83\x01\x00", b"\x84\xff\xff\xff\xff", b"G" + b"\0" * 8, b"\x8b\x00\x00\x00\x00"]),
    st.sampled_from([b"(S'x'\nios\nsystem", b"cos\nsystem", b"T\xff\xff\x00\x00os", b"X\xff\xff\x00\x00", b"I01\n", b"I00\n"]),
    st.sampled_from([b"L" + b"9" * 5000 + b"L\n", b"I" + b"1" * 30 + b"\n", b"V\\ud800\n", b"F1_0\n", b"F nan\n"]),
)  # fmt: skip


BENIGN = [
    *(pickle.dumps({"a": [1, 2.5, None], "b": ("c", b"d"), "e": {1: True}}, n) for n in range(6)),
    *(pickle.dumps([date(2020, 1, 2), Decimal("1.5"), OrderedDict(a=1)], n) for n in range(6)),
    (FIXTURES / "sklearn_tree.pkl").read_bytes(),
    (FIXTURES / "torch_legacy.pt").read_bytes(),
]


def unseen(content, unpickler):
    """The names that a real machine asked for and the symbolic one did not report; none where it said worse."""
    stream = run_stream(BytesReader(content), 0, "", Meter(Budget(), len(content)))
    watched = unpickler(content).watch()
    found = {finding.rule for finding in stream.ledger.findings}
    if found & {"PKL-003", "PKL-021"}:
        return []  # dangerous already, whatever the names are
    assert unpickler is InPython or not watched.finished or stream.outcome.ending is Ending.STOP
    reported = set(stream.ledger.imports)
    return [
        (module, name)
        for module, name in watched.names
        if not {f"{module}.{name}", ".".join(canonical(module, name, 0))} & reported
    ]


@pytest.mark.parametrize("unpickler", [InC, InPython])
@settings(max_examples=300, deadline=None)
@given(st.lists(OPERATION, min_size=1, max_size=25).map(b"".join), st.sampled_from([b".", b""]))
def test_nothing_is_imported_that_was_not_seen(unpickler, body, end):
    assert unseen(body + end, unpickler) == []


@pytest.mark.parametrize("unpickler", [InC, InPython])
@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(BENIGN),
    st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=3), st.integers(0, 3)),
        min_size=1,
        max_size=4,
    ),
)
def test_damage_to_an_ordinary_pickle_hides_no_import(unpickler, content, changes):
    for place, added, removed in changes:
        at = int(place * len(content))
        content = content[:at] + added + content[at + removed :]

    assert unseen(content, unpickler) == []


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(BENIGN), st.floats(0, 1, exclude_max=True), st.integers(0, 7))
def test_a_pickle_with_a_flipped_bit_is_only_safe_while_it_imports_what_is_allowed(
    content, place, bit
):
    at = int(place * len(content))
    content = content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]

    if scan(BytesReader(content)).verdict is Verdict.SAFE:
        for module, name in InC(content).watch().names:
            assert judge(*canonical(module, name, 0)).standing in (Standing.ALLOW, Standing.CLASS)
