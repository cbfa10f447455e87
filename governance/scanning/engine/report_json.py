"""Reading a report back from JSON that may come from a process which hostile bytes have taken over.

Nothing is repaired: a missing or additional key, a wrong type, an unknown rule, a verdict that does not follow from the
findings, and the whole answer counts for nothing.
"""

from __future__ import annotations

import re

from governance.scanning.engine import rules
from governance.scanning.engine.report import (
    MAX_EVIDENCE,
    MAX_FACT_ITEMS,
    MAX_FACTS,
    MAX_FINDINGS,
    MAX_IMPORTS,
    MAX_TEXT,
    EvidenceRow,
    Fact,
    Finding,
    Import,
    Report,
)
from governance.scanning.engine.verdict import Severity, Verdict

_SHA256 = re.compile(r"[0-9a-f]{64}")
_WORD = re.compile(r"[a-z0-9_-]{1,40}")
_MOST = 2**63 - 1


class InvalidReport(ValueError):
    """This is no report of this engine; the message says why, for operators."""


def parse_report(value: object) -> Report:
    """The report that this JSON value is; raises InvalidReport."""
    fields = _object(
        value,
        "verdict formats findings more_findings imports more_imports facts sha256 size bytes_read",
    )
    findings = tuple(_finding(one) for one in _list(fields["findings"], MAX_FINDINGS))
    report = Report(
        verdict=_verdict(fields["verdict"]),
        formats=tuple(_word(one) for one in _list(fields["formats"], 40)),
        findings=findings,
        imports=tuple(_import(one) for one in _list(fields["imports"], MAX_IMPORTS)),
        facts=_facts(fields["facts"]),
        sha256=_text(fields["sha256"], 64),
        size=_count(fields["size"]),
        bytes_read=_count(fields["bytes_read"]),
        more_findings=_count(fields["more_findings"]),
        more_imports=_count(fields["more_imports"]),
    )
    if not _SHA256.fullmatch(report.sha256):
        raise InvalidReport("the digest is none")
    if report.verdict is not max((one.verdict for one in findings), default=Verdict.SAFE):
        raise InvalidReport("the verdict does not follow from the findings")
    return report


def _finding(value: object) -> Finding:
    fields = _object(value, "rule severity verdict title detail where offset evidence advice")
    rule = rules.ALL.get(_text(fields["rule"], 20))
    if rule is None:
        raise InvalidReport("there is no such rule")
    if (_verdict(fields["verdict"]), _severity(fields["severity"])) != (
        rule.verdict,
        rule.severity,
    ):
        raise InvalidReport("a finding is not as grave as its rule")
    offset = fields["offset"]
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        verdict=rule.verdict,
        title=_text(fields["title"]),
        detail=_text(fields["detail"]),
        where=_text(fields["where"]),
        offset=None if offset is None else _count(offset),
        evidence=tuple(_evidence(one) for one in _list(fields["evidence"], MAX_EVIDENCE)),
        advice=_text(fields["advice"]),
    )


def _evidence(value: object) -> EvidenceRow:
    fields = _object(value, "offset operation argument meaning")
    return EvidenceRow(
        offset=_count(fields["offset"]),
        operation=_text(fields["operation"], 40),
        argument=_text(fields["argument"]),
        meaning=_text(fields["meaning"]),
    )


def _import(value: object) -> Import:
    fields = _object(value, "name judgement where offset")
    judgement = _text(fields["judgement"], 20)
    if judgement not in ("allow", "unknown", "deny"):
        raise InvalidReport("there is no such judgement")
    return Import(
        name=_text(fields["name"]),
        judgement=judgement,
        where=_text(fields["where"]),
        offset=_count(fields["offset"]),
    )


def _facts(value: object) -> dict[str, Fact]:
    if not isinstance(value, dict) or len(value) > MAX_FACTS:
        raise InvalidReport("the facts are none")
    return {_word(key): _fact(one) for key, one in value.items()}


def _fact(value: object) -> Fact:
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _count(value)
    if isinstance(value, list):
        return tuple(_text(one) for one in _list(value, MAX_FACT_ITEMS))
    return _text(value)


def _object(value: object, keys: str) -> dict[str, object]:
    if not isinstance(value, dict) or set(value) != set(keys.split()):
        raise InvalidReport(f"an object does not have exactly the keys {keys}")
    return value


def _list(value: object, most: int) -> list[object]:
    if not isinstance(value, list) or len(value) > most:
        raise InvalidReport("a list is missing or too long")
    return value


def _text(value: object, most: int = MAX_TEXT) -> str:
    if not isinstance(value, str) or len(value) > most or not value.isprintable():
        raise InvalidReport("a text is missing, too long or not printable")
    return value


def _word(value: object) -> str:
    if not isinstance(value, str) or not _WORD.fullmatch(value):
        raise InvalidReport("a name is missing or no name")
    return value


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _MOST:
        raise InvalidReport("a number is missing or out of range")
    return value


def _verdict(value: object) -> Verdict:
    try:
        return Verdict(value)
    except ValueError:
        raise InvalidReport("there is no such verdict") from None


def _severity(value: object) -> Severity:
    try:
        return Severity(value)
    except ValueError:
        raise InvalidReport("there is no such severity") from None
