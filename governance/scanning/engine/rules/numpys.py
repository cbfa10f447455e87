"""NumPy arrays in files of their own: NPY."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import UPLOAD_AGAIN, rule

NPY_HEADER = rule("NPY-001", "high", "error", "The array's header cannot be read", UPLOAD_AGAIN)
NPY_LENGTH = rule(
    "NPY-002", "medium", "suspicious", "The array's size does not fit its bytes", UPLOAD_AGAIN
)
NPY_OBJECTS = rule(
    "NPY-003", "high", "error", "An array of objects holds no readable pickle", UPLOAD_AGAIN
)
