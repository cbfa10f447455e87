"""ONNX models: ONX."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

_EXPORT = "Export the model again with standard operators only."
_BESIDE = "Save the model again so that its data lies beside it, under a plain name."

ONX_BROKEN = rule(
    "ONX-001", "high", "error", "The ONNX model cannot be read to its end", UPLOAD_AGAIN
)
ONX_EXTRA = rule(
    "ONX-002", "medium", "suspicious", "Holds something that is no part of an ONNX model", UPLOAD_AGAIN
)  # fmt: skip
ONX_OUTSIDE = rule(
    "ONX-003", "critical", "dangerous", "Would read files outside of the model", _BESIDE
)
ONX_EXTERNAL = rule(
    "ONX-004", "high", "suspicious", "Describes its outside data in an unusual way", _BESIDE
)
ONX_TENSOR = rule(
    "ONX-005", "medium", "suspicious", "A tensor does not have the size it claims", UPLOAD_AGAIN
)
ONX_OPERATOR = rule(
    "ONX-006", "medium", "suspicious", "Needs operators that are not known here", _EXPORT
)
ONX_CODE = rule("ONX-007", "critical", "dangerous", "Would run code outside of the model", _EXPORT)
ONX_TEXT = rule("ONX-008", "high", "suspicious", "A description holds a program", READ_IT)
ONX_COMPILED = rule(
    "ONX-009", "medium", "unscannable", "Holds a compiled part that cannot be read", PLAIN
)
ONX_MANY = rule("ONX-010", "medium", "suspicious", "Uses more outside files than can be followed", _BESIDE)  # fmt: skip
