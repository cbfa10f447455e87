"""Whether a name that a file gives of another file stays beside it."""

from __future__ import annotations

_SIGNS = frozenset('*?<>|$%"')
_MAX_NAME = 4096


def leads_out(name: str) -> str:
    """Why a relative name is not plain; empty when it names something in this folder or below it."""
    parts = name.split("/")
    reasons = {
        "it is empty": not name,
        "it is too long for a name": len(name) > _MAX_NAME,
        "it holds characters that cannot be seen": not name.isprintable(),
        "it holds a backslash, which some systems take for a folder": "\\" in name,
        "it names a drive or an address": ":" in name,
        "it does not begin in this folder": name.startswith(("/", "~")),
        "it leads out of this folder": any(_is_upwards(part) for part in parts),
        "it holds signs that stand for other names": not _SIGNS.isdisjoint(name),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _is_upwards(part: str) -> bool:
    return part.startswith("..") and not part.rstrip(". ")


def beside(path: str, name: str) -> str:
    """The path of ``name`` as the file at ``path`` means it; only for names that do not lead out."""
    folder = path.rpartition("/")[0]
    parts = [part for part in name.split("/") if part not in ("", ".")]
    return "/".join([folder, *parts] if folder else parts)
