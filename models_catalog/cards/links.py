"""Where links and images of a card may lead.

A link to another file of the repo is stored as a placeholder and becomes an address when the card is shown, because
one rendered card serves every revision that holds the same README.md.
"""

from __future__ import annotations

import html as entities
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

ID_PREFIX = "user-content-"
SCHEMES = frozenset({"http", "https", "mailto"})
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
_VALUE = r"""(?:"[^"]*"|'[^']*')"""
_LINK_OR_IMAGE = re.compile(  # as the sanitiser writes them
    rf"(</?a)\b|<img((?: [a-z]+={_VALUE})*) ?/?>"
)
_ATTRIBUTE = re.compile(rf" ([a-z]+)=({_VALUE})")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\\]")


def placeholder(sha256: str) -> str:
    """What stands for the address of the revision.

    It holds the digest of the card, which no card can know of itself, so nobody can write one.
    """
    return f"@{sha256[:32]}/"


@dataclass(frozen=True, slots=True)
class CardPicture:
    """A picture in a card: its path in the repo, its attributes as text, and whether it stands in a link."""

    path: str
    attributes: Mapping[str, str]
    is_linked: bool


def pictures_in(html: str, *, sha256: str) -> list[str]:
    """The paths of a card's pictures, each once, in their order."""
    found: dict[str, None] = {}

    def note(picture: CardPicture) -> str:
        found[picture.path] = None
        return ""

    _with_pictures(html, placeholder(sha256), note)
    return list(found)


def resolve_links(
    html: str, *, sha256: str, files: str, picture: Callable[[CardPicture], str]
) -> str:
    """The card with its placeholders turned into addresses.

    ``files`` is that of the revision's root folder, with a slash at the end; ``picture`` answers the HTML of a picture.
    """
    mark = placeholder(sha256)
    return _with_pictures(html, mark, picture).replace(f'href="{mark}', f'href="{files}')


def _with_pictures(html: str, mark: str, picture: Callable[[CardPicture], str]) -> str:
    depth = 0

    def shown(match: re.Match[str]) -> str:
        nonlocal depth
        if match[1]:
            depth += -1 if match[1] == "</a" else 1
            return match[0]
        given = _ATTRIBUTE.findall(match[2])
        attributes = {name: entities.unescape(value[1:-1]) for name, value in given}
        path = unquote(attributes.pop("src", "").removeprefix(mark))
        return picture(CardPicture(path, attributes, is_linked=depth > 0))

    return _LINK_OR_IMAGE.sub(shown, html)


def link_target(value: str, mark: str) -> str | None:
    """An address that is safe in ``href``: absolute, a fragment, or a placeholder; ``None`` for anything else."""
    value = value.strip()
    if _CONTROLS.search(value):
        return None
    if value.startswith("#"):
        return f"#{ID_PREFIX}{value[1:].removeprefix(ID_PREFIX)}" if len(value) > 1 else None
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    if parts.scheme:
        is_whole = parts.scheme == "mailto" or bool(parts.netloc)
        return value if parts.scheme in SCHEMES and is_whole else None
    if parts.netloc or not parts.path:
        return None
    path = _path_in_repo(parts.path)
    fragment = f"#{quote(unquote(parts.fragment))}" if parts.fragment else ""
    return f"{mark}{quote(path)}{fragment}" if path else None


def image_source(value: str, mark: str) -> str | None:
    """A placeholder for an image of the same revision; ``None`` for images elsewhere and for what is no image."""
    target = link_target(value, mark)
    if target is None or not target.startswith(mark):
        return None
    target = target.partition("#")[0]
    return target if target.lower().endswith(IMAGES) else None


def _path_in_repo(path: str) -> str:
    """``docs/../a.png``, ``./a.png`` and ``/a.png`` as a path from the root; none leads out of it."""
    return posixpath.normpath("/" + unquote(path)).lstrip("/")
