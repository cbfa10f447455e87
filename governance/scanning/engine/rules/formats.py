"""Formats as such: FMT."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, rule

FMT_UNKNOWN = rule("FMT-001", "low", "unscannable", "Not a format that can be read here", PLAIN)
FMT_NO_READER = rule("FMT-002", "low", "unscannable", "This format cannot be read yet", PLAIN)
FMT_PROGRAM = rule(
    "FMT-003",
    "high",
    "suspicious",
    "This is a program",
    "Publish source and weights, not programs.",
)
FMT_OBJECTS = rule(
    "FMT-005",
    "high",
    "suspicious",
    "Objects that can run code when they are loaded",
    "Publish a format that holds nothing but numbers.",
)
FMT_MACROS = rule(
    "FMT-006", "high", "suspicious", "A document that holds programs", "Publish it without macros."
)
FMT_SCRIPT = rule(
    "FMT-004", "medium", "suspicious", "This is a script", "Ask a person who reads code to look."
)
