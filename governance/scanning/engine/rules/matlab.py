"""Files of MATLAB: MAT."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

BROKEN = rule("MAT-001", "medium", "error", "The MATLAB file is damaged", UPLOAD_AGAIN)
OBJECTS = rule(
    "MAT-002", "high", "suspicious", "MATLAB would make objects or functions from it", READ_IT
)
HIDDEN = rule(
    "MAT-003", "high", "suspicious", "Numbers of the MATLAB file hold something else", READ_IT
)
UNREAD = rule("MAT-004", "low", "unscannable", "A part of the MATLAB file is not read here", PLAIN)
