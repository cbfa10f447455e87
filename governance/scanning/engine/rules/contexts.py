"""What names and neighbours make of a file: CTX."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import READ_IT, UPLOAD_AGAIN, rule

CTX_PYTHON = rule("CTX-001", "medium", "suspicious", "Code that a person should read", READ_IT)
CTX_AUTO_MAP = rule("CTX-002", "high", "suspicious", "Asks to run code of its own", READ_IT)
CTX_EXTENSION = rule(
    "CTX-003",
    "medium",
    "suspicious",
    "The name promises another kind of file",
    "Give the file the ending that fits what it holds.",
)
CTX_MODULES = rule(
    "CTX-004", "high", "suspicious", "Names modules that are not well known", READ_IT
)
CTX_SCRIPT = rule("CTX-005", "medium", "suspicious", "A script or program", READ_IT)
CTX_IMPORT_LINES = rule(
    "CTX-006", "high", "suspicious", "Python would run lines of this file", READ_IT
)
CTX_TEMPLATE = rule(
    "CTX-007", "high", "suspicious", "A template reaches for more than messages", READ_IT
)
CTX_TEMPLATE_REACHES = rule(
    "CTX-008",
    "critical",
    "dangerous",
    "A template would reach into the program that uses it",
    READ_IT,
)
CTX_TEMPLATE_BROKEN = rule(
    "CTX-009", "medium", "error", "A template cannot be read to its end", UPLOAD_AGAIN
)
CTX_NEIGHBOUR = rule(
    "CTX-020",
    "medium",
    "suspicious",
    "Needs files that are not beside it",
    "Upload the missing files, or remove the file that names them.",
)
