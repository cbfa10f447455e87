"""TensorFlow's graphs, saved models and checkpoints: TFG."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

_EXPORT = "Export the model again for inference only, without this operation."

TFG_BROKEN = rule("TFG-001", "high", "error", "The graph cannot be read to its end", UPLOAD_AGAIN)
TFG_EXTRA = rule(
    "TFG-002", "medium", "suspicious", "Holds something that is no part of a graph", UPLOAD_AGAIN
)
TFG_CODE = rule("TFG-003", "critical", "dangerous", "Would run code outside of the graph", _EXPORT)
TFG_FILES = rule("TFG-004", "critical", "dangerous", "Would read or write files", _EXPORT)
TFG_NETWORK = rule("TFG-005", "critical", "dangerous", "Would talk to other machines", _EXPORT)
TFG_HOST = rule("TFG-006", "high", "suspicious", "Reaches out of the graph", _EXPORT)
TFG_DATA = rule("TFG-007", "medium", "suspicious", "Would read training data from files", _EXPORT)
TFG_UNKNOWN = rule(
    "TFG-008", "medium", "suspicious", "Needs operators that are not known here", _EXPORT
)
TFG_COMPILED = rule(
    "TFG-009", "medium", "unscannable", "Holds a compiled part that cannot be read", PLAIN
)
TFG_ASSET = rule(
    "TFG-010", "critical", "dangerous", "Would read files outside of the model", UPLOAD_AGAIN
)
TFG_TEXT = rule("TFG-011", "high", "suspicious", "A text in the graph holds a program", READ_IT)
TFG_TENSOR = rule(
    "TFG-012", "medium", "suspicious", "A constant does not have the size it claims", UPLOAD_AGAIN
)
TFG_CHECKPOINT = rule(
    "TFG-013", "high", "suspicious", "An index of variables is described wrongly", UPLOAD_AGAIN
)
