"""Archives and packed streams other than zip: ARC."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

ARC_BROKEN = rule("ARC-001", "high", "error", "The archive cannot be read to its end", UPLOAD_AGAIN)
ARC_TRAILING = rule(
    "ARC-002", "high", "suspicious", "Bytes follow the end of the archive", UPLOAD_AGAIN
)
ARC_PATH = rule(
    "ARC-003", "high", "dangerous", "Unpacking it would write outside its folder", UPLOAD_AGAIN
)
ARC_LINK = rule("ARC-004", "high", "suspicious", "A member is a link", UPLOAD_AGAIN)
ARC_DEVICE = rule("ARC-005", "high", "dangerous", "A member is a device or pipe", UPLOAD_AGAIN)
ARC_DUPLICATE = rule(
    "ARC-006", "high", "suspicious", "Two members have the same name", UPLOAD_AGAIN
)
ARC_DEPTH = rule("ARC-007", "medium", "error", "Archives lie too deep in one another", PLAIN)
ARC_UNUSUAL = rule(
    "ARC-008", "medium", "unscannable", "The archive uses a form that is not read here", PLAIN
)
ARC_CODE = rule("ARC-009", "medium", "suspicious", "A member is code or a program", READ_IT)
ARC_DISAGREES = rule(
    "ARC-010", "high", "suspicious", "The archive describes a member in two ways", UPLOAD_AGAIN
)
