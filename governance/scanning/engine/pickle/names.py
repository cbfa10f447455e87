"""What is known of an importable name."""

from __future__ import annotations

import re
import unicodedata
from _compat_pickle import IMPORT_MAPPING, NAME_MAPPING
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from governance.scanning.engine.pickle import lists


class Standing(Enum):
    """The opinion on one exact name."""

    ALLOW = "allow"
    CLASS = "class"
    UNKNOWN = "unknown"
    DENY = "deny"


@dataclass(frozen=True, slots=True)
class Opinion:
    """A standing, why, and whether a person would call the name internal."""

    standing: Standing
    category: str = ""
    is_private: bool = False
    is_plain: bool = True
    is_dotted: bool = False


_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_DOTTED = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
_CLASS = re.compile(r"(_?)[A-Z][A-Za-z0-9_]*")


def canonical(module: str, name: str, protocol: int) -> tuple[str, str]:
    """The Python 3 name which the unpickler really imports; below protocol 3 it translates Python 2's."""
    if protocol >= 3:
        return module, name
    renamed: tuple[str, str] | None = NAME_MAPPING.get((module, name))
    if renamed is not None:
        return renamed
    return IMPORT_MAPPING.get(module, module), name


def is_importable(module: str, name: str) -> bool:
    """Whether this could be a real import at all, rather than two lines of prose."""
    folded = unicodedata.normalize("NFKC", module), unicodedata.normalize("NFKC", name)
    return all(text and all(part.isidentifier() for part in text.split(".")) for text in folded)


@lru_cache(maxsize=8192)
def judge(module: str, name: str) -> Opinion:
    """The opinion on a canonical name. Exact names are allowed, never beginnings of names."""
    pair = (module, name)
    if not (_DOTTED.fullmatch(module) and _DOTTED.fullmatch(name)):
        return Opinion(Standing.DENY, _category(*_folded(module, name)), is_plain=False)
    if pair in lists.ALLOW or is_cython_helper(module, name):
        return Opinion(Standing.ALLOW)
    if pair in lists.DENY_NAMES:
        return Opinion(Standing.DENY, lists.DENY_NAMES[pair])
    if "." in name:
        return Opinion(Standing.DENY, _category(module, name), is_dotted=True)
    return _unlisted(module, name)


def is_cython_helper(module: str, name: str) -> bool:
    """Whether this is a function by which an extension class of a known library is put together again."""
    return (
        module.split(".", 1)[0] in _CYTHON_USERS
        and lists.CYTHON_HELPER.fullmatch(name) is not None
        and not _denied_module(module)
    )


_CYTHON_USERS = frozenset({"numpy", "pandas", "scipy", "sklearn"})


def _unlisted(module: str, name: str) -> Opinion:
    """A plain name that stands on no list itself, by the family or module it belongs to."""
    if (module, name) in lists.CAUTION:
        return Opinion(Standing.UNKNOWN)
    if (module, name) in lists.CLASSES or _is_class(name, _family(module)):
        return Opinion(Standing.CLASS)
    category = _denied_module(module)
    if category:
        return Opinion(Standing.DENY, category)
    return Opinion(Standing.UNKNOWN, is_private=_is_private(module, name))


def _family(module: str) -> str | None:
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        package = ".".join(parts[:length])
        if package in lists.DENY_MODULES or package in lists.NO_FAMILY:
            return None
        if package in lists.CLASS_FAMILIES:
            return package
    return None


def _is_class(name: str, family: str | None) -> bool:
    if family == "scipy.stats" and lists.DISTRIBUTIONS.fullmatch(name):
        return True
    match = _CLASS.fullmatch(name)
    if family is None or match is None or name in lists.NO_CLASSES:
        return False
    if family == "transformers" and lists.FILE_READERS.fullmatch(name):
        return False
    return not match.group(1) or lists.CLASS_FAMILIES[family]


def _denied_module(module: str) -> str:
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        category = lists.DENY_MODULES.get(".".join(parts[:length]))
        if category:
            return category
    return "python" if parts[0] in lists.STDLIB else ""


def _category(module: str, name: str) -> str:
    """The worst that a dotted or disguised name hides, looking at each of its parts."""
    exact = lists.DENY_NAMES.get((module, name))
    if exact:
        return exact
    for part in (*module.split("."), *name.split(".")):
        found = lists.DENY_MODULES.get(part.lstrip("_")) or lists.DENY_NAMES.get(("builtins", part))
        if found:
            return found
    return _denied_module(module) or "reach"


def _folded(module: str, name: str) -> tuple[str, str]:
    return unicodedata.normalize("NFKC", module), unicodedata.normalize("NFKC", name)


def _is_private(module: str, name: str) -> bool:
    return any(part.startswith("_") for part in (*module.split("."), name))
