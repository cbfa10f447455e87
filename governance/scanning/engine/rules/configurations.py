"""Configurations that make a loader do more than read them: CFG."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, UPLOAD_AGAIN, rule

CFG_REPEATED = rule(
    "CFG-001", "high", "suspicious", "Says one thing twice and differently", UPLOAD_AGAIN
)
CFG_OWN_CODE = rule("CFG-002", "high", "suspicious", "Asks for code that no library has", READ_IT)
CFG_TARGET = rule(
    "CFG-003", "critical", "dangerous", "Names code to run that no model needs", READ_IT
)
CFG_INSTALLS = rule(
    "CFG-004", "medium", "suspicious", "Would install from an unusual place", READ_IT
)
CFG_BUILDS = rule("CFG-005", "medium", "suspicious", "Would run code when it is built", READ_IT)
CFG_LOADER = rule("CFG-006", "high", "suspicious", "Is loaded by code of its own", READ_IT)
CFG_OUTSIDE = rule(
    "CFG-007", "medium", "suspicious", "Points at files outside of the model", READ_IT
)
CFG_STARTS = rule("CFG-010", "high", "suspicious", "Would run commands when it is used", READ_IT)
CFG_LINES = rule("CFG-008", "medium", "error", "Some lines cannot be read", UPLOAD_AGAIN)
CFG_NAMES = rule("CFG-009", "medium", "error", "The configuration is no such file", PLAIN)
