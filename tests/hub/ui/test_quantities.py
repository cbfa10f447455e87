from __future__ import annotations

import pytest

from hub.ui.quantities import count, download_time, exact_bytes, filesize, parameters, short_digest


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0 B"),
        (812, "812 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (14_200, "14.2 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (236_000_000, "236 MB"),
        (3_090_000_000, "3.09 GB"),
        (5 * 10**18, "5000 PB"),
    ],
)
def test_bytes_are_decimal_with_three_digits(value: int, said: str) -> None:
    assert filesize(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(12_000_000, "12 M"), (18_500_000, "18.5 M"), (1_543_714_304, "1.54 B"), (940, "940")],
)
def test_parameters_are_short(value: int, said: str) -> None:
    assert parameters(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (12_480, "12,480"),
        (999_999, "999,999"),
        (1_000_000, "1 million"),
        (1_234_567, "1.2 million"),
        (999_949_999, "999.9 million"),
        (999_950_000, "1 billion"),
    ],
)
def test_counts_have_commas_and_then_words(value: int, said: str) -> None:
    assert count(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (812, "Less than a second"),
        (7_500_000, "About 12 s"),
        (37_300_000, "About 1 min"),
        (3_090_000_000, "About 1 h 22 min"),
        (2_250_000_000, "About 1 h"),
        (140_000_000_000, "About 3 days"),
    ],
)
def test_a_download_says_how_long_it_takes_on_a_slow_line(value: int, said: str) -> None:
    assert download_time(value) == said


def test_the_line_may_be_faster() -> None:
    assert download_time(3_090_000_000, 100) == "About 4 min"


def test_all_digits_are_grouped_by_thin_spaces() -> None:
    assert exact_bytes(5_735_412_096) == "5\u2009735\u2009412\u2009096"


def test_a_digest_is_cut_to_two_groups() -> None:
    assert short_digest("sha256:b5d077e19ac4") == "b5d0 77e1"
