"""Passwords, keys and tokens: SEC. They are no danger to whoever loads the file, but to whoever published it."""

from __future__ import annotations

from governance.scanning.engine.rules.rule import rule

_REVOKE = (
    "Revoke it where it was issued, then remove it from the file; whoever saw the file may have it."
)

SEC_KEY = rule("SEC-001", "high", "suspicious", "Holds a private key", _REVOKE)
SEC_TOKEN = rule("SEC-002", "high", "suspicious", "Holds an access token", _REVOKE)
SEC_PASSWORD = rule("SEC-003", "high", "suspicious", "Holds a password", _REVOKE)
SEC_FILE = rule(
    "SEC-004", "medium", "suspicious", "A file in which programs keep passwords", _REVOKE
)
