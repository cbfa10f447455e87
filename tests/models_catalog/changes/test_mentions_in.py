"""What in a text is a name."""

from __future__ import annotations

import time

import pytest

from models_catalog.changes.mentions import MOST_NAMES, mentions_in


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@ada, look", ["@ada"]),
        ("Ask @ada.", ["@ada"]),
        ("(@ada)", ["@ada"]),
        ("@mei-lin_2 and @Kofi.A", ["@mei-lin_2", "@Kofi.A"]),
        ("@savanna/field please", ["@savanna/field"]),
        ("@ada @ada", ["@ada", "@ada"]),
        ("ada@example.org", []),
        ("`@ada`", []),
        ("``a ` @ada``", []),
        ("```\n@ada\n```\n@mei", ["@mei"]),
        ("```\n@ada", []),
        ("a ` b @ada", ["@ada"]),
        ("@savanna/field/more", []),
        ("@ada@mei", []),
        ("https://example.org/@ada", []),
        ("@", []),
    ],
)
def test_names_stand_alone_and_outside_of_code(text, named):
    assert [text[each.start : each.end] for each in mentions_in(text)] == named


def test_names_after_the_twentieth_are_only_text():
    text = " ".join(f"@person{number}x" for number in range(MOST_NAMES + 5)) + " @person0x"

    found = [text[each.start : each.end] for each in mentions_in(text)]

    assert found == [*(f"@person{number}x" for number in range(MOST_NAMES)), "@person0x"]


@pytest.mark.parametrize("piece", ["@a.", "`", "@a`", "``@", "@a/a", "@" + "a.a" * 30 + "/"])
def test_no_text_takes_long(piece):
    started = time.monotonic()

    mentions_in(piece * (20_000 // len(piece)))

    assert time.monotonic() - started < 1
