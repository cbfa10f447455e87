"""Text and JSON: TXT. The number 003 was that of templates, which have a family of their own."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, READ_IT, rule

TXT_ENCODING = rule(
    "TXT-001", "low", "unscannable", "Begins as text, but is not", "Store text as UTF-8."
)
TXT_YAML_OBJECT = rule(
    "TXT-002", "high", "suspicious", "Text that makes Python objects when loaded", READ_IT
)
JSON_LIMITS = rule(
    "TXT-004", "low", "unscannable", "The JSON is too large or too deep to read", PLAIN
)
