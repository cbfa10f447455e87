"""Templates, which are programs for Jinja: JIN."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

JIN_REACHES = rule(
    "JIN-001",
    "critical",
    "dangerous",
    "A template would reach into the program that uses it",
    READ_IT,
)
JIN_BUILDS = rule(
    "JIN-002", "high", "suspicious", "A template works out a name while it is used", READ_IT
)
JIN_UNUSUAL = rule(
    "JIN-003", "high", "suspicious", "A template reaches for more than messages", READ_IT
)
JIN_GROWS = rule(
    "JIN-004", "high", "suspicious", "A template could use up all memory or time", READ_IT
)
JIN_UNREADABLE = rule(
    "JIN-005", "medium", "error", "A template cannot be read to its end", UPLOAD_AGAIN
)
JIN_TOO_LARGE = rule("JIN-006", "medium", "error", "A template is too large to judge", PLAIN)
