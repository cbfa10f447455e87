"""The collection in cross-section: a ring per quarter, its area the versions approved in it. Geometry, no queries.

A young collection, whose quarters would make no rings to speak of, shows a ring per approved version.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin, sqrt

CENTRE = (236.0, 238.0)
PITH = (222.0, 248.0)
RADIUS = 208.0
LEAST = 3  # quarters, below which they say nothing
MOST = 28
POINTS = 14
LABELS_AT = 492
_WAVES = ((2, 0.035, 0.4), (3, 0.024, 2.1), (5, 0.012, 4.0))


@dataclass(frozen=True, slots=True)
class Ring:
    """One closed line; ``is_year`` marks the last quarter of a year."""

    path: str
    is_year: bool


@dataclass(frozen=True, slots=True)
class YearLabel:
    """A year with its versions, and the line that leads to its ring."""

    year: int
    number: int
    x: int
    y: int
    label_y: int

    @property
    def text_y(self) -> int:
        """The line below the year."""
        return self.label_y + 17

    @property
    def lead(self) -> str:
        """From the ring to the label."""
        return f"M{self.x} {self.y}L470 {self.label_y}H486"


@dataclass(frozen=True, slots=True)
class CrossSection:
    """What the template draws; ``is_single`` when each ring is one version."""

    rings: Sequence[Ring]
    labels: Sequence[YearLabel]
    is_single: bool = False
    pith: tuple[float, float] = PITH


def cross_section(quarters: Sequence[tuple[date, int]]) -> CrossSection | None:
    """The drawing; ``None`` before the first approval."""
    if not quarters:
        return None
    is_single = len(quarters) < LEAST and sum(number for _, number in quarters) <= MOST
    if is_single:
        quarters = [(day, 1) for day, number in quarters for _ in range(number)]
    years: dict[int, int] = defaultdict(int)
    last_of_year = {day.year: place for place, (day, _) in enumerate(quarters)}
    total = sum(number for _, number in quarters)
    reached, rings, edges = 0, [], {}
    for place, (day, number) in enumerate(quarters):
        reached += number
        years[day.year] += number
        radius = RADIUS * sqrt(reached / total)
        is_year = last_of_year[day.year] == place
        rings.append(Ring(_outline(radius), is_year=is_year))
        if is_year:
            edges[day.year] = radius
    labelled = sorted(edges)[-4:]
    labels = [
        _label(year, years[year], edges[year], place, len(labelled))
        for place, year in enumerate(labelled)
    ]
    return CrossSection(rings=rings[-MOST:], labels=labels, is_single=is_single)


def _label(year: int, number: int, radius: float, place: int, places: int) -> YearLabel:
    x, y = _point(radius, 0.25 + 0.35 * (place + 1) / places)
    return YearLabel(
        year=year,
        number=number,
        x=round(x),
        y=round(y),
        label_y=round(430 - 62 * (places - 1 - place)),
    )


def _point(radius: float, angle: float) -> tuple[float, float]:
    """A point of the ring: a circle that waves more the larger it is, around a middle that slides from the pith."""
    grown = radius / RADIUS
    wave = 1 + grown * sum(height * sin(number * angle + phase) for number, height, phase in _WAVES)
    middle_x = PITH[0] + (CENTRE[0] - PITH[0]) * grown
    middle_y = PITH[1] + (CENTRE[1] - PITH[1]) * grown
    return middle_x + radius * wave * cos(angle), middle_y + radius * wave * sin(angle)


def _outline(radius: float) -> str:
    """The ring as a path: cubic curves through its points (Catmull-Rom)."""
    points = [_point(radius, 2 * pi * number / POINTS) for number in range(POINTS)]
    parts = [f"M{points[0][0]:.0f} {points[0][1]:.0f}"]
    for number in range(POINTS):
        before, start, end, after = (points[(number + step) % POINTS] for step in (-1, 0, 1, 2))
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        parts.append("C" + " ".join(f"{x:.0f} {y:.0f}" for x, y in (first, second, end)))
    return "".join(parts) + "Z"
