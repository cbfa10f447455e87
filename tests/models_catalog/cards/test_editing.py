from __future__ import annotations

import pytest

from models_catalog.cards.editing import CannotEdit, with_values

CARD = """\
---
# facts
license: mit   # ours
region: "eu"  # where
tags:
- a
- b
# after the list
note: |
  two
  # lines
team: ops
---

# Leaf --- and more
region: not a fact
"""


def edit(card, **values):
    return with_values(card.encode(), values).decode()


@pytest.mark.parametrize(
    ("values", "was", "now"),
    [
        ({"region": "us"}, 'region: "eu"  # where\n', "region: us  # where\n"),
        ({"region": None}, 'region: "eu"  # where\n', ""),
        ({"team": None}, "team: ops\n", ""),
        ({"note": "one"}, "note: |\n  two\n  # lines\n", "note: one\n"),
        (
            {"score": 1.5, "approved": True},
            "team: ops\n",
            "team: ops\nscore: 1.5\napproved: true\n",
        ),
        ({"region": "yes"}, 'region: "eu"', 'region: "yes"'),
        ({"region": "a: b #c"}, 'region: "eu"', 'region: "a: b #c"'),
        ({"region": '"\\'}, 'region: "eu"', 'region: "\\"\\\\"'),
        ({"region": "2026-01-02"}, 'region: "eu"', "region: 2026-01-02"),
        ({"region": "1.5"}, 'region: "eu"', 'region: "1.5"'),
        ({"region": 1e-7}, 'region: "eu"', "region: 1.0e-07"),
        ({"absent": None}, "", ""),
    ],
)
def test_only_the_lines_of_a_fact_change(values, was, now):
    assert edit(CARD, **values) == CARD.replace(was, now, 1)


def test_a_list_gives_way_to_a_value_and_what_follows_it_stays():
    card = "---\nteam:\n- a\n# note\n\nregion: eu\n---\nText"

    assert edit(card, team="ops") == "---\nteam: ops\n# note\n\nregion: eu\n---\nText"


def test_the_ends_of_lines_and_the_mark_at_the_top_stay():
    card = "\ufeff---\r\nregion: eu\r\n---\r\nText\r\n"

    assert edit(card, region="us", team="ops") == (
        "\ufeff---\r\nregion: us\r\nteam: ops\r\n---\r\nText\r\n"
    )


def test_a_card_without_a_head_gets_one():
    assert edit("# Leaf\n", region="eu") == "---\nregion: eu\n---\n# Leaf\n"
    assert edit("---\n---\n# Leaf\n", region="eu") == "---\nregion: eu\n---\n# Leaf\n"
    assert edit("# Leaf\n", region=None) == "# Leaf\n"
    assert edit("", region="eu") == "---\nregion: eu\n---\n"


@pytest.mark.parametrize(
    "head",
    [
        "region: eu\nregion: us\n",
        "{region: eu}\n",
        "- region\n",
        "region: [unclosed\n",
        "region: &a eu\nteam: *a\n",
        "region: !x eu\n",
        "a: " + "x" * 70_000 + "\n",
    ],
)
def test_a_head_that_only_its_authors_can_change_is_left_alone(head):
    with pytest.raises(CannotEdit):
        edit(f"---\n{head}---\n", team="ops")


def test_bytes_that_are_no_text_are_left_alone():
    with pytest.raises(CannotEdit):
        with_values(b"---\nregion: \xff\n---\n", {"region": "eu"})
