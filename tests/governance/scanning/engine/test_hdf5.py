"""HDF5: what is followed, what is told of, and what ends as an error."""

from __future__ import annotations

import pytest

from governance.scanning.engine import Budget, Verdict, scan
from governance.scanning.engine.hdf5.checksum import lookup3
from governance.scanning.engine.reader import BytesReader
from tests.governance.scanning.engine.making import rules_of, scan_bytes
from tests.scanning.hdf5_files import Array, External, Group, Soft, hdf5

PICKLE = b"\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x02id\x85R."


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"", 0xDEADBEEF), (b"Four score and seven years ago", 0x17770551)],
)
def test_the_checksum_is_that_of_its_author(content, expected):
    assert lookup3(content) == expected


def test_arrays_are_counted_and_their_numbers_left_alone():
    report = scan_bytes(hdf5(Group({"a": Group({"x": Array(bytes(9)), "y": Array(bytes(9))})})))

    assert report.verdict is Verdict.SAFE
    assert report.facts["datasets"] == 2


@pytest.mark.parametrize(
    ("file", "verdict"),
    [
        ("neighbour.h5", Verdict.SUSPICIOUS),
        ("folder/neighbour.h5", Verdict.SUSPICIOUS),
        ("/etc/passwd", Verdict.DANGEROUS),
        ("a/../../b.h5", Verdict.DANGEROUS),
        ("..", Verdict.DANGEROUS),
        ("~/b.h5", Verdict.DANGEROUS),
        ("C:\\b.h5", Verdict.DANGEROUS),
        ("https://203.0.113.7/b.h5", Verdict.DANGEROUS),
    ],
)
def test_a_link_is_judged_by_where_it_leads(file, verdict):
    assert scan_bytes(hdf5(Group({"a": External(file)}))).verdict is verdict


def test_a_soft_link_in_a_circle_is_only_a_name():
    assert scan_bytes(hdf5(Group({"a": Soft("/a")}))).verdict is Verdict.SAFE


@pytest.mark.parametrize("root", [Group({"a": Array(PICKLE)}), Group({}, {"a": PICKLE})])
def test_a_pickle_inside_is_judged_as_one(root):
    report = scan_bytes(hdf5(root))

    assert report.verdict is Verdict.DANGEROUS
    assert "PKL-001" in rules_of(report)


def test_every_lost_byte_at_the_end_is_noticed():
    content = hdf5(Group({"a": Array(bytes(300))}))

    for length in range(12, len(content), 7):
        assert scan_bytes(content[:length]).verdict is Verdict.ERROR


def test_a_changed_byte_of_structure_is_noticed():
    content = hdf5(Group({"kernel": Group({}, {"name": "textmore"})}))

    for at in range(12, len(content)):
        changed = content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]
        assert scan_bytes(changed).verdict is not Verdict.SAFE, at


def test_a_file_of_too_many_parts_ends_as_an_error():
    content = hdf5(Group({f"g{number}": Group() for number in range(60)}))

    report = scan(BytesReader(content), budget=Budget(opcodes=100))

    assert report.verdict is Verdict.ERROR
    assert "SCN-002" in rules_of(report)
