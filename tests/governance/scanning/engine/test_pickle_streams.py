"""Where pickles begin, break, end and follow one another."""

from __future__ import annotations

import pytest

from governance.scanning.engine import Budget, Verdict, scan
from governance.scanning.engine.reader import BytesReader
from tests.governance.scanning.engine.making import call, dumps, rules_of, scan_bytes, text

PAYLOAD = call("os", "system")


def test_a_payload_before_a_break_is_dangerous():
    report = scan_bytes(PAYLOAD[:-1] + b"\xff broken from here on")

    assert report.verdict is Verdict.DANGEROUS
    assert {"PKL-001", "PKL-014"} <= rules_of(report)


def test_a_payload_before_a_break_is_dangerous_without_a_protocol_mark():
    report = scan_bytes(b"cos\nsystem\n(S'id'\ntR\xff")

    assert report.verdict is Verdict.DANGEROUS
    assert "pickle" in report.formats


def test_a_harmless_pickle_that_breaks_off_is_an_error():
    whole = dumps({"a": [1, 2, 3]})

    assert scan_bytes(whole[:-4]).verdict is Verdict.ERROR


def test_a_payload_after_stop_is_dangerous():
    assert scan_bytes(dumps({"a": 1}) + PAYLOAD).verdict is Verdict.DANGEROUS


def test_bytes_after_stop_are_suspicious():
    report = scan_bytes(dumps({"a": 1}) + b"\x00" * 64)

    assert report.verdict is Verdict.SUSPICIOUS
    assert rules_of(report) == {"PKL-013"}


def test_several_harmless_pickles_in_a_row_are_safe():
    assert scan_bytes(dumps([1]) + dumps({"b": 2}) + dumps("c", 0)).verdict is Verdict.SAFE


@pytest.mark.parametrize("protocol", range(6))
def test_plain_data_of_every_protocol_is_recognised_and_safe(protocol):
    report = scan_bytes(dumps([1, 2.5, "three", None, True, (4,), {"k": -(10**30)}], protocol))

    assert report.verdict is Verdict.SAFE
    assert "pickle" in report.formats


@pytest.mark.parametrize(
    "prose",
    [
        "cat\ndog\nbird\n",
        "cos\nsin\ntan\n",
        "(in some\nbrackets\n",
        "# A card\n\nimport os\nos.system('x')\n",
        "N. Smith wrote this.\n",
        "I am text.\n",
        "[PAD]\n[unused0]\n",
        "Licence\n\nPermission is granted.\n",
    ],
)
def test_prose_is_no_pickle(prose):
    report = scan_bytes(prose.encode())

    assert report.formats == ("text",)
    assert report.verdict is Verdict.SAFE


def test_too_many_operations_are_an_error():
    content = dumps(list(range(2000)))

    report = scan(BytesReader(content), budget=Budget(opcodes=1000))

    assert report.verdict is Verdict.ERROR
    assert rules_of(report) == {"PKL-015"}


def test_text_that_uses_up_the_budget_is_not_waved_through():
    content = b"N" * 5000 + b"cos\nsystem\n(S'id'\ntR."

    report = scan(BytesReader(content), budget=Budget(opcodes=1000))

    assert report.verdict is Verdict.DANGEROUS
    assert "PKL-015" in rules_of(report)


def test_marks_that_use_up_the_budget_are_not_waved_through():
    report = scan_bytes(b"(" * 2000 + b"cos\nsystem\n(S'id'\ntR.")

    assert {"PKL-002", "PKL-015"} <= rules_of(report)


def test_a_number_of_absurd_length_is_an_error():
    assert scan_bytes(b"\x80\x02L" + b"9" * 5000 + b"L\n.").verdict is Verdict.ERROR


def test_an_argument_over_the_end_of_its_frame_is_dangerous():
    frame = b"\x80\x04\x95" + (4).to_bytes(8, "little")

    report = scan_bytes(frame + b"cxos\nsystem\n" + text("id") + b"\x85R.")

    assert "PKL-021" in rules_of(report)
    assert report.verdict is Verdict.DANGEROUS


def test_a_frame_longer_than_the_file_is_read_on_and_an_error():
    frame = b"\x80\x04\x95" + (10**6).to_bytes(8, "little")

    assert scan_bytes(frame + dumps([1])[2:]).verdict is not Verdict.SAFE
    assert scan_bytes(frame + PAYLOAD[2:]).verdict is Verdict.DANGEROUS


def test_a_huge_string_is_skipped_and_not_read():
    length = 80 * 1024 * 1024
    content = b"\x80\x04\x8e" + length.to_bytes(8, "little") + bytes(length) + b"."

    report = scan_bytes(content)

    assert report.verdict is Verdict.SAFE
    assert report.bytes_read < 4 * 1024 * 1024


def test_an_object_of_the_loader_is_suspicious():
    report = scan_bytes(b"\x80\x02X\x03\x00\x00\x00abcQ.")

    assert rules_of(report) == {"PKL-016"}
    assert report.verdict is Verdict.SUSPICIOUS


@pytest.mark.parametrize("protocol", [0, 1])
def test_a_text_pickle_that_breaks_off_is_an_error(protocol):
    whole = dumps({"weights": [1, 2.5, ("a", None)], "names": ["x", "y", "z"]}, protocol)

    assert scan_bytes(whole[:-3]).verdict is Verdict.ERROR


def test_an_import_that_acts_by_itself_counts_even_where_the_stream_breaks_off():
    assert scan_bytes(b"cantigravity\ngeohash\nxyz").verdict is Verdict.DANGEROUS


@pytest.mark.parametrize(
    "payload",
    [
        b"cos\nsystem\n(S'id'\ntR.",
        b"\x80\x04" + text("subprocess") + b"\x94" + text("Popen") + b"\x94\x93.",
        b"(S'id'\nios\nsystem\n.",
    ],
)
def test_what_stands_behind_a_break_or_beyond_the_budget_is_still_named(payload):
    broken = scan_bytes(dumps({"a": 1})[:-1] + b"\xff\xfe" + payload)
    endless = scan(BytesReader(b"\x80\x04" + b"N0" * 3000 + payload), budget=Budget(opcodes=1000))

    assert broken.verdict is Verdict.DANGEROUS
    assert endless.verdict is Verdict.DANGEROUS


def test_ordinary_names_behind_a_break_stay_an_error():
    content = dumps({"a": 1})[:-1] + b"\xff\xfeccollections\nOrderedDict\n"

    assert scan_bytes(content).verdict is Verdict.ERROR
