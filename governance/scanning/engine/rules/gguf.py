"""GGUF models: GGU."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

GGU_BROKEN = rule("GGU-001", "high", "error", "The GGUF model cannot be read to its end", UPLOAD_AGAIN)  # fmt: skip
GGU_REPEATED = rule(
    "GGU-002", "high", "suspicious", "Says the same thing twice in different ways", UPLOAD_AGAIN
)
GGU_TENSOR = rule("GGU-003", "high", "suspicious", "A tensor is described wrongly", UPLOAD_AGAIN)
GGU_OVERLAP = rule("GGU-004", "high", "suspicious", "Tensors overlap", UPLOAD_AGAIN)
GGU_GAP = rule("GGU-005", "high", "suspicious", "Bytes of the file belong to no tensor", UPLOAD_AGAIN)  # fmt: skip
GGU_TEXT = rule("GGU-006", "high", "suspicious", "A setting holds a program", READ_IT)
GGU_VERSION = rule("GGU-007", "low", "unscannable", "A version of GGUF that cannot be read", PLAIN)
GGU_TYPE = rule("GGU-008", "low", "unscannable", "A tensor has a type that is not known", PLAIN)
