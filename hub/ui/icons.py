"""Lucide icons: one ``<use>`` where an icon stands, and one sprite per page with only the symbols it uses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from django.template import Context

Shapes = list[tuple[str, dict[str, str]]]


@cache
def _shapes() -> dict[str, Shapes]:
    data = json.loads((Path(__file__).parent / "icons.json").read_text())
    icons: dict[str, Shapes] = data["icons"]
    return icons


def icon_names() -> list[str]:
    """Every icon that the hub holds."""
    return list(_shapes())


def icon_markup(name: str, *, size: str = "", label: str = "") -> SafeString:
    """The mark itself: decorative, or an image with a name when ``label`` is given. Raises ``KeyError`` for others."""
    if name not in _shapes():
        raise KeyError(f"There is no icon called {name!r} in hub/ui/icons.json.")
    classes = f"i i-{size}" if size else "i"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="#i-{}"/></svg>',
            classes,
            label,
            name,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>', classes, name
    )


@cache
def symbol(name: str) -> SafeString:
    """The drawing that ``<use>`` refers to."""
    drawing = format_html_join(
        "", "<{}{}/>", ((tag, _attributes(attributes)) for tag, attributes in _shapes()[name])
    )
    return format_html('<symbol id="i-{}" viewBox="0 0 24 24">{}</symbol>', name, drawing)


def _attributes(attributes: dict[str, str]) -> SafeString:
    return format_html_join("", ' {}="{}"', attributes.items())


def sprite(names: Iterable[str]) -> SafeString:
    """A hidden drawing that holds the symbols of ``names``; nothing when there are none."""
    symbols = format_html_join("", "{}", ((symbol(name),) for name in sorted(names)))
    if not symbols:
        return symbols
    return format_html(
        '<svg class="sprite" width="0" height="0" aria-hidden="true" data-sprite>{}</svg>', symbols
    )


def sprite_for_markup(markup: str) -> SafeString:
    """The sprite for finished HTML, found by its references; unknown names in it are passed over."""
    named = set(re.findall(r'href="#i-([a-z0-9-]+)"', markup))
    return sprite(named & _shapes().keys())


@dataclass(slots=True)
class PageIcons:
    """Which icons one rendering has used, and which of them a sprite already holds."""

    used: set[str] = field(default_factory=set)
    emitted: set[str] = field(default_factory=set)

    def draw(self, name: str, *, size: str = "", label: str = "") -> SafeString:
        """The icon's mark; the page's sprite will hold its symbol."""
        markup = icon_markup(name, size=size, label=label)
        self.used.add(name)
        return markup

    def new_sprite(self) -> SafeString:
        """Symbols that no sprite of this page holds yet."""
        new = self.used - self.emitted
        self.emitted |= new
        return sprite(new)


def page_icons(context: Context) -> PageIcons:
    """The record of this rendering: kept in the bottom dictionary, which includes with ``only`` share."""
    shared = cast("dict[str, object]", context.render_context.dicts[0])
    return cast("PageIcons", shared.setdefault("hub.ui.icons", PageIcons()))
