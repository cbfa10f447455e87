"""Pickles: every gadget in some way of calling it, tricks with the format, broken streams, and ordinary data."""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import decimal
import fractions
import pathlib
import types
import uuid
from collections.abc import Iterator

from tests.governance.scanning.engine.making import (
    call,
    dumps,
    stack_global,
    text,
)
from tests.scanning.forms import FORMS, bare, reduced, stacked
from tests.scanning.gadgets import gadgets
from tests.scanning.sample import Sample, benign, malformed, malicious


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield from _gadgets()
    for name, content in _tricks().items():
        yield malicious(name, "model.pkl", content)
    for name, content in _broken().items():
        yield malformed(name, "model.pkl", content)
    for name, content in _ordinary().items():
        yield benign(name, "model.pkl", content)


def _gadgets() -> Iterator[Sample]:
    """Each gadget once, the forms in turn."""
    for number, (module, name) in enumerate(gadgets()):
        form = FORMS[number % len(FORMS)]
        if "." in name and form.__name__ in ("bare", "instance", "objected"):
            form = stacked
        label = f"{form.__name__}-{module}-{name}".replace("_", "-")
        yield malicious(label, "model.pkl", form(module, name))


def _tricks() -> dict[str, bytes]:
    getattr_of = stack_global("builtins", "getattr")
    ordered = stack_global("collections", "OrderedDict")
    shell = stack_global("os", "system")
    return {
        "frame-hides-name": b"\x80\x04\x95" + (4).to_bytes(8, "little") + b"cxos\nsystem\n" + text("id") + b"\x85R.",
        "frame-too-long": b"\x80\x04\x95" + b"\xff" * 7 + b"\x00" + stacked("os", "system")[2:],
        "stop-inside-frame": b"\x80\x04\x95" + (40).to_bytes(8, "little") + b"}." + stacked("os", "system"),
        "computed-module": b"\x80\x04" + stack_global("_codecs", "encode") + text("os") + b"\x85R" + text("system") + b"\x93.",
        "computed-by-str": b"\x80\x04" + stack_global("builtins", "str") + text("os") + b"\x85R" + text("system") + b"\x93" + text("id") + b"\x85R.",
        "getattr-chain": b"\x80\x04" + getattr_of + ordered + text("__class__") + b"\x86R" + text("x") + b"\x85R.",
        "call-of-result": b"\x80\x04" + ordered + b")R" + text("x") + b"\x85R.",
        "build-on-class": b"\x80\x04" + stack_global("numpy", "ndarray") + b"}" + text("size") + text("x") + b"sb.",
        "build-slots-on-class": b"\x80\x04" + stack_global("numpy", "ndarray") + b"N}" + text("size") + text("x") + b"s\x86b.",
        "setitem-on-module": b"\x80\x04" + stack_global("torch", "Tensor") + text("x") + text("y") + b"s.",
        "state-with-setstate": b"\x80\x04" + stack_global("types", "SimpleNamespace") + b")\x81}" + text("__setstate__") + shell + b"sb.",
        "extension-code": b"\x80\x02\x82\x07" + text("id") + b"\x85R.",
        "persistent-object": b"\x80\x02X\x03\x00\x00\x00abcQ" + text("id") + b"\x85R.",
        "unicode-look-alike": call("\uff4fs", "system"),
        "cyrillic-letter": call("\u043es", "system"),
        "no-last-line-end": b"(S'id'\nios\nsystem?",
        "import-by-list-arguments": b"\x80\x04" + shell + b"](" + text("id") + b"eR.",
        "nul-in-memo-number": b"cos\nsystem\np1\x00junk\n0g1\x00other\n(S'x'\ntR.",
        "numbers-only-c-reads": b"I0x1f\nL0x1L\nF1.5\0x\ncos\nsystem\n(S'x'\ntR.",
        "five-thousand-digits": b"L" + b"9" * 5000 + b"L\n0" + bare("os", "system"),
        "scipy-distribution": b"\x80\x04" + stack_global("scipy.stats._continuous_distns", "norm_gen") + b")\x81}" + text("_parse_arg_template") + text("import os; os.system('id')") + b"sb.",
        "scipy-distribution-hidden-state": b"\x80\x04" + stack_global("scipy.stats._continuous_distns", "norm_gen") + b")\x81" + ordered + b"](" + text("_parse_arg_template") + text("import os") + b"\x86e\x85Rb.",
        "memory-map-writes": b"\x80\x04" + stack_global("numpy._core.memmap", "memmap") + b"(" + text("/tmp/x") + text("u1") + text("w+") + b"t\x81.",
        "partial-of-shell": b"\x80\x04" + stack_global("functools", "partial") + shell + b"\x85R.",
        "own-code": b"\x80\x04" + stack_global("evil_plugin", "_run") + text("id") + b"\x85R.",
        "main-function": b"\x80\x04" + stack_global("__main__", "run") + text("id") + b"\x85R.",
        "unknown-class": b"\x80\x04" + stack_global("acme.models", "Net") + b")\x81}b.",
        "class-of-library-called": b"\x80\x04" + stack_global("sklearn.svm._classes", "SVC") + text("id") + b"\x85R.",
        "odd-encoding": b"\x80\x02c_codecs\nencode\nX\x01\x00\x00\x00aX\x05\x00\x00\x00rot13\x86R.",
        "nested-torch-file": b"\x80\x03ctorch.storage\n_load_from_bytes\nB" + len(stacked("os", "system")).to_bytes(4, "little") + stacked("os", "system") + b"\x85R.",
        "memory-bomb": b"\x80\x04" + stack_global("builtins", "bytearray") + b"\x8a\x06\x00\x00\x00\x00\x00\x10\x85R.",
        "hash-bomb": b"\x80\x04}K\x01\x85" + b"2\x86" * 60 + b"Ns.",
    }  # fmt: skip


