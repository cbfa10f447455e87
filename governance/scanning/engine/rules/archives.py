"""Archives of the zip family: ZIP."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, UPLOAD_AGAIN, rule

ZIP_UNREADABLE = rule("ZIP-001", "high", "error", "The archive cannot be read", UPLOAD_AGAIN)
ZIP_POLYGLOT = rule(
    "ZIP-002", "high", "suspicious", "The archive is hidden in another file", UPLOAD_AGAIN
)
ZIP_DISAGREES = rule(
    "ZIP-003", "high", "suspicious", "The archive describes a member in two ways", UPLOAD_AGAIN
)
ZIP_DUPLICATE = rule(
    "ZIP-004", "high", "suspicious", "Two members have the same name", UPLOAD_AGAIN
)
ZIP_GAPS = rule(
    "ZIP-005", "medium", "suspicious", "Bytes of the archive belong to no member", UPLOAD_AGAIN
)
ZIP_OVERLAP = rule("ZIP-006", "high", "suspicious", "Members of the archive overlap", UPLOAD_AGAIN)
ZIP_LOCKED = rule(
    "ZIP-007", "medium", "unscannable", "A member is encrypted", "Store it without a password."
)
ZIP_METHOD = rule(
    "ZIP-008",
    "medium",
    "unscannable",
    "A member is compressed in an unusual way",
    "Store it uncompressed or deflated.",
)
ZIP_PATH = rule(
    "ZIP-009", "high", "suspicious", "A member's name leads out of the archive", UPLOAD_AGAIN
)
ZIP_CHECKSUM = rule("ZIP-010", "medium", "suspicious", "A member's checksum is wrong", UPLOAD_AGAIN)
ZIP_DEPTH = rule("ZIP-011", "medium", "error", "Archives lie too deep in one another", PLAIN)
ZIP_LINK = rule("ZIP-012", "high", "suspicious", "A member is a link", UPLOAD_AGAIN)
