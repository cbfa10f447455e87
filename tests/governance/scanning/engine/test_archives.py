"""ZIP archives: what they hold, and every way in which two programs could read them differently."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

import pytest

from governance.scanning.engine import Budget, Verdict, scan
from governance.scanning.engine.reader import BytesReader
from tests.governance.scanning.engine.making import call, dumps, rules_of, scan_bytes, zipped

PAYLOAD = call("os", "system")
TEXT = {"a.txt": b"some text\n", "b/c.json": b'{"a": 1}'}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_of_ordinary_files_is_safe(method):
    report = scan_bytes(zipped(TEXT, method))

    assert report.verdict is Verdict.SAFE
    assert report.formats == ("zip",)


def test_a_streamed_archive_with_sizes_after_the_bytes_is_safe():
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *arguments):
            raise io.UnsupportedOperation

        def tell(self):
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"some text")

    assert scan_bytes(pipe.getvalue()).verdict is Verdict.SAFE


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_member_is_examined_whatever_it_is_called(method):
    report = scan_bytes(zipped({**TEXT, "README.md": PAYLOAD}, method))

    assert report.verdict is Verdict.DANGEROUS
    assert report.findings[0].where == "README.md"


def test_an_archive_in_an_archive_is_examined():
    inner = zipped({"deep.bin": PAYLOAD}, zipfile.ZIP_DEFLATED)

    report = scan_bytes(zipped({"inner.zip": inner}))

    assert report.verdict is Verdict.DANGEROUS
    assert report.findings[0].where == "inner.zip!deep.bin"


def test_archives_too_deep_in_one_another_are_an_error():
    content = zipped({"a.txt": b"text"})
    for _ in range(6):
        content = zipped({"inner.zip": content})

    report = scan_bytes(content)

    assert "ZIP-011" in rules_of(report)
    assert report.verdict is Verdict.ERROR


def test_two_members_of_one_name_are_suspicious_and_both_are_examined():
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("data.pkl", PAYLOAD)
        archive.writestr("data.pkl", dumps([1]))

    report = scan_bytes(target.getvalue())

    assert {"ZIP-004", "PKL-001"} <= rules_of(report)


def test_names_that_differ_only_in_case_are_suspicious():
    assert "ZIP-004" in rules_of(scan_bytes(zipped({"A.txt": b"a", "a.TXT": b"b"})))


def test_an_archive_behind_another_file_is_suspicious_and_examined():
    report = scan_bytes(dumps({"harmless": 1}) + zipped({"data.pkl": PAYLOAD}))

    assert {"ZIP-002", "PKL-001"} <= rules_of(report)
    assert {"zip", "pickle"} <= set(report.formats)


def test_an_archive_with_corrected_offsets_behind_another_file_is_suspicious():
    target = io.BytesIO()
    target.write(b"GGUF" + bytes(60))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("a.txt", b"text")

    assert "ZIP-002" in rules_of(scan_bytes(target.getvalue()))


def test_bytes_after_the_archive_are_suspicious():
    assert "ZIP-002" in rules_of(scan_bytes(zipped(TEXT) + b"more"))


def test_a_second_end_record_in_the_comment_is_suspicious():
    target = io.BytesIO(zipped(TEXT))
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"PK\x05\x06" + bytes(18)

    report = scan_bytes(target.getvalue())

    assert report.verdict >= Verdict.SUSPICIOUS


def test_a_header_that_names_another_member_is_suspicious():
    content = zipped({"data.pkl": b"text"})

    report = scan_bytes(content.replace(b"data.pkl", b"evil.pkl", 1))

    assert "ZIP-003" in rules_of(report)


def test_a_header_with_other_flags_is_suspicious():
    content = bytearray(zipped({"data.pkl": b"text"}))
    content[6] |= 0x08

    assert "ZIP-003" in rules_of(scan_bytes(bytes(content)))


def test_a_wrong_checksum_is_suspicious_and_the_member_is_examined_all_the_same():
    content = bytearray(zipped({"data.pkl": PAYLOAD}))
    directory = content.index(b"PK\x01\x02")
    content[14:18] = content[directory + 16 : directory + 20] = b"\0\0\0\0"

    report = scan_bytes(bytes(content))

    assert {"ZIP-010", "PKL-001"} <= rules_of(report)


def test_an_encrypted_member_cannot_be_read():
    content = bytearray(zipped({"data.pkl": b"text"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1

    report = scan_bytes(bytes(content))

    assert rules_of(report) == {"ZIP-007"}
    assert report.verdict is Verdict.UNSCANNABLE


def test_an_unusual_compression_cannot_be_read():
    report = scan_bytes(zipped({"data.pkl": b"text" * 100}, zipfile.ZIP_LZMA))

    assert rules_of(report) == {"ZIP-008"}


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/passwd", "a\\b.txt", "C:/x.txt"])
def test_a_name_that_leads_out_of_the_archive_is_suspicious(name):
    assert "ZIP-009" in rules_of(scan_bytes(zipped({name: b"text"})))


def test_a_link_is_suspicious():
    target = io.BytesIO()
    info = zipfile.ZipInfo("link")
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(info, "/etc/passwd")

    assert "ZIP-012" in rules_of(scan_bytes(target.getvalue()))


def test_an_archive_without_its_end_is_an_error():
    assert scan_bytes(zipped(TEXT)[:-30]).verdict is Verdict.ERROR


def test_bytes_between_members_are_suspicious():
    content = zipped({"a.txt": b"text"})
    directory = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    offset = struct.pack("<L", directory + 8)
    moved = (
        content[:directory]
        + b"hidden!!"
        + content[directory : end + 16]
        + offset
        + content[end + 20 :]
    )

    assert rules_of(scan_bytes(moved)) == {"ZIP-005"}


def test_members_that_share_bytes_are_suspicious():
    content = zipped({"a.txt": b"text", "b.txt": b"text"})
    second = content.index(b"PK\x03\x04", 4)
    directory = content.rindex(b"PK\x01\x02")
    overlapping = bytearray(content)
    overlapping[directory + 42 : directory + 46] = struct.pack("<L", 0)
    assert second > 0

    assert {"ZIP-006", "ZIP-003"} <= rules_of(scan_bytes(bytes(overlapping)))


def test_an_archive_that_unpacks_without_end_is_an_error():
    content = zipped({"zeros": bytes(3_000_000)}, zipfile.ZIP_DEFLATED)

    report = scan(BytesReader(content), budget=Budget(inflated_floor=1_000_000, inflated_ratio=2))

    assert rules_of(report) == {"SCN-002"}
    assert report.verdict is Verdict.ERROR


def test_too_many_members_are_an_error():
    content = zipped({f"{n}.txt": b"a" for n in range(30)})

    assert scan(BytesReader(content), budget=Budget(members=20)).verdict is Verdict.ERROR


def test_a_large_deflated_pickle_is_read_from_checkpoints():
    filler = [bytes(range(256)) * 4096 for _ in range(12)]
    content = dumps(filler) + PAYLOAD

    report = scan_bytes(zipped({"large": content}, zipfile.ZIP_DEFLATED))

    assert len(content) > 12 * 1024 * 1024
    assert report.verdict is Verdict.DANGEROUS
    assert report.findings[0].evidence
