"""Whether a name that a file gives of another file stays beside it."""

from __future__ import annotations

import re

_DRIVE_OR_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MAX_NAME = 4096


def leads_out(name: str) -> str:
    """Why a relative name is not plain; empty when it names something in this folder or below it."""
    if not name:
        return "it is empty"
    if len(name) > _MAX_NAME:
        return "it is too long for a name"
    if "\0" in name or not name.isprintable():
        return "it holds characters that cannot be seen"
    if "\\" in name:
        return "it holds a backslash, which some systems take for a folder"
    if _DRIVE_OR_URL.match(name) or ":" in name:
        return "it names a drive or an address"
    if name.startswith(("/", "~")):
        return "it does not begin in this folder"
    if any(part.rstrip(". ") == "" and part.startswith("..") for part in name.split("/")):
        return "it leads out of this folder"
    if any(character in name for character in "*?<>|$%"):
        return "it holds signs that stand for other names"
    return ""


def beside(path: str, name: str) -> str:
    """The path of ``name`` as the file at ``path`` means it; only for names that do not lead out."""
    folder = path.rpartition("/")[0]
    parts = [part for part in name.split("/") if part not in ("", ".")]
    return "/".join([folder, *parts] if folder else parts)
