"""Web pages, drawings and XML: HTM and SVG."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import READ_IT, UPLOAD_AGAIN, rule

_STATIC = "Publish a picture or a page without scripts."

HTM_ACTIVE = rule("HTM-001", "high", "suspicious", "A page that would run scripts", _STATIC)
HTM_OUTSIDE = rule("HTM-002", "medium", "suspicious", "A page that loads from elsewhere", _STATIC)
HTM_ENTITIES = rule(
    "HTM-003", "high", "suspicious", "XML that reads files or unfolds endlessly", READ_IT
)
HTM_UNREADABLE = rule(
    "HTM-004", "medium", "error", "The markup cannot be read to its end", UPLOAD_AGAIN
)
SVG_ACTIVE = rule("SVG-001", "high", "suspicious", "A drawing that would run scripts", _STATIC)
SVG_OUTSIDE = rule(
    "SVG-002", "medium", "suspicious", "A drawing that loads from elsewhere", _STATIC
)
