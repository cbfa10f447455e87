"""Arrays of NumPy: in files of their own, and between the operations of a pickle as joblib writes them."""

from __future__ import annotations

import pytest

from governance.scanning.engine import Verdict
from tests.governance.scanning.engine.making import call, dumps, rules_of, scan_bytes, text
from tests.governance.scanning.engine.making_arrays import described, dtype, npy, wrapped

PAYLOAD = call("os", "system")


@pytest.mark.parametrize("version", [1, 2, 3])
def test_an_array_of_numbers_is_safe_in_every_version(version):
    assert scan_bytes(npy(described(), bytes(8), version)).verdict is Verdict.SAFE


@pytest.mark.parametrize(
    ("descr", "shape", "length"),
    [
        ("'|u1'", "()", 1),
        ("'<U3'", "(2,)", 24),
        ("'<M8[ns]'", "(1,)", 8),
        ("[('a', '<f4'), ('b', '|S3', (2,))]", "(3,)", 30),
        ("'<f8'", "(2L, 1L)", 16),
        ("'<f8'", "(0, 7)", 0),
    ],
)
def test_the_length_follows_from_type_and_shape(descr, shape, length):
    assert scan_bytes(npy(described(descr, shape), bytes(length))).verdict is Verdict.SAFE
    assert "NPY-002" in rules_of(scan_bytes(npy(described(descr, shape), bytes(length + 1))))


@pytest.mark.parametrize(
    "header",
    [
        "__import__('os').system('id')",
        "{'descr': '<f4', 'shape': (2,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}",
        "{'descr': 'evil', 'fortran_order': False, 'shape': (2,)}",
        "[" * 5000,
        "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 8)}",
    ],
)
def test_a_header_that_numpy_would_not_write_is_an_error(header):
    assert rules_of(scan_bytes(npy(header, bytes(8)))) == {"NPY-001"}


def test_objects_are_judged_as_the_pickle_that_they_are():
    header = described("'|O'", "(1,)")

    assert scan_bytes(npy(header, dumps(["x"]))).verdict is Verdict.SAFE
    assert scan_bytes(npy(header, PAYLOAD)).verdict is Verdict.DANGEROUS
    assert scan_bytes(npy(header, b"no pickle")).verdict is Verdict.ERROR
    assert scan_bytes(npy(header, dumps(["x"]) + PAYLOAD)).verdict is Verdict.DANGEROUS


def test_the_bytes_of_a_joblib_array_are_skipped():
    assert scan_bytes(wrapped("f8", 2, bytes(16))).verdict is Verdict.SAFE
    padded = wrapped("f4", 1, b"\x03\xff\xff\xff" + b"cos\n", aligned=True)
    assert scan_bytes(padded).verdict is Verdict.SAFE


def test_what_follows_a_joblib_array_is_judged():
    hidden = wrapped("f8", 1, bytes(8) + b"cos\nsystem\n" + text("id") + b"\x85R0")

    assert scan_bytes(hidden).verdict is Verdict.DANGEROUS


def test_array_bytes_that_are_operations_for_others_are_dangerous():
    operations = b"0cos\nsystem\n" + text("id") + b"\x85R."

    report = scan_bytes(wrapped("u1", len(operations), operations))

    assert "PKL-021" in rules_of(report)


def test_padding_that_no_joblib_writes_is_dangerous():
    report = scan_bytes(wrapped("u1", 1, b"\x28" + bytes(0x28) + b"\x00", aligned=True))

    assert "PKL-021" in rules_of(report)


def test_an_array_of_objects_is_a_pickle_of_its_own():
    assert scan_bytes(wrapped("O8", 1, dumps(["x"]), flags=63)).verdict is Verdict.SAFE
    assert scan_bytes(wrapped("O8", 1, PAYLOAD, flags=63)).verdict is Verdict.DANGEROUS


def test_a_type_that_hides_its_objects_is_dangerous():
    assert "PKL-021" in rules_of(scan_bytes(wrapped("f8", 1, PAYLOAD, flags=1)))


def test_an_array_that_ends_after_the_file_is_an_error():
    report = scan_bytes(wrapped("f8", 2, bytes(9))[:-12])

    assert rules_of(report) == {"PKL-014"}


def test_a_type_that_lies_about_its_items_is_dangerous_outside_of_joblib_as_well():
    assert "PKL-009" in rules_of(scan_bytes(b"\x80\x03" + dtype("f8", flags=1) + b"."))
    assert scan_bytes(b"\x80\x03" + dtype("f8") + b".").verdict is Verdict.SAFE


def test_a_memory_map_may_be_stored_as_an_array_and_not_be_opened():
    memmap = b"cnumpy\nmemmap\n"
    stored = b"\x80\x03cnumpy.core.multiarray\n_reconstruct\n" + memmap + b"K\x00\x85C\x01b\x87R."
    opened = b"\x80\x03" + memmap + text("/tmp/x") + text("u1") + text("w+") + b"\x87\x81."

    assert scan_bytes(stored).verdict is Verdict.SAFE
    assert scan_bytes(opened).verdict is Verdict.DANGEROUS
