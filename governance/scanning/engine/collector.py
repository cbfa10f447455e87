"""Gathering what analysers find, and making one bounded report of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from governance.scanning.engine.report import (
    MAX_EVIDENCE,
    MAX_FACT_ITEMS,
    MAX_FACTS,
    MAX_FINDINGS,
    MAX_IMPORTS,
    MAX_JSON_BYTES,
    MAX_WHERE,
    EvidenceRow,
    Fact,
    Finding,
    Import,
    Report,
    clip,
)
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.verdict import Verdict


def make_finding(
    rule: Rule,
    *,
    detail: str,
    where: str = "",
    offset: int | None = None,
    title: str = "",
    evidence: tuple[EvidenceRow, ...] = (),
) -> Finding:
    """A finding that cites ``rule``; all its text is clipped here, once."""
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        verdict=rule.verdict,
        title=clip(title or rule.title, 160),
        detail=clip(detail),
        where=clip(where, MAX_WHERE),
        offset=offset,
        evidence=evidence[:MAX_EVIDENCE],
        advice=rule.advice,
    )


@dataclass
class Collector:
    """Gathers what analysers find and makes the bounded report of it."""

    formats: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)
    more_findings: int = 0
    more_imports: int = 0
    worst: Verdict = Verdict.SAFE

    def add(self, finding: Finding) -> None:
        """Keep a finding; beyond the bound only the worse ones are kept and the rest is counted."""
        self.worst = max(self.worst, finding.verdict)
        self.findings.append(finding)
        if len(self.findings) >= 2 * MAX_FINDINGS:
            self._keep(MAX_FINDINGS, len(self.imports))

    def add_import(self, one: Import) -> None:
        """Keep an import; beyond the bound the ordinary ones are counted instead."""
        self.imports.append(one)
        if len(self.imports) >= 2 * MAX_IMPORTS:
            self._keep(len(self.findings), MAX_IMPORTS)

    def add_format(self, name: str) -> None:
        """Say that the file is this, too."""
        if name not in self.formats:
            self.formats.append(name)

    def add_fact(self, key: str, value: Fact) -> None:
        """Remember something that the context judgement needs; lists are cut, text is clipped."""
        if key not in self.facts and len(self.facts) >= MAX_FACTS:
            return
        if isinstance(value, tuple):
            value = tuple(clip(item, 200) for item in value[:MAX_FACT_ITEMS])
        elif isinstance(value, str):
            value = clip(value, 200)
        self.facts[key] = value

    def report(self, *, sha256: str, size: int, bytes_read: int) -> Report:
        """The report, shortened until its JSON fits."""
        self._keep(MAX_FINDINGS, MAX_IMPORTS)
        report = self._frozen(sha256, size, bytes_read)
        while len(report.to_json().encode()) > MAX_JSON_BYTES:
            self._keep(len(self.findings) // 2, len(self.imports) // 2)
            report = self._frozen(sha256, size, bytes_read)
        return report

    def _frozen(self, sha256: str, size: int, bytes_read: int) -> Report:
        return Report(
            verdict=self.worst,
            formats=tuple(self.formats),
            findings=tuple(self.findings),
            imports=tuple(self.imports),
            facts=dict(self.facts),
            sha256=sha256,
            size=size,
            bytes_read=bytes_read,
            more_findings=self.more_findings,
            more_imports=self.more_imports,
        )

    def _keep(self, findings: int, imports: int) -> None:
        """Drop the mildest findings and the most ordinary imports, and count what was dropped."""
        self.findings.sort(key=lambda one: (-one.verdict.rank, -one.severity.rank))
        self.more_findings += len(self.findings[findings:])
        del self.findings[findings:]
        self.imports.sort(key=lambda one: _IMPORT_ORDER[one.judgement])
        self.more_imports += len(self.imports[imports:])
        del self.imports[imports:]


_IMPORT_ORDER = {"deny": 0, "unknown": 1, "allow": 2}
