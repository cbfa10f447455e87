"""Torch checkpoints in both forms: what torch wrote, and what somebody changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from governance.scanning.engine import Verdict
from tests.governance.scanning.engine.making import (
    call,
    dumps,
    rules_of,
    scan_bytes,
    torch_data,
    torch_zip,
)

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("torch_zip.pt", "torch-zip"),
        ("torch_legacy.pt", "torch-legacy"),
        ("sklearn_tree.pkl", "pickle"),
    ],
)
def test_files_written_by_the_real_libraries_are_safe(name, form):
    report = scan_bytes((FIXTURES / name).read_bytes())

    assert report.verdict is Verdict.SAFE
    assert form in report.formats
    assert all(one.judgement == "allow" for one in report.imports)


def test_raw_tensor_bytes_are_not_taken_for_anything_else():
    looks_bad = (b"\x7fELF" + call("os", "system"))[:40].ljust(40, b"\0")

    report = scan_bytes(torch_zip(torch_data(("0", 10)), {"0": looks_bad}))

    assert report.verdict is Verdict.SAFE


def test_a_member_that_no_tensor_declares_is_examined():
    report = scan_bytes(
        torch_zip(torch_data(("0", 2)), {"0": bytes(8)}, {"archive/data/1": call("os", "system")})
    )

    assert report.verdict is Verdict.DANGEROUS
    assert report.findings[0].where == "archive/data/1"


def test_a_payload_in_a_member_with_an_odd_name_is_dangerous():
    extra = {"archive/.format_version": call("os", "system"), "notes.txt": b"hello"}

    report = scan_bytes(torch_zip(torch_data(("0", 2)), {"0": bytes(8)}, extra))

    assert report.verdict is Verdict.DANGEROUS


def test_a_storage_of_another_size_is_suspicious():
    report = scan_bytes(torch_zip(torch_data(("0", 2)), {"0": bytes(12)}))

    assert "PKL-020" in rules_of(report)
    assert report.verdict is Verdict.SUSPICIOUS


def test_a_missing_storage_is_suspicious():
    report = scan_bytes(torch_zip(torch_data(("0", 2), ("1", 2)), {"0": bytes(8)}))

    assert "PKL-020" in rules_of(report)


def test_a_payload_in_data_pkl_is_dangerous_and_says_where():
    report = scan_bytes(torch_zip(call("posix", "system"), {}))

    assert report.verdict is Verdict.DANGEROUS
    assert report.findings[0].where == "archive/data.pkl"
    assert report.imports[0].where == "archive/data.pkl"


def legacy() -> bytes:
    return (FIXTURES / "torch_legacy.pt").read_bytes()


def test_bytes_after_the_last_legacy_tensor_are_suspicious():
    report = scan_bytes(legacy() + b"more")

    assert rules_of(report) == {"PKL-013"}


def test_a_legacy_file_without_all_its_tensors_is_suspicious():
    report = scan_bytes(legacy()[:-4])

    assert rules_of(report) == {"PKL-020"}


def test_a_legacy_file_with_only_a_magic_number_is_an_error():
    report = scan_bytes(dumps(0x1950A86A20F9469CFC6C, 2) + dumps(1001, 2))

    assert report.verdict is Verdict.ERROR


def test_a_payload_in_a_later_legacy_stream_is_dangerous():
    head = dumps(0x1950A86A20F9469CFC6C, 2) + dumps(1001, 2) + dumps({"little_endian": True}, 2)

    report = scan_bytes(head + call("os", "system") + dumps([], 2))

    assert report.verdict is Verdict.DANGEROUS


def nested(content: bytes) -> bytes:
    return (
        b"\x80\x03ctorch.storage\n_load_from_bytes\nB"
        + len(content).to_bytes(4, "little")
        + content
    ) + b"\x85R."


def test_a_torch_file_inside_a_pickle_is_examined():
    harmless = scan_bytes(nested(legacy()))
    harmful = scan_bytes(nested(torch_zip(call("os", "system"), {})))

    assert harmless.verdict is Verdict.SAFE
    assert harmful.verdict is Verdict.DANGEROUS


def nested_in_text(content: str, encoding: bytes = b"latin1") -> bytes:
    encoded = content.encode()
    return (
        b"\x80\x02ctorch.storage\n_load_from_bytes\nc_codecs\nencode\nX"
        + len(encoded).to_bytes(4, "little")
        + encoded
        + b"X"
        + len(encoding).to_bytes(4, "little")
        + encoding
        + b"\x86R\x85R."
    )


def test_a_torch_file_inside_the_text_of_an_old_pickle_is_examined():
    harmful = torch_zip(call("os", "system"), {}, {"archive/data/1": bytes(2000)})

    assert scan_bytes(nested_in_text(legacy().decode("latin-1"))).verdict is Verdict.SAFE
    assert scan_bytes(nested_in_text(harmful.decode("latin-1"))).verdict is Verdict.DANGEROUS
    short = call("os", "system").decode("latin-1")
    assert scan_bytes(nested_in_text(short)).verdict is Verdict.DANGEROUS


def test_a_torch_file_inside_text_that_is_no_bytes_is_an_error():
    assert rules_of(scan_bytes(nested_in_text("\u20ac" * 2000))) == {"PKL-019"}
    assert scan_bytes(nested_in_text("x", b"rot13")).verdict is Verdict.DANGEROUS


def test_a_torch_file_from_anything_but_bytes_is_dangerous():
    report = scan_bytes(b"\x80\x02ctorch.storage\n_load_from_bytes\nN\x85R.")

    assert report.verdict is Verdict.DANGEROUS


def test_torch_files_too_deep_in_one_another_are_an_error():
    content = legacy()
    for _ in range(40):
        content = nested(content)

    assert scan_bytes(content).verdict is Verdict.ERROR


def test_a_tensor_whose_bytes_changed_after_the_checksum_is_suspicious():
    whole = torch_zip(torch_data(("0", 2)), {"0": b"\x07" * 8})

    report = scan_bytes(whole.replace(b"\x07" * 8, b"\x08" * 8))

    assert rules_of(report) == {"ZIP-010"}


def test_bytes_after_the_last_legacy_tensor_are_examined():
    assert scan_bytes(legacy() + call("os", "system")).verdict is Verdict.DANGEROUS
