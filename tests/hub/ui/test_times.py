from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import time_machine

from hub.ui.times import ago, in_days, when, when_exactly

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_a_moment_is_printed_as_its_day_and_keeps_the_rest_in_the_title() -> None:
    moment = datetime(2025, 11, 3, 9, 12, 30, tzinfo=UTC)

    assert when(moment) == (
        '<time datetime="2025-11-03T09:12:30Z" title="3 Nov 2025, 09:12 UTC">3 Nov 2025</time>'
    )


def test_other_zones_are_told_in_utc() -> None:
    late = datetime(2025, 11, 3, 23, 30, tzinfo=timezone(timedelta(hours=-3)))

    assert ">4 Nov 2025, 02:30 UTC<" in when_exactly(late)


def test_a_day_has_no_hour() -> None:
    assert when(date(2025, 11, 3)) == '<time datetime="2025-11-03">3 Nov 2025</time>'


def test_nothing_is_printed_for_no_moment() -> None:
    assert (when(None), ago(None), in_days(None)) == ("", "", "")


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("distance", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(days=30), "30 days ago"),
        (timedelta(days=31), "21 Oct 2026"),
        (timedelta(days=-2), "23 Nov 2026"),
    ],
)
def test_recent_moments_are_told_as_distances(distance: timedelta, said: str) -> None:
    assert f">{said}</time>" in ago(NOW - distance)


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "tomorrow"), (5, "in 5 days"), (-1, "1 day late"), (-3, "3 days late")],
)
def test_a_due_day_is_told_in_days(days: int, said: str) -> None:
    assert in_days(NOW.date() + timedelta(days=days)) == said
    assert in_days(NOW + timedelta(days=days)) == said
