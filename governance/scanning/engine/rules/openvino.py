"""OpenVINO models: OVI."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, UPLOAD_AGAIN, rule

OVI_BROKEN = rule("OVI-001", "high", "error", "The model cannot be read to its end", UPLOAD_AGAIN)
OVI_OPERATOR = rule(
    "OVI-002", "medium", "suspicious", "Needs operators that are not known here", PLAIN
)
OVI_OUTSIDE = rule(
    "OVI-003", "critical", "dangerous", "Would read files outside of the model", UPLOAD_AGAIN
)