def _broken() -> dict[str, bytes]:
    whole = dumps({"weights": [1.0, 2.0], "name": "x" * 300})
    return {
        "cut-off": whole[:-10],
        "cut-off-in-argument": whole[:40],
        "no-stop": whole[:-1],
        "unknown-operation": whole[:-1] + b"\xfe.",
        "protocol-9": b"\x80\x09" + whole[2:],
        "missing-memo": b"\x80\x04h\x05.",
        "missing-mark": b"\x80\x04t.",
        "empty-stack": b"\x80\x04.",
        "negative-long": b"\x80\x04\x8b\xff\xff\xff\xff.",
        "odd-dictionary": b"\x80\x04(K\x01d.",
        "bytes-behind": whole + b"\x00" * 20,
        "text-behind": whole + b"and so on",
        "string-too-long": b"\x80\x04\x8d" + (2**40).to_bytes(8, "little") + b"abc.",
        "frame-too-long": b"\x80\x04\x95" + (10**6).to_bytes(8, "little") + whole[11:],
        "items-in-a-number": b"\x80\x04K\x01(K\x02e.",
        "buffer-outside": b"\x80\x05\x97.",
        "not-utf-8": b"\x80\x04\x8c\x02\xff\xfe.",
    }


def _ordinary() -> dict[str, bytes]:
    data = {
        "epoch": 3,
        "loss": [0.5, 0.25],
        "names": ("os.system", "subprocess", "eval(", "__import__"),
        "bytes": b"cos\nsystem\n(S'id'\ntR.",
        "none": None,
        "big": 10**300,
        "nested": {"a": {"b": {"c": [{}]}}},
        1: True,
    }
    typed = [
        dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
        dt.timedelta(seconds=5),
        decimal.Decimal("1.5"),
        fractions.Fraction(1, 3),
        uuid.UUID(int=5),
        pathlib.PurePosixPath("a/b"),
        collections.OrderedDict(a=1),
        collections.defaultdict(list, {"x": [1]}),
        collections.Counter("abc"),
        collections.deque([1, 2], maxlen=3),
        argparse.Namespace(lr=0.1),
        types.SimpleNamespace(a=1),
        complex(1, 2),
        bytearray(b"abc"),
        {1, 2},
        frozenset({3}),
        range(3),
        slice(1, 2),
    ]
    vocabulary = {
        word: n
        for n, word in enumerate(
            ["the", "os", "system", "__init__", "eval", "exec", "import", "\n"]
        )
    }
    return {
        **{f"data-protocol-{n}": dumps(data, n) for n in range(6)},
        **{f"types-protocol-{n}": dumps(typed, n) for n in range(6)},
        "several-streams": dumps([1]) + dumps({"a": 2}) + dumps("c", 2),
        "a-vocabulary": dumps(vocabulary, 4),
        "text-that-looks-bad": dumps(reduced("os", "system").decode("latin-1"), 4),
        "long-text": dumps("word " * 3000, 4),
        "many-numbers": dumps(list(range(3000)), 4),
        "shared-parts": dumps([data] * 50, 4),
        "deep": dumps(_deep(60), 4),
        "random-state": (
            b"\x80\x04" + stack_global("numpy.random._pickle", "__randomstate_ctor")
            + text("MT19937") + b"\x85R."
        ),
        "ordinary-class": (
            b"\x80\x04" + stack_global("sklearn.svm._classes", "SVC") + b")\x81}" + text("C") + b"K\x01sb."
        ),
        "training-arguments": (
            b"\x80\x04" + stack_global("transformers.training_args", "TrainingArguments") + b")\x81}"
            + text("evaluation_strategy") + stack_global("transformers.trainer_utils", "IntervalStrategy")
            + text("no") + b"\x85Rsb."
        ),
    }  # fmt: skip


def _deep(levels: int) -> object:
    value: object = 0
    for _ in range(levels):
        value = [value]
    return value
