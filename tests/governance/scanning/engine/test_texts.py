"""The trickier rules for text: what is masked, what is read in one pass, what a name adds."""

from __future__ import annotations

import time

import pytest

from governance.scanning.engine import Verdict, context, templates
from governance.scanning.engine.context import Entry
from governance.scanning.engine.secrets.plausible import mask
from tests.governance.scanning.engine.making import rules_of, scan_bytes, zipped

TOKEN = "hf_" + "QwErTyUiOpLkJhGfDsAzXcVbNmPoIuYtRe"


def test_a_secret_is_never_shown_whole():
    report = scan_bytes(f"token: {TOKEN}\n".encode())

    assert rules_of(report) == {"SEC-002"}
    assert report.findings[0].offset == 7
    assert TOKEN not in report.to_json()
    assert mask(TOKEN) in report.findings[0].detail


def test_the_name_of_a_member_counts_as_the_name_of_a_file():
    content = zipped({"hooks/run.jinja": b"{{ self.x }}", "notes.md": b"{{ self.x }}"})

    found = {(one.rule, one.where) for one in scan_bytes(content).findings}

    assert ("CTX-007", "hooks/run.jinja") in found
    assert not any(where == "notes.md" for _, where in found)


def test_what_python_imports_and_calls_is_told():
    report = scan_bytes(b"import os\nimport requests\nos.system('ls')\n")

    judgement = context.judge([Entry("a.py", report.size, report.formats, report.facts)])["a.py"]

    assert judgement.verdict is Verdict.SUSPICIOUS
    assert "It imports os, requests. It calls os.system." in judgement.findings[0].detail


@pytest.mark.parametrize(
    "text",
    [
        "{{" + "\n" * 60_000,
        "\n" * 60_000,
        "<!doctype " * 6_000,
        "-----BEGIN PRIVATE KEY-----" * 3_000,
    ],
)
def test_repetition_costs_no_more_than_its_length(text):
    started = time.process_time()

    scan_bytes(text.encode())

    assert time.process_time() - started < 3


def test_reasons_against_a_template_name_their_line_and_come_worst_first():
    reasons = templates.judge("{{ self.x }}\n\n{{ x.__class__ }}")

    assert [(one.rule.id, one.line) for one in reasons] == [("JIN-001", 3), ("JIN-003", 1)]
