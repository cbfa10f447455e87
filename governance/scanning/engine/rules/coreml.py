"""Core ML models: CML."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

CML_BROKEN = rule("CML-001", "high", "error", "The model cannot be read to its end", UPLOAD_AGAIN)
CML_EXTRA = rule(
    "CML-002", "medium", "suspicious", "Holds something that is no part of a model", UPLOAD_AGAIN
)
CML_CUSTOM = rule(
    "CML-003", "medium", "suspicious", "Needs a program of its own on the device", READ_IT
)
CML_OUTSIDE = rule(
    "CML-004", "critical", "dangerous", "Would read files outside of the model", UPLOAD_AGAIN
)
CML_LINKED = rule("CML-005", "medium", "suspicious", "Is a link to another model", PLAIN)
CML_COMPILED = rule("CML-006", "medium", "unscannable", "Holds a part that cannot be read", PLAIN)
CML_TEXT = rule("CML-007", "high", "suspicious", "A description holds a program", READ_IT)
CML_WEIGHTS = rule(
    "CML-008", "high", "suspicious", "The weights are not laid out as they say", UPLOAD_AGAIN
)
