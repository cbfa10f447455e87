"""PDF documents: PDF."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import READ_IT, UPLOAD_AGAIN, rule

_PRINT = "Print it to a new PDF, which leaves out what acts."
PDF_BROKEN = rule("PDF-001", "medium", "error", "The document is damaged", UPLOAD_AGAIN)
PDF_SCRIPT = rule("PDF-002", "critical", "dangerous", "The document would run a script", _PRINT)
PDF_LAUNCH = rule("PDF-003", "critical", "dangerous", "The document would start a program", _PRINT)
PDF_ACTION = rule(
    "PDF-004", "high", "suspicious", "The document does something when it is opened", _PRINT
)
PDF_EMBEDDED = rule("PDF-005", "high", "suspicious", "The document carries another file", READ_IT)
PDF_LOCKED = rule(
    "PDF-006", "medium", "unscannable", "The document is encrypted", "Store it without a password."
)
PDF_HIDDEN = rule(
    "PDF-007", "high", "suspicious", "Something is hidden around the document", UPLOAD_AGAIN
)
PDF_UNREAD = rule(
    "PDF-008", "low", "unscannable", "A part of the document cannot be read here", _PRINT
)
