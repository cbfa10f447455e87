"""What is recognised by content, and what is said of everything that cannot be read."""

from __future__ import annotations

import pytest

from governance.scanning.engine import Verdict
from tests.governance.scanning.engine.making import call, scan_bytes

PE = b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x7fELF\x02\x01\x01" + bytes(60), "elf"),
        (PE + bytes(60), "pe"),
        (b"\xcf\xfa\xed\xfe" + bytes(60), "macho"),
        (b"\xca\xfe\xba\xbe\0\0\0\x02" + bytes(60), "macho"),
        (b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(60), "java-class"),
    ],
)
def test_a_program_is_suspicious(content, name):
    report = scan_bytes(content)

    assert report.formats == (name,)
    assert report.verdict is Verdict.SUSPICIOUS


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"7z\xbc\xaf\x27\x1c" + bytes(20), "7z"),
        (b"Rar!\x1a\x07\x01\0" + bytes(20), "rar"),
        (b"\x89HDF\r\n\x1a\n" + bytes(20), "hdf5"),
        (bytes(1024) + b"\x89HDF\r\n\x1a\n" + bytes(20), "hdf5"),
        (b"<!DOCTYPE html><script>x</script>", "html"),
        (b"<?xml version='1.0'?><!-- drawn --><svg onload='x'/>", "svg"),
        (bytes([8, 7, 6, 5]) * 30, "unknown"),
    ],
)
def test_what_cannot_be_read_is_named_and_never_safe(content, name):
    report = scan_bytes(content)

    assert report.formats == (name,)
    assert report.verdict is not Verdict.SAFE
    assert report.findings[0].detail


def test_every_format_that_fits_is_analysed():
    report = scan_bytes(call("os", "system").ljust(257, b"\0") + b"ustar\x0000" + bytes(250))

    assert set(report.formats) == {"tar", "pickle"}
    assert report.verdict is Verdict.DANGEROUS


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x1f\x8b\x08" + bytes(20), "gzip"),
        (b"\xfd7zXZ\x00" + bytes(20), "xz"),
        (b"BZh9" + bytes(20), "bzip2"),
        (b"\x28\xb5\x2f\xfd" + bytes(20), "zstd"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "png"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(20), "pdf"),
        (b"weights.pkl".ljust(257, b"\0") + b"ustar\x0000" + bytes(300), "tar"),
    ],
)
def test_what_is_known_but_broken_is_an_error(content, name):
    report = scan_bytes(content)

    assert report.formats == (name,)
    assert report.verdict is Verdict.ERROR
