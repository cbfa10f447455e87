"""YAML: YML."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

YML_RUNS = rule("YML-001", "critical", "dangerous", "Would run code when loaded", PLAIN)
YML_OBJECT = rule("YML-002", "high", "suspicious", "Makes Python objects when loaded", PLAIN)
YML_TAG = rule("YML-003", "medium", "suspicious", "Asks its reader for special treatment", READ_IT)
YML_BOMB = rule("YML-004", "high", "suspicious", "Unfolds to far more than it shows", PLAIN)
YML_LIMITS = rule("YML-005", "medium", "error", "The YAML is too large or too deep to read", PLAIN)
YML_TARGET = rule(
    "YML-006", "critical", "dangerous", "Names code to run that no model needs", READ_IT
)
YML_NOTED = rule("YML-007", "note", "safe", "Names the classes to build it from", READ_IT)
YML_BROKEN = rule("YML-008", "medium", "error", "The YAML cannot be read to its end", UPLOAD_AGAIN)
