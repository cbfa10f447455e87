"""NeMo models and others that Hydra puts together: NEM."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import READ_IT, UPLOAD_AGAIN, rule

REMOVE = "Remove the entry, save the model again and upload it."

DENIED = rule(
    "NEM-001", "critical", "dangerous", "Would call code that a model never needs", REMOVE
)
UNKNOWN = rule("NEM-002", "medium", "suspicious", "Would call code that is not known here", READ_IT)
COMPUTED = rule("NEM-003", "high", "suspicious", "Works out what to call while loading", REMOVE)
BROKEN = rule("NEM-004", "high", "error", "The settings of the model cannot be read", UPLOAD_AGAIN)
