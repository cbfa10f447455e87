"""MessagePack, as Flax and spaCy write it: MSG."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

BROKEN = rule("MSG-001", "high", "error", "The file cannot be read to its end", UPLOAD_AGAIN)
TRAILING = rule("MSG-002", "medium", "suspicious", "Bytes follow the end of the data", UPLOAD_AGAIN)
EXTENSION = rule("MSG-003", "medium", "suspicious", "Holds objects of an unknown kind", READ_IT)
OBJECTS = rule("MSG-004", "high", "dangerous", "An array of arbitrary objects", PLAIN)
LIMITS = rule("MSG-005", "medium", "error", "The file is too large or too deep to read", PLAIN)
ARRAY = rule("MSG-006", "medium", "suspicious", "An array is described wrongly", UPLOAD_AGAIN)
REPEATED = rule("MSG-007", "medium", "suspicious", "A name occurs twice", UPLOAD_AGAIN)
