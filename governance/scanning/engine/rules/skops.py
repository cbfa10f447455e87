"""skops files: SKO."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import READ_IT, UPLOAD_AGAIN, rule

AGAIN = "Save the model again from a program that you know, and delete this file."

DENIED = rule("SKO-001", "critical", "dangerous", "Names code that a model never needs", AGAIN)
UNKNOWN = rule("SKO-002", "medium", "suspicious", "Needs code that is not known here", READ_IT)
REACHES = rule("SKO-003", "high", "dangerous", "Reaches into an object by a name", AGAIN)
BROKEN = rule(
    "SKO-004", "high", "error", "The description of the model cannot be read", UPLOAD_AGAIN
)
MISSING = rule("SKO-005", "medium", "error", "A part of the model is missing", UPLOAD_AGAIN)
MISLABELLED = rule(
    "SKO-006", "high", "suspicious", "A part of the model is described in two ways", AGAIN
)
LOADER = rule("SKO-007", "high", "suspicious", "Asks for a loader that is not known", AGAIN)
