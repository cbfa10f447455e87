"""Scanning a sample as a small revision: content first, then names and neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from governance.scanning.engine import Verdict, scan
from governance.scanning.engine.context import Entry, judge
from governance.scanning.engine.reader import BytesReader
from tests.scanning.sample import Expected

ALLOWED: Mapping[Expected, frozenset[Verdict]] = {
    Expected.BENIGN: frozenset({Verdict.SAFE}),
    Expected.MALFORMED: frozenset(Verdict) - {Verdict.SAFE},
    Expected.MALICIOUS: frozenset({Verdict.SUSPICIOUS, Verdict.DANGEROUS}),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """The worst verdict over a sample's files, and every finding in words."""

    verdict: Verdict
    findings: tuple[str, ...]


def judged(files: Mapping[str, bytes]) -> Judged:
    """The verdict over some files by their paths."""
    reports = {path: scan(BytesReader(content)) for path, content in files.items()}
    contexts = judge(
        [Entry(path, report.size, report.formats, report.facts) for path, report in reports.items()]
    )
    verdict = max(max(report.verdict, contexts[path].verdict) for path, report in reports.items())
    found = tuple(
        f"{path}: {one.rule} {one.verdict.value} {one.where} {one.detail}"
        for path, report in reports.items()
        for one in (*report.findings, *contexts[path].findings)
    )
    return Judged(verdict, found)
