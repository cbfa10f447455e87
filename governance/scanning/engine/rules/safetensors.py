"""Safetensors: SFT."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import READ_IT, UPLOAD_AGAIN, rule

SFT_HEADER = rule(
    "SFT-001", "high", "suspicious", "The safetensors header cannot be trusted", UPLOAD_AGAIN
)
SFT_DUPLICATE = rule(
    "SFT-002", "high", "suspicious", "Two tensors have the same name", UPLOAD_AGAIN
)
SFT_TENSOR = rule("SFT-003", "high", "suspicious", "A tensor is described wrongly", UPLOAD_AGAIN)
SFT_OVERLAP = rule("SFT-004", "high", "suspicious", "Tensors overlap", UPLOAD_AGAIN)
SFT_GAP = rule(
    "SFT-005", "high", "suspicious", "Bytes of the file belong to no tensor", UPLOAD_AGAIN
)
SFT_METADATA = rule(
    "SFT-006", "medium", "suspicious", "The metadata is not plain text", UPLOAD_AGAIN
)
SFT_TEXT = rule("SFT-007", "high", "suspicious", "The metadata holds a program", READ_IT)
SFT_INDEX = rule(
    "SFT-008", "critical", "dangerous", "An index of weights leads out of the model", UPLOAD_AGAIN
)
