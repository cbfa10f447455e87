"""Small drawings of data: SVG from the server, themed by the stylesheet, with a sentence for those who cannot see them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hub.ui.quantities import filesize

BYTE_HUES = ("d1", "d3", "d5", "d6")
Part = tuple[str, int]


def sparkline(
    values: Sequence[float], *, label: str, start: str = "", end: str = "", small: bool = False
) -> SafeString:
    """One series from a zero baseline, first and last date below. ``label`` says the trend in a sentence."""
    width, height = (100, 28) if small else (320, 58)
    points = _points(values, width, height)
    if not points:
        return SafeString()
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    last_x, last_y = points[-1]
    dates = SafeString()
    if not small:
        dates = format_html(
            '<text x="0" y="73">{}</text><text x="320" y="73" text-anchor="end">{}</text>',
            start,
            end,
        )
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}"><path class="area" d="{}L{} {}L0 {}Z"/>'
        '<path d="{}"/><line x1="0" x2="{}" y1="{}" y2="{}"/>{}<circle cx="{}" cy="{}" r="3"/></svg>',
        width,
        height if small else 76,
        label,
        *(line, width, height, height),
        *(line, width, height, height),
        dates,
        f"{last_x:.1f}",
        f"{last_y:.1f}",
    )


def _points(values: Sequence[float], width: int, height: int) -> list[tuple[float, float]]:
    numbers = [max(float(value), 0.0) for value in values]
    if len(numbers) < 2:
        return []
    top = max(numbers) or 1.0
    step = width / (len(numbers) - 1)
    return [
        (index * step, height - (height - 4) * number / top) for index, number in enumerate(numbers)
    ]


def score_bar(value: float, *, against: float | None = None) -> SafeString:
    """A score on a scale of 0 to 100 and an upright line for the model it came from; the numbers stand beside it."""
    line = SafeString()
    if against is not None:
        line = format_html(
            '<rect class="against" x="{}" width="1" height="14"/>', f"{_percent(against):.1f}"
        )
    return format_html(
        '<svg class="bar" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" y="3" width="100" height="8"/><rect class="value" y="3" width="{}" height="8"/>{}</svg>',
        f"{_percent(value):.1f}",
        line,
    )


def dumbbell(old: float, new: float, *, higher_is_better: bool = True) -> SafeString:
    """Old hollow, new filled, on a scale of 0 to 100; blue when better, rust when worse. The word stands beside it."""
    better = (new >= old) == higher_is_better or new == old
    return format_html(
        '<svg class="dumbbell" data-hue="{}" viewBox="0 0 212 16" aria-hidden="true"><path class="axis" d="M6 8H206"/>'
        '<path class="way" d="M{} 8H{}"/><circle class="old" cx="{}" cy="8" r="4"/><circle class="new" cx="{}" cy="8" r="5"/></svg>',
        "d1" if better else "d2",
        *(f"{6 + 2 * _percent(number):.1f}" for number in (old, new, old, new)),
    )


def _percent(value: float) -> float:
    return min(max(float(value), 0.0), 100.0)


def stacked_bytes(parts: Sequence[Part]) -> SafeString:
    """Where the bytes are: (name, bytes) pairs, the largest three drawn and the rest together, with a legend."""
    shown = _largest(parts)
    total = sum(size for _name, size in shown)
    if total <= 0:
        return SafeString()
    said = ", ".join(f"{name} {filesize(size)}" for name, size in shown)
    bars, left = [], 0.0
    for hue, (_name, size) in zip(BYTE_HUES, shown, strict=False):
        width = 600 * size / total
        bars.append((hue, f"{left:.1f}", f"{max(width - 2, 0.5):.1f}"))
        left += width
    return format_html(
        '<svg class="bytes" viewBox="0 0 600 30" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
        '<div class="legend mt2" aria-hidden="true">{}</div>',
        said,
        format_html_join("", '<rect data-hue="{}" x="{}" width="{}" height="30"/>', bars),
        format_html_join(
            "",
            '<span><svg viewBox="0 0 8 8" data-hue="{}"><rect width="8" height="8"/></svg>{} {}</span>',
            (
                (hue, name, filesize(size))
                for hue, (name, size) in zip(BYTE_HUES, shown, strict=False)
            ),
        ),
    )


def _largest(parts: Sequence[Part]) -> list[Part]:
    ordered = sorted((part for part in parts if part[1] > 0), key=lambda part: -part[1])
    if len(ordered) <= len(BYTE_HUES):
        return ordered
    rest = sum(size for _name, size in ordered[3:])
    return [*ordered[:3], (_("everything else"), rest)]
