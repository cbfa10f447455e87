"""Headers of weight files, honest and otherwise."""

from __future__ import annotations

import json
import struct

import pytest

from hub.core.actor import SYSTEM
from models_catalog.artifacts.actions import read_safetensors_header
from models_catalog.artifacts.models import Header
from models_catalog.artifacts.queries import Weights, formats_of, weights_of
from models_catalog.artifacts.safetensors import BadHeader, header_length, read_header
from models_catalog.artifacts.tasks import read  # noqa: F401 - declares the handler of its jobs
from models_catalog.revisions.queries import files_of
from tests.factories.jobs import run_jobs
from tests.factories.models import commit_files, make_repo, send
from tests.factories.people import acting, make_user


def packed(header: object, body: bytes = b"") -> bytes:
    source = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(source)) + source + body


def tensor(*shape: int, kind: str = "F32", start: int = 0, end: int = 0) -> dict:
    return {"dtype": kind, "shape": list(shape), "data_offsets": [start, end]}


def test_parameters_are_counted_by_type():
    header = {
        "__metadata__": {"format": "pt"},
        "a": tensor(10, 4, end=160),
        "b": tensor(3, kind="I64"),
        "c": tensor(),
    }

    facts = read_header(json.dumps(header).encode())

    assert (facts.parameters, facts.tensor_count) == (44, 3)
    assert facts.types == {"F32": 41, "I64": 3}
    assert facts.metadata == {"format": "pt"}
    assert facts.tensors[0] == ("a", "F32", [10, 4], 160)


def test_only_so_many_tensors_are_kept():
    facts = read_header(json.dumps({f"t{n}": tensor(2) for n in range(6000)}).encode())

    assert (facts.tensor_count, facts.parameters, len(facts.tensors)) == (6000, 12_000, 5000)


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"not json",
        b"[]",
        b"\xff\xfe",
        b'{"a": 1}',
        b'{"a": {"dtype": "F32"}}',
        b'{"a": {"dtype": 7, "shape": [], "data_offsets": [0, 0]}}',
        b'{"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 0]}}',
        b'{"a": {"dtype": "F32", "shape": ["x"], "data_offsets": [0, 0]}}',
        b'{"a": {"dtype": "F32", "shape": 3, "data_offsets": [0, 0]}}',
        b'{"a": {"dtype": "F32", "shape": [1.5], "data_offsets": [0, 0]}}',
        b'{"a": {"dtype": "F32", "shape": [1], "data_offsets": [9, 0]}}',
        b'{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0]}}',
        b'{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, "x"]}}',
        b'{"a": {"dtype": "F32", "shape": [9223372036854775807, 9], "data_offsets": [0, 0]}}',
        b'{"a": {"dtype": "F32", "shape": [' + b"1," * 40 + b'1], "data_offsets": [0, 0]}}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_header_is_refused(header):
    with pytest.raises(BadHeader):
        read_header(header)


@pytest.mark.parametrize("start", [b"", b"1234567", b"\0" * 8, b"\xff" * 8, struct.pack("<Q", 100)])
def test_a_length_that_cannot_be_is_refused(start):
    with pytest.raises(BadHeader):
        header_length(start, file_size=50)


def test_a_header_that_would_fill_the_workers_memory_is_not_read():
    with pytest.raises(BadHeader):
        header_length(struct.pack("<Q", 90_000_000), file_size=5 * 10**9)


def test_names_that_would_spoil_a_page_are_made_printable():
    facts = read_header(json.dumps({"a\u202eb\0c" + "x" * 900: tensor(1)}).encode())

    assert facts.tensors[0][0].startswith("a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c")
    assert len(facts.tensors[0][0]) == 300


@pytest.fixture
def ada(db):
    return make_user("ada")


def test_a_commit_with_weights_knows_its_parameters_in_the_end(ada):
    files = {"model.safetensors": packed({"a": tensor(10, 4, end=8)}, b"\0" * 8)}
    revision = commit_files(make_repo("m", owner=ada), files, by=ada)
    before = weights_of(files_of(revision))

    run_jobs("read_header")

    assert before == Weights(None, "")
    assert weights_of(files_of(revision)) == Weights(40, "F32")


def test_shards_are_added_and_variants_are_not(ada):
    shard = "model-0000{}-of-00002.safetensors"
    files = {
        shard.format(1): packed({"a": tensor(10)}),
        shard.format(2): packed({"b": tensor(20)}),
        "model.fp16.safetensors": packed({"a": tensor(29, kind="F16")}),
        "vae/diffusion.safetensors": packed({"a": tensor(5)}),
    }
    revision = commit_files(make_repo("m", owner=ada), files, by=ada)

    run_jobs("read_header")

    assert weights_of(files_of(revision)).parameters == 35


@pytest.mark.parametrize(
    "content", [b"", b"short", b"\xff" * 100, packed(b"{nonsense"), b"PK\x03\x04" * 10]
)
def test_a_broken_file_has_a_header_that_says_so(ada, content):
    blob = send(content, actor=acting(ada))

    header = read_safetensors_header(blob, actor=SYSTEM)

    assert header.parameters is None
    assert "header" in header.facts["problem"]
    assert read_safetensors_header(blob, actor=SYSTEM).pk == header.pk
    assert Header.objects.count() == 1


def test_formats_are_told_by_endings():
    assert formats_of(
        ["a/model.SAFETENSORS", "m.gguf", "b.bin", "c.pth", "README", ".onnx/x", "x.txt"]
    ) == [
        "safetensors",
        "GGUF",
        "PyTorch",
    ]
