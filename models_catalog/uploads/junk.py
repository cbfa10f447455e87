"""Files that file managers and tools leave in folders and that nobody means to publish."""

from __future__ import annotations

# One list for server and browser: the upload page hands it to its script.
JUNK = frozenset(
    {
        ".ds_store",
        ".git",
        ".hg",
        ".ipynb_checkpoints",
        ".svn",
        "__macosx",
        "__pycache__",
        "desktop.ini",
        "thumbs.db",
    }
)


def is_junk(path: str) -> bool:
    """Whether the file, or a folder it is in, is left out of uploads."""
    return any(part in JUNK for part in path.lower().split("/"))
