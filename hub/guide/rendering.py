"""From ``pages/<slug>.md`` to a page: filled in with what the code says, then rendered like a card, once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.template import Context, Engine

from hub.guide.chapters import BY_SLUG, CHAPTERS
from hub.guide.instance import Instance, this_instance
from hub.guide.markup import Heading, finish, languages
from models_catalog.cards.dialect import to_html

PAGES = Path(__file__).parent / "pages"
KEPT = 4 * len(CHAPTERS)  # one instance has one configuration; tests have several


@dataclass(frozen=True, slots=True)
class Rendered:
    """The body of a chapter, its headings for the list of contents, and the icons that the page must bring."""

    html: str
    contents: tuple[Heading, ...]
    icons: tuple[str, ...]


def rendered(slug: str) -> Rendered:
    """The chapter as this hub tells it. Raises ``KeyError`` for others."""
    return _rendered(slug, this_instance())


@lru_cache(maxsize=KEPT)
def _rendered(slug: str, instance: Instance) -> Rendered:
    text = source(slug, instance)
    html, contents = finish(to_html(text), languages(text))
    icons = sorted(set(re.findall(r'href="#i-([a-z0-9-]+)"', html)))
    return Rendered(html, contents, tuple(icons))


def source(slug: str, instance: Instance) -> str:
    """The chapter's Markdown with every value filled in."""
    values = BY_SLUG[slug].values() | {"instance": instance, "hub": instance.hub}
    template = _engine().get_template(f"{slug}.md")
    return str(template.render(Context(values)))


@lru_cache(maxsize=1)
def _engine() -> Engine:
    """An engine of its own: it finds the chapters and nothing else. What it fills in is escaped as in every page."""
    tags = ["hub.ui.templatetags.ui", "django.templatetags.i18n"]
    return Engine(dirs=[str(PAGES)], builtins=tags)
