"""The one validator of file paths, for every way in (upload, commit, git, API, archives)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from hub.core.errors import Invalid

MAX_PATH_BYTES = 1000
MAX_COMPONENT_BYTES = 255
MAX_DEPTH = 32  # folders, one in another
MAX_FILES = 100_000  # in one revision
MAX_FOLDERS = 20_000
_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_WINDOWS_DEVICES = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        *(f"com{i}" for i in range(1, 10)),
        *(f"lpt{i}" for i in range(1, 10)),
    ]
)


def check_path(path: str) -> str:
    """The path in normal form (NFC). Raises ``Invalid`` about what git, Windows or macOS could misread.

    After git's ``core.protectNTFS`` and ``core.protectHFS``: no ``.git`` in any disguise.
    """
    path = unicodedata.normalize("NFC", path)
    if not path or path.startswith("/") or path.endswith("/") or "//" in path:
        raise _bad(path, "write it as folder/file, without a slash at either end")
    if len(path.encode("utf-8", "surrogatepass")) > MAX_PATH_BYTES:
        raise _bad(path[:60] + "…", f"it is longer than {MAX_PATH_BYTES} bytes")
    components = path.split("/")
    if len(components) > MAX_DEPTH + 1:
        raise _bad(path[:60] + "…", f"it lies in more than {MAX_DEPTH} folders")
    for component in components:
        _check_component(path, component)
    return path


def _check_component(path: str, component: str) -> None:
    if component in (".", ".."):
        raise _bad(path, "“.” and “..” are not allowed in it")
    if len(component.encode("utf-8", "surrogatepass")) > MAX_COMPONENT_BYTES:
        raise _bad(path, f"a part of it is longer than {MAX_COMPONENT_BYTES} bytes")
    if any(unicodedata.category(character) in _FORBIDDEN_CATEGORIES for character in component):
        raise _bad(path, "it holds invisible or unassigned characters")
    if any(character in '\\:*?"<>|' for character in component):
        raise _bad(
            path,
            'the characters \\ : * ? " < > | are not allowed, because Windows cannot store them',
        )
    if component[-1] in ". " or component[0] == " ":
        raise _bad(path, "a part of it begins with a space or ends with a space or dot")
    bare = component.lower().split(".")[0]
    if bare in _WINDOWS_DEVICES:
        raise _bad(path, f"“{component}” is a device name on Windows")
    if component.lower() in (".git", "git~1", ".gitmodules"):
        raise _bad(path, f"“{component}” is kept for git")


def check_tree(paths: Iterable[str]) -> None:
    """Refuse a set of paths that no disk could hold, or that is too much for one revision.

    That is a file where another path needs a folder, or names that differ only by case. Raises ``Invalid``.
    """
    files: dict[str, str] = {}
    for path in paths:
        other = files.setdefault(path.casefold(), path)
        if other != path:
            raise Invalid(
                _(
                    "“{path}” and “{other}” differ only by case; Windows and macOS cannot hold both."
                ).format(path=path, other=other)
            )
    if len(files) > MAX_FILES:
        raise Invalid(
            _("A revision holds {max_files:,} files at most; pack small ones together.").format(
                max_files=MAX_FILES
            )
        )
    folders = {folder: path for path in files.values() for folder in folders_above(path)}
    if len(folders) > MAX_FOLDERS:
        raise Invalid(
            _("A revision holds {max_folders:,} folders at most.").format(max_folders=MAX_FOLDERS)
        )
    for folder, path in folders.items():
        if folder.casefold() in files:
            raise Invalid(
                _("“{files}” is a file, so “{path}” cannot be in it.").format(
                    files=files[folder.casefold()], path=path
                )
            )


def folders_above(path: str) -> Iterator[str]:
    """Every folder that the path lies in, the nearest first."""
    while "/" in path:
        path = path.rsplit("/", 1)[0]
        yield path


def _bad(path: str, why: str) -> Invalid:
    shown = "".join(
        c if unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for c in path
    )
    return Invalid(
        _("The file name “{shown}” cannot be used: {why}.").format(shown=shown, why=why),
        field="path",
    )
