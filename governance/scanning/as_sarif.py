"""A scan report as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which editors and continuous integration show.

One run by one tool. A place inside a container is a logical location, an offset is a region of bytes. Files that are not
finished, or cannot be read, are results too: silence would be taken for safety.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from governance.scanning.engine.rules import ALL
from governance.scanning.queries import FileReport, RevisionReport
from models_catalog.storage.models import Verdict

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {
    "critical": "error",
    "high": "error",
    "medium": "warning",
    "low": "note",
    "note": "note",
}
SCORES = {"critical": "9.5", "high": "8.0", "medium": "5.0", "low": "2.0", "note": "0.0"}
"""What code hosts sort by: the middle of each band of CVSS."""
UNFINISHED = "SCN-000"


def report_as_sarif(report: RevisionReport, *, address: str) -> dict[str, Any]:
    """The report; ``address`` is that of its page."""
    results = [result for file in report.files for result in _results(file)]
    used = sorted({result["ruleId"] for result in results})
    places = {number: index for index, number in enumerate(used)}
    for result in results:
        result["ruleIndex"] = places[result["ruleId"]]
    driver = {
        "name": "Arboretum",
        "informationUri": address,
        "version": report.revision.context_ruleset or "none",
        "rules": [_rule(number) for number in used],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": f"scan/{report.revision.sha1}"},
        "invocations": [{"executionSuccessful": report.is_finished}],
        "artifacts": [_artifact(file) for file in report.files],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(number: str) -> dict[str, Any]:
    rule = ALL.get(number)
    if rule is None:
        return {"id": number, "shortDescription": {"text": "The scan of a file is not finished"}}
    severity = rule.severity.value
    return {
        "id": number,
        "shortDescription": {"text": rule.title},
        "help": {"text": rule.advice},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {"security-severity": SCORES[severity], "tags": ["security"]},
    }


def _artifact(file: FileReport) -> dict[str, Any]:
    return {
        "location": {"uri": quote(file.path)},
        "length": file.report.entry.size,
        "hashes": {"sha-256": file.report.entry.sha256},
        "properties": {"verdict": file.report.verdict.value},
    }


def _results(file: FileReport) -> Iterator[dict[str, Any]]:
    for finding in file.findings:
        yield _result(file, finding)
    if file.report.verdict == Verdict.PENDING:
        yield {
            "ruleId": UNFINISHED,
            "level": "warning",
            "message": {"text": "This file has not been scanned yet. Not scanned is not safe."},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": quote(file.path)}}}],
        }


def _result(file: FileReport, finding: Mapping[str, Any]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(file.path)}}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding["where"]:
        location["logicalLocations"] = [{"fullyQualifiedName": finding["where"], "kind": "member"}]
    elif finding["offset"] is not None:
        physical["region"] = {"byteOffset": finding["offset"]}
    same = f"{finding['rule']}\0{file.path}\0{finding['where']}\0{finding['detail']}"
    return {
        "ruleId": finding["rule"],
        "level": LEVELS[finding["severity"]],
        "message": {"text": f"{finding['title']}. {finding['detail']}"},
        "locations": [location],
        "partialFingerprints": {"finding/v1": hashlib.sha256(same.encode()).hexdigest()},
        "properties": {"verdict": finding["verdict"]},
    }
