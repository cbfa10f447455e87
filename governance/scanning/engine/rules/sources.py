"""Source code that lies beside weights: PYS."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import READ_IT, rule

PYS_HIDDEN = rule("PYS-001", "critical", "dangerous", "Code that hides what it runs", READ_IT)
PYS_COMMAND = rule(
    "PYS-002", "critical", "dangerous", "Code that takes over the machine it runs on", READ_IT
)
PYS_CODE = rule("PYS-003", "medium", "suspicious", "This text is a program", READ_IT)
PYS_DISGUISED = rule(
    "PYS-004", "high", "suspicious", "Code that does not read as it looks", READ_IT
)
PYS_DOCUMENT = rule(
    "PYS-006", "high", "suspicious", "Gives orders to the program that opens it", READ_IT
)
PYS_UNREADABLE = rule(
    "PYS-005", "high", "suspicious", "Code that cannot be read to its end", READ_IT
)
