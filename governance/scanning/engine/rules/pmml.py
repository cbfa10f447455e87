"""PMML: PMM."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

REMOVE = "Remove it, then upload the model again."

ENTITY = rule(
    "PMM-001", "critical", "dangerous", "Reads files or addresses while it is parsed", REMOVE
)
BOMB = rule("PMM-002", "high", "suspicious", "Defines shorthands that a parser expands", REMOVE)
CODE = rule("PMM-003", "high", "suspicious", "Holds program text", READ_IT)
LINK = rule("PMM-004", "medium", "suspicious", "Fetches something from elsewhere", REMOVE)
BROKEN = rule("PMM-005", "high", "error", "The XML cannot be read to its end", UPLOAD_AGAIN)
LIMITS = rule("PMM-006", "medium", "error", "The XML is too large or too deep to read", PLAIN)
EXTENSION = rule("PMM-007", "low", "suspicious", "An extension that is not known here", READ_IT)
