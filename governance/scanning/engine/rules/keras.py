"""Keras models, in whichever container: KER."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

BUILT_IN = "Replace it by a built-in layer, save the model again and upload it."

LAMBDA = rule("KER-001", "critical", "dangerous", "A layer holds program text", BUILT_IN)
DENIED = rule("KER-002", "critical", "dangerous", "Names code that a model never needs", BUILT_IN)
FILES = rule(
    "KER-003", "critical", "dangerous", "A layer reads files of whoever loads it", BUILT_IN
)
OTHER_MODEL = rule("KER-004", "critical", "dangerous", "A layer loads another program", BUILT_IN)
CUSTOM = rule("KER-005", "medium", "suspicious", "Needs code that is not part of Keras", READ_IT)
NAMED_LAMBDA = rule(
    "KER-006", "high", "suspicious", "A layer calls a function by its name", READ_IT
)
REPEATED = rule("KER-007", "high", "suspicious", "The model is described in two ways", UPLOAD_AGAIN)
UNREADABLE = rule(
    "KER-008", "high", "error", "The description of the model cannot be read", UPLOAD_AGAIN
)
INCOMPLETE = rule("KER-009", "medium", "error", "A part of the model is missing", UPLOAD_AGAIN)
TOO_LARGE = rule("KER-010", "medium", "error", "The description of the model is too large", PLAIN)
ASSET = rule("KER-011", "medium", "suspicious", "A layer reads a file by its name", BUILT_IN)
