"""The names of rules: a SHA-256 over their canonical JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def rules_digest(stored: Mapping[str, Any]) -> str:
    """The name of exactly these rules: equal for equal rules, whatever they came from and in whatever order."""
    canonical = json.dumps(stored, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
