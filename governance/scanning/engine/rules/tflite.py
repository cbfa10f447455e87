"""TensorFlow Lite models: TFL."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

_EXPORT = "Convert the model again with the operators that TensorFlow Lite itself has."

TFL_BROKEN = rule("TFL-001", "high", "error", "The model cannot be read to its end", UPLOAD_AGAIN)
TFL_TENSOR = rule(
    "TFL-002", "medium", "suspicious", "A tensor does not have the size it claims", UPLOAD_AGAIN
)
TFL_OPERATOR = rule(
    "TFL-003", "medium", "suspicious", "Needs operators that are not known here", _EXPORT
)
TFL_CODE = rule("TFL-004", "critical", "dangerous", "Would reach out of the model", _EXPORT)
TFL_COMPILED = rule(
    "TFL-005", "medium", "unscannable", "Holds a compiled part that cannot be read", PLAIN
)
TFL_TRAILING = rule(
    "TFL-006", "medium", "suspicious", "Bytes of the file belong to no part of the model", UPLOAD_AGAIN
)  # fmt: skip
TFL_TEXT = rule("TFL-007", "high", "suspicious", "A description holds a program", READ_IT)
