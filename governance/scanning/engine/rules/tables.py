"""Tables: TAB."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

TAB_BROKEN = rule("TAB-001", "medium", "error", "The table is damaged", UPLOAD_AGAIN)
TAB_OBJECT = rule(
    "TAB-002", "critical", "dangerous", "The table would make objects when loaded", PLAIN
)
TAB_FORMULA = rule(
    "TAB-003", "high", "suspicious", "A cell would start something in a spreadsheet", READ_IT
)
TAB_HIDDEN = rule(
    "TAB-004", "high", "suspicious", "Bytes of the table belong to nothing in it", UPLOAD_AGAIN
)
TAB_UNREAD = rule(
    "TAB-005", "low", "unscannable", "A part of the table is of a kind that is not read here", PLAIN
)
TAB_PROGRAM = rule(
    "TAB-006", "high", "suspicious", "The database holds statements that run by themselves", READ_IT
)
