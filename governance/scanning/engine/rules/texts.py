"""Text and JSON: TXT.

The numbers 002 and 003 were those of YAML and templates, which have families of their own.
"""

from __future__ import annotations

from governance.scanning.engine.rules.rule import PLAIN, rule

TXT_ENCODING = rule(
    "TXT-001", "low", "unscannable", "Begins as text, but is not", "Store text as UTF-8."
)
JSON_LIMITS = rule(
    "TXT-004", "low", "unscannable", "The JSON is too large or too deep to read", PLAIN
)
