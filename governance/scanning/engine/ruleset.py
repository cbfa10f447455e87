"""The version of the rules: a short digest over the engine's own source, so any change of code or lists changes it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


@cache
def ruleset_version() -> str:
    """Twelve hexadecimal digits that name this exact engine."""
    root = Path(__file__).parent
    hashing = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        content = path.read_bytes()
        name = path.relative_to(root).as_posix()
        hashing.update(f"{name}\0{len(content)}\0".encode())
        hashing.update(content)
    return hashing.hexdigest()[:12]
