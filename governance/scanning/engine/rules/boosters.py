"""Trees and word vectors: XGBoost, LightGBM, CatBoost, fastText, word2vec: BST."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

BROKEN = rule("BST-001", "high", "error", "The model cannot be read to its end", UPLOAD_AGAIN)
TRAILING = rule(
    "BST-002", "medium", "suspicious", "Bytes follow the end of the model", UPLOAD_AGAIN
)
INDEX = rule("BST-003", "high", "suspicious", "A tree points outside itself", UPLOAD_AGAIN)
OLD_FORM = rule(
    "BST-004",
    "low",
    "unscannable",
    "An old form that cannot be read here",
    "Save the model again in the present form of its library.",
)
REPEATED = rule(
    "BST-005", "medium", "suspicious", "The model is described in two ways", UPLOAD_AGAIN
)
TEXT = rule(
    "BST-006", "medium", "suspicious", "A part of the model is a program or a link", READ_IT
)
LIMITS = rule("BST-007", "medium", "error", "The model is too large to read to its end", PLAIN)
