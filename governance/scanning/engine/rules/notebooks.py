"""Notebooks: NBK."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import READ_IT, UPLOAD_AGAIN, rule

NBK_CODE = rule("NBK-001", "medium", "suspicious", "A notebook with code in it", READ_IT)
NBK_SHELL = rule("NBK-002", "high", "suspicious", "A notebook that runs commands", READ_IT)
NBK_ACTIVE = rule(
    "NBK-003", "high", "suspicious", "A notebook that would run scripts when shown", READ_IT
)
NBK_BROKEN = rule("NBK-004", "medium", "error", "The notebook cannot be read", UPLOAD_AGAIN)
