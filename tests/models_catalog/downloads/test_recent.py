"""The drawing of downloads: weeks of an old model, days of a young one."""

from __future__ import annotations

from datetime import date, timedelta

from models_catalog.downloads.recent import WEEKS, drawn

TODAY = date(2026, 7, 31)


def counts(days: int, each: int = 1) -> dict[date, int]:
    return {TODAY - timedelta(days=number): each for number in range(days)}


def test_an_old_model_is_drawn_by_the_week():
    found = drawn(counts(7 * WEEKS), today=TODAY)

    assert found.step == 7
    assert list(found.points) == [7] * WEEKS
    assert (found.start, found.end) == (TODAY - timedelta(days=7 * WEEKS - 1), TODAY)


def test_a_young_model_is_drawn_by_the_day():
    found = drawn(counts(20, 3), today=TODAY)

    assert (found.step, list(found.points)) == (1, [3] * 20)


def test_a_model_of_today_is_drawn_over_two_weeks():
    found = drawn(counts(1, 5), today=TODAY)

    assert list(found.points) == [0] * 13 + [5]


def test_the_sum_is_of_thirty_days_whatever_is_drawn():
    assert drawn(counts(100), today=TODAY).month == 30
    assert drawn(counts(10), today=TODAY).month == 10
