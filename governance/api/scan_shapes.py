"""What answers say of scans: the same members as the report that pages hand over."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from governance.scanning.queries import SEVERITIES
from models_catalog.storage.models import Verdict

SHA1 = "9b1cfb9d0c7f6a0f5f6c1f5e4f3a2b1c0d9e8f70"
DIGEST = "6c9ef1d6b1f5a2c7a3a0c4b1f2f7c4a59d1c0f5b7d0c4f3e2a1b0c9d8e7f6a5b"
VERDICTS = [verdict.value for verdict in Verdict]


@extend_schema_field({"type": "object", "additionalProperties": {"type": "integer"}})
class CountsField(serializers.JSONField):
    """How many of each."""


class EvidenceShape(serializers.Serializer[Any]):
    """One operation near a finding."""

    offset = serializers.IntegerField()
    operation = serializers.CharField()
    argument = serializers.CharField()
    meaning = serializers.CharField(help_text="Empty where it needs no explaining.")


class FindingShape(serializers.Serializer[Any]):
    """Something found."""

    rule = serializers.CharField()
    severity = serializers.ChoiceField(SEVERITIES)
    verdict = serializers.ChoiceField(VERDICTS)
    title = serializers.CharField()
    detail = serializers.CharField()
    where = serializers.CharField(help_text="The member of a container; empty for the file itself.")
    offset = serializers.IntegerField(allow_null=True)
    evidence = EvidenceShape(many=True)
    advice = serializers.CharField()


class ImportShape(serializers.Serializer[Any]):
    """A name that a pickle imports."""

    name = serializers.CharField()
    judgement = serializers.ChoiceField(["allow", "unknown", "deny"])
    where = serializers.CharField()
    offset = serializers.IntegerField()


class ScannedFileShape(serializers.Serializer[Any]):
    """What scanning says of one file: the worse of what its bytes and its surroundings say."""

    path = serializers.CharField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField()
    verdict = serializers.ChoiceField(VERDICTS)
    ruleset = serializers.CharField(
        allow_null=True, help_text="The rules its bytes were judged by; null while they wait."
    )
    formats = serializers.ListField(
        child=serializers.CharField(), help_text="What it was read as, by content."
    )
    imports = ImportShape(many=True)
    engines = serializers.DictField(
        child=serializers.ChoiceField([*VERDICTS, "not_applicable"]),
        help_text="What each part of the scanner says.",
    )
    findings = FindingShape(many=True, help_text="The gravest first.")


class ScanFactsShape(serializers.Serializer[Any]):
    """What scanning says of a revision in a few words."""

    revision = serializers.CharField()
    manifest_digest = serializers.CharField()
    verdict = serializers.ChoiceField(VERDICTS, help_text="Of its worst file.")
    is_finished = serializers.BooleanField()
    ruleset = serializers.CharField(allow_null=True)
    started_at = serializers.CharField(allow_null=True)
    finished_at = serializers.CharField(allow_null=True)


class ScanReportShape(ScanFactsShape):
    """Everything that scanning says of a revision."""

    files = ScannedFileShape(many=True, help_text="The worst first.")


class SarifShape(serializers.Serializer[Any]):
    """A log in SARIF 2.1.0: its standard says what may stand in it."""

    version = serializers.CharField(help_text="Of the format.")
    runs = serializers.ListField(child=serializers.DictField(), help_text="One, of the scanner.")


class ScanShape(ScanFactsShape):
    """What scanning says of a revision."""

    file_count = serializers.IntegerField()
    scanned_count = serializers.IntegerField(help_text="Files whose bytes have been judged.")
    verdicts = CountsField(help_text="Files by verdict.")
    findings = CountsField(help_text="Findings by severity.")
    report = serializers.URLField(help_text="Everything in one file.")


FINDING_EXAMPLE: dict[str, Any] = {
    "rule": "PKL-001",
    "severity": "critical",
    "verdict": "dangerous",
    "title": "Runs a command when it is loaded",
    "detail": "Loading this file calls os.system.",
    "where": "archive/data.pkl",
    "offset": 42,
    "evidence": [
        {"offset": 42, "operation": "GLOBAL", "argument": "os system", "meaning": "imports it"}
    ],
    "advice": "Save the weights as safetensors.",
}
FILE_EXAMPLE: dict[str, Any] = {
    "path": "model.pkl",
    "sha256": DIGEST,
    "size": 1024,
    "verdict": "dangerous",
    "ruleset": "9b1cfb9d0c7f6a0f",
    "formats": ["pickle"],
    "imports": [{"name": "os.system", "judgement": "deny", "where": "", "offset": 42}],
    "engines": {"format": "safe", "pickle": "dangerous", "archive": "not_applicable"},
    "findings": [FINDING_EXAMPLE],
}
FACTS_EXAMPLE: dict[str, Any] = {
    "revision": SHA1,
    "manifest_digest": DIGEST,
    "verdict": "dangerous",
    "is_finished": True,
    "ruleset": "9b1cfb9d0c7f6a0f",
    "started_at": "2026-11-20T09:30:00+00:00",
    "finished_at": "2026-11-20T09:30:02+00:00",
}
REPORT_EXAMPLE: dict[str, Any] = FACTS_EXAMPLE | {"files": [FILE_EXAMPLE]}
SCAN_EXAMPLE: dict[str, Any] = FACTS_EXAMPLE | {
    "file_count": 3,
    "scanned_count": 3,
    "verdicts": {"dangerous": 1, "safe": 2},
    "findings": {"critical": 1},
    "report": "http://localhost:8000/api/v1/models/savanna/minilm/scans/main/report",
}
SARIF_EXAMPLE: dict[str, Any] = {
    "version": "2.1.0",
    "runs": [
        {
            "tool": {"driver": {"name": "Arboretum", "version": "9b1cfb9d0c7f6a0f"}},
            "results": [
                {
                    "ruleId": "PKL-001",
                    "level": "error",
                    "message": {"text": "Would run code when loaded. It calls os.system."},
                }
            ],
        }
    ],
}
