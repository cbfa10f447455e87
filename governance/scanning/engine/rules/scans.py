"""The scan itself: SCN."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, rule

SCAN_FAILED = rule(
    "SCN-001",
    "high",
    "error",
    "The scan did not finish",
    "The scan is repeated; tell the operators.",
)
SCAN_BUDGET = rule("SCN-002", "high", "error", "Too much to read to the end", PLAIN)
NOT_THE_UPLOAD = rule(
    "SCN-003",
    "critical",
    "error",
    "The stored bytes are not the bytes that were uploaded",
    "Tell the operators: the storage may be damaged.",
)
SCAN_UNREAD = rule(
    "SCN-004",
    "high",
    "error",
    "The file could not be read",
    "Let the scanner read the file, or remove it.",
)
SCAN_LINK = rule(
    "SCN-005",
    "medium",
    "unscannable",
    "A link, not a file",
    "Put the file itself where the link stands; git would store the link.",
)
