"""What a scan says: frozen values, and their bounded JSON form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from governance.scanning.engine.verdict import Severity, Verdict

MAX_JSON_BYTES = 1000 * 1024
"""A little below 1 MiB, which a whole answer of the isolated child may not exceed."""
MAX_FINDINGS = 100
MAX_IMPORTS = 1000
MAX_EVIDENCE = 12
MAX_FACTS = 32
MAX_FACT_ITEMS = 64
MAX_TEXT = 600
MAX_WHERE = 400

Fact = str | int | bool | tuple[str, ...]
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def clip(text: str, limit: int = MAX_TEXT) -> str:
    """Shortened, and free of control characters and lone surrogates, so that it can be shown and stored."""
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(character if character.isprintable() else "�" for character in shown)


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One operation near a finding; ``meaning`` is empty where it needs no explaining."""

    offset: int
    operation: str
    argument: str
    meaning: str

    def as_json(self) -> dict[str, Json]:
        """As plain values, ready for JSON."""
        return {
            "offset": self.offset,
            "operation": self.operation,
            "argument": self.argument,
            "meaning": self.meaning,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; ``where`` is the member path inside containers, empty for the file itself."""

    rule: str
    severity: Severity
    verdict: Verdict
    title: str
    detail: str
    where: str
    offset: int | None
    evidence: tuple[EvidenceRow, ...]
    advice: str

    def as_json(self) -> dict[str, Json]:
        """As plain values, ready for JSON."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "verdict": self.verdict.value,
            "title": self.title,
            "detail": self.detail,
            "where": self.where,
            "offset": self.offset,
            "evidence": [row.as_json() for row in self.evidence],
            "advice": self.advice,
        }


@dataclass(frozen=True, slots=True)
class Import:
    """A name that a pickle imports; ``judgement`` is allow, unknown or deny."""

    name: str
    judgement: str
    where: str
    offset: int

    def as_json(self) -> dict[str, Json]:
        """As plain values, ready for JSON."""
        return {
            "name": self.name,
            "judgement": self.judgement,
            "where": self.where,
            "offset": self.offset,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of scanning one file's content."""

    verdict: Verdict
    formats: tuple[str, ...]
    findings: tuple[Finding, ...]
    imports: tuple[Import, ...]
    facts: Mapping[str, Fact]
    sha256: str
    size: int
    bytes_read: int
    more_findings: int = 0
    more_imports: int = 0

    def as_json(self) -> dict[str, Json]:
        """As plain values, ready for JSON."""
        facts: dict[str, Json] = {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in self.facts.items()
        }
        return {
            "verdict": self.verdict.value,
            "formats": list(self.formats),
            "findings": [finding.as_json() for finding in self.findings],
            "more_findings": self.more_findings,
            "imports": [one.as_json() for one in self.imports],
            "more_imports": self.more_imports,
            "facts": facts,
            "sha256": self.sha256,
            "size": self.size,
            "bytes_read": self.bytes_read,
        }

    def to_json(self) -> str:
        """One line of JSON, at most MAX_JSON_BYTES long."""
        return json.dumps(self.as_json(), ensure_ascii=False, separators=(",", ":"))
