"""The report: bounded, and read back only when it is exactly one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from governance.scanning.engine import Severity, Verdict, ruleset_version
from governance.scanning.engine.report import MAX_FINDINGS
from governance.scanning.engine.report_json import InvalidReport, parse_report
from tests.governance.scanning.engine.making import call, scan_bytes, stack_global, zipped


def test_verdicts_are_ordered_from_harmless_to_worst():
    assert list(Verdict) == sorted(Verdict)
    assert [one.value for one in Verdict] == [
        "safe",
        "unscannable",
        "suspicious",
        "error",
        "dangerous",
    ]
    assert max(Verdict.ERROR, Verdict.SUSPICIOUS) is Verdict.ERROR
    assert Severity.CRITICAL > Severity.NOTE


def test_a_report_survives_its_json():
    report = scan_bytes(zipped({"a.pkl": call("os", "system"), "b": b"text"}))

    assert parse_report(json.loads(report.to_json())) == report


def test_a_report_stays_below_a_mebibyte_and_counts_what_it_leaves_out():
    wide = "\U0001f525" * 60
    members = {
        f"{n:03}{wide * 2}.pkl": b"\x80\x04"
        + b"".join(stack_global(f"{wide}{n}", f"{wide}{i}") + b"0" for i in range(20))
        + b"N."
        for n in range(150)
    }

    report = scan_bytes(zipped(members))

    assert len(report.to_json().encode()) <= 1024 * 1024
    assert len(report.findings) <= MAX_FINDINGS
    assert report.more_findings > 2000
    assert report.more_imports > 0
    assert parse_report(json.loads(report.to_json())) == report


def test_text_from_a_file_cannot_control_a_terminal_or_a_page():
    report = scan_bytes(call("os\x1b[31m\u202e", "sys\ntem"))

    assert report.to_json().isprintable()


def good() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(scan_bytes(call("os", "system")).to_json())
    return value


def change(**changes: object) -> dict[str, Any]:
    return {**good(), **changes}


def finding(**changes: object) -> list[dict[str, Any]]:
    return [{**good()["findings"][0], **changes}]


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "report",
        {},
        change(extra=1),
        {key: value for key, value in good().items() if key != "sha256"},
        change(verdict="safe"),
        change(verdict="fine"),
        change(verdict=["safe"]),
        change(size=-1),
        change(size=1.0),
        change(size=True),
        change(bytes_read=2**64),
        change(sha256="0" * 63),
        change(sha256="\n" + "0" * 63),
        change(formats=["UPPER"]),
        change(formats="pickle"),
        change(facts={"a": {"b": 1}}),
        change(facts={"a": None}),
        change(facts={str(n): n for n in range(100)}),
        change(findings=finding(rule="XXX-1")),
        change(findings=finding(severity="note")),
        change(findings=finding(verdict="safe"), verdict="safe"),
        change(findings=finding(detail="a\nb")),
        change(findings=finding(detail="a" * 5000)),
        change(findings=finding(offset="1")),
        change(findings=finding() * 200),
        change(findings=finding(evidence=[{"offset": 1}])),
        change(imports=[{"name": "a", "judgement": "fine", "where": "", "offset": 0}]),
    ],
)
def test_anything_that_is_not_exactly_a_report_is_refused(value):
    with pytest.raises(InvalidReport):
        parse_report(value)


def test_the_ruleset_is_a_short_steady_digest():
    assert ruleset_version() == ruleset_version()
    assert len(ruleset_version()) == 12
    int(ruleset_version(), 16)
