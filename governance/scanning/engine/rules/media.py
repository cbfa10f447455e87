"""Pictures, sound, film and fonts: MED."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import READ_IT, UPLOAD_AGAIN, rule

MED_BROKEN = rule("MED-001", "medium", "error", "The file is damaged", UPLOAD_AGAIN)
MED_TRAILING = rule(
    "MED-002", "high", "suspicious", "Something is hidden behind the end of the file", UPLOAD_AGAIN
)
MED_SCRIPT = rule("MED-003", "high", "suspicious", "Code is hidden in the file", READ_IT)
MED_DISGUISE = rule(
    "MED-004", "high", "suspicious", "Another kind of file under a false beginning", READ_IT
)
MED_UNREAD = rule(
    "MED-005",
    "low",
    "unscannable",
    "A part of the file is of a kind that is not read here",
    "Save it in the usual form.",
)
