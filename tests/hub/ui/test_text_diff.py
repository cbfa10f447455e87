"""Differences stay short for people's texts, true for all, and quick for those made to be slow."""

from __future__ import annotations

import time

from hub.ui.text_diff import diff_texts


def made_to_be_slow(mark: str, *, turned: bool) -> str:
    """Hundreds of matches of two lines, each sought again through lines that repeat as often as counts as text."""
    pairs = [line for n in range(860) for line in (f"u{n}", f"v{n}", f"{mark}{n}")]
    noise = [f"n{n % 35}" for n in range(1400)]
    return "\n".join(pairs[:2600] + (noise[::-1] if turned else noise))


def test_a_changed_line_is_told_from_those_around_it():
    before = "\n".join(f"line {n}" for n in range(3000))

    found = diff_texts(before, before.replace("line 1500\n", "changed\n"), most=40)

    assert found is not None
    assert (found.added, found.removed) == (1, 1)
    assert [line.kind for line in found.lines] == [" ", " ", " ", "-", "+", " ", " ", " "]


def test_texts_made_to_be_slow_are_compared_in_a_moment_and_truly():
    before, after = made_to_be_slow("a", turned=False), made_to_be_slow("b", turned=True)
    began = time.process_time()

    found = diff_texts(before, after, most=100_000)

    assert time.process_time() - began < 2
    assert found is not None
    kept = {line.text for line in found.lines if line.kind == " "}
    gone = {line.text for line in found.lines if line.kind == "-"}
    come = {line.text for line in found.lines if line.kind == "+"}
    assert set(before.splitlines()) == kept | gone
    assert set(after.splitlines()) == kept | come
