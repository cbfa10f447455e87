"""Growth-ring mark: one ring per released version, the same for the same name for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from random import Random

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

CENTRE = 24.0
BARK_RADIUS = 21.2
PITH_RADIUS = 3.4
MOST_RINGS = 9
SIZES = (24, 36, 44, 88)
HUES = ("d1", "d2", "d3", "d4", "d5", "d6")

Ellipse = tuple[float, float, float, float, float]


@lru_cache(maxsize=4096)
def ring_mark(
    full_name: str, *, versions: int = 1, hue: str = "d6", is_open: bool = False, size: int = 44
) -> SafeString:
    """The SVG for a model, 300 to 900 bytes; ``is_open`` dashes the bark because nobody has approved the version."""
    rings = min(max(versions, 1), MOST_RINGS)
    seed = hashlib.md5(full_name.encode(), usedforsecurity=False).digest()
    chance = Random(seed)  # noqa: S311 - a drawing, not a secret
    turn = chance.randrange(180)
    pith_x, pith_y = CENTRE + chance.uniform(-3, 3), CENTRE + chance.uniform(-3, 3)
    bark, *inner = _ellipses(chance, rings, pith_x, pith_y)
    return format_html(
        '<svg class="ring{}" data-hue="{}" data-size="{}" viewBox="0 0 48 48" aria-hidden="true">'
        '<g transform="rotate({} 24 24)">{}{}<circle class="pith" cx="{}" cy="{}" r="1.6"/></g></svg>',
        " open" if is_open else "",
        hue,
        size,
        turn,
        format_html(
            '<ellipse class="bark" cx="{}" cy="{}" rx="{}" ry="{}" stroke-width="{}"/>',
            *_short(bark),
        ),
        format_html_join(
            "", '<ellipse cx="{}" cy="{}" rx="{}" ry="{}" stroke-width="{}"/>', map(_short, inner)
        ),
        f"{pith_x:.1f}",
        f"{pith_y:.1f}",
    )


def _ellipses(chance: Random, rings: int, pith_x: float, pith_y: float) -> Iterator[Ellipse]:
    """From the bark inwards; the centres slide from the middle to the pith."""
    flat = chance.uniform(0.04, 0.09)
    widths = [chance.uniform(0.6, 1.4) for _ in range(rings)]
    room = BARK_RADIUS - PITH_RADIUS
    radius = BARK_RADIUS
    for number, width in enumerate(widths):
        slide = 1 - (radius - PITH_RADIUS) / room
        yield (
            CENTRE + (pith_x - CENTRE) * slide,
            CENTRE + (pith_y - CENTRE) * slide,
            radius * (1 + flat),
            radius * (1 - flat),
            chance.uniform(0.8, 1.5) if number else 1.9,
        )
        radius -= room * width / sum(widths)


def _short(ellipse: Ellipse) -> tuple[str, ...]:
    return tuple(f"{number:.1f}" for number in ellipse)


def initials(name: str) -> str:
    """Up to two letters for an avatar."""
    words = [
        part for part in name.replace("-", " ").replace("_", " ").replace(".", " ").split() if part
    ]
    letters = words[0][:2] if len(words) == 1 else "".join(part[0] for part in words[:2])
    return letters.upper() or "?"


def avatar_mark(name: str, *, is_organization: bool = False, size: int = 20) -> SafeString:
    """Initials on a tint; square for organisations, round for people. The name must stand beside it as text."""
    hue = HUES[hashlib.md5(name.encode(), usedforsecurity=False).digest()[0] % len(HUES)]
    return format_html(
        '<span class="ava{}" data-hue="{}" data-size="{}" aria-hidden="true">{}</span>',
        "" if is_organization else " person",
        hue,
        size,
        initials(name) if name.strip() else "?",
    )
