"""Objects and workspaces of R: RDS."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

DATA = "Store the data as CSV, Parquet or safetensors instead."

PROMISE = rule("RDS-001", "critical", "dangerous", "Would run code when it is used", DATA)
DENIED = rule(
    "RDS-002", "critical", "dangerous", "Holds code that runs programs or reads files", DATA
)
CODE = rule("RDS-003", "medium", "suspicious", "Holds functions", READ_IT)
POINTER = rule("RDS-004", "high", "suspicious", "Holds addresses of memory", DATA)
BROKEN = rule("RDS-005", "high", "error", "The object cannot be read to its end", UPLOAD_AGAIN)
TRAILING = rule(
    "RDS-006", "medium", "suspicious", "Bytes follow the end of the object", UPLOAD_AGAIN
)
UNREAD = rule("RDS-007", "low", "unscannable", "A kind of object that cannot be read here", PLAIN)
LIMITS = rule("RDS-008", "medium", "error", "The object is too large or too deep to read", PLAIN)
BYTECODE = rule("RDS-009", "high", "suspicious", "Holds compiled program text", READ_IT)
