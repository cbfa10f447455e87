"""What readers get from an honest card."""

from __future__ import annotations

import pytest

from models_catalog.cards.dialect import adapt, to_html
from models_catalog.cards.render import render

FRONT = "---\nlicense: mit\n---\n"


def rendered(body: str):
    return render((FRONT + body).encode())


def test_the_first_heading_is_the_title_and_leaves_the_text():
    card = rendered("# Karibu 1.5B\n\nIt answers questions about leaflets.\n\n## Use\n\nx\n")

    assert (card.title, card.summary) == ("Karibu 1.5B", "It answers questions about leaflets.")
    assert "Karibu" not in card.html
    assert card.contents == [(2, "user-content-use", "Use")]


@pytest.mark.parametrize(
    ("body", "levels"),
    [
        ("# T\n## A\n### B\n## C", [2, 3, 2]),
        ("# T\n# A\n## B\n# C", [2, 3, 2]),
        ("### A\n#### B", [2, 3]),
        ("# T\n## A\n##### B\n###### C", [2, 3, 4]),
        ("<h1>T</h1>\n\n<h4>A</h4>", [2]),
        ("no headings at all in this text", []),
    ],
)
def test_the_page_has_the_only_h1_and_no_level_is_skipped(body, levels):
    card = rendered(body)

    assert [level for level, _, _ in card.contents] == levels
    assert "<h1" not in card.html
    assert [int(card.html[at + 2]) for at in _starts(card.html)] == levels


def _starts(html: str) -> list[int]:
    return [at for at in range(len(html)) if html[at : at + 2] == "<h" and html[at + 2].isdigit()]


def test_headings_of_the_same_words_have_different_anchors():
    card = rendered("# T\n## Use\n## Use\n## Use\n## ***!***\n")

    assert [anchor for _, anchor, _ in card.contents] == [
        "user-content-use",
        "user-content-use-1",
        "user-content-use-2",
        "user-content-section",
    ]


def test_links_within_the_card_meet_their_headings():
    card = rendered("# T\n[go](#how-to-use-it)\n\n## How to use it\n")

    assert 'href="#user-content-how-to-use-it"' in card.html
    assert 'id="user-content-how-to-use-it"' in card.html


@pytest.mark.parametrize(
    ("body", "summary"),
    [
        (
            "[![a](https://x.example/a.svg)](https://x.example) [![b](https://x.example/b.svg)](https://x.example)\n\nIt tells birds apart by song.",
            "It tells birds apart by song.",
        ),
        (
            "> A quotation that goes on for a while.\n\nIt tells birds apart by song.",
            "It tells birds apart by song.",
        ),
        (
            "- a list that goes on for a while\n\nIt tells birds apart by song.",
            "It tells birds apart by song.",
        ),
        ("Short.\n\nIt tells birds apart by song.", "It tells birds apart by song."),
        ("", ""),
    ],
)
def test_the_summary_is_the_first_paragraph_that_says_something(body, summary):
    assert rendered(f"# T\n{body}\n").summary == summary


def test_a_long_summary_ends_with_a_sentence():
    summary = rendered("# T\n\n" + "This sentence has six words here. " * 40).summary

    assert len(summary) <= 400
    assert summary.endswith("here.")


def test_the_title_of_the_template_loses_its_preamble():
    assert rendered("# Model Card for Karibu\n").title == "Karibu"


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        (
            "| a | b |\n|:--|--:|\n| 1 | 2 |",
            ["<table>", '<th align="left">', '<td align="right">2</td>'],
        ),
        ("Text before\n| a | b |\n|---|---|\n| 1 | 2 |", ["<p>Text before</p>", "<table>"]),
        (
            "```python\nimport os\n```",
            ['<div class="highlight">', '<span class="kn">import</span>', 'tabindex="0"'],
        ),
        ("Text before\n```\ncode\n```", ["<p>Text before</p>", "<pre"]),
        ("- [ ] open\n- [x] done", ["☐ open", "☑ done"]),
        (
            "> [!WARNING]\n> Hot.",
            ['<div class="note is-warn"><div>', '<p class="w6">Warning</p>', "Hot."],
        ),
        (
            "A note.[^1]\n\n[^1]: Below.",
            ['href="#user-content-fn:1"', 'id="user-content-fn:1"', "Below."],
        ),
        (
            "~~gone~~ https://a.example/x_y_z",
            ["<del>gone</del>", '<a href="https://a.example/x_y_z"'],
        ),
        ("H<sub>2</sub>O <kbd>Esc</kbd>", ["<sub>2</sub>", "<kbd>Esc</kbd>"]),
        ("<p align='center'>x</p>", ['<p align="center">']),
    ],
)
def test_the_dialect_of_cards(source, parts):
    html = rendered(f"# T\n\n{source}\n").html

    assert all(part in html for part in parts), html
    assert html.count("<div") == html.count("</div>")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("Text:\n- a\n- b", "<p>Text:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        (
            "- a\n  - b\n    - c\n- d",
            "<ul>\n<li>a<ul>\n<li>b<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n</li>\n<li>d</li>\n</ul>",
        ),
        ("1. a\n   - b\n2. c", "<ol>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ol>"),
        ("- a\n    - b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("In 1986. it rained\n2. no list", "<p>In 1986. it rained\n2. no list</p>"),
        (
            "    - code, not a list",
            '<div class="highlight"><pre><span></span><code>- code, not a list\n</code></pre></div>',
        ),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr />\n<p>b</p>"),
    ],
)
def test_lists_as_github_reads_them(source, html):
    assert to_html(source) == html


def test_code_in_fences_is_left_alone():
    source = "- item\n\n  ```\n  - not an item\n    kept\n  ```\n\n```\nText\n- no list\n\tTab\n```"

    assert adapt(source).endswith("```\nText\n- no list\n\tTab\n```")
    assert "    - not an item\n      kept" in adapt(source)


def test_bytes_that_are_no_text_are_shown_as_far_as_they_go():
    card = render(b"# Caf\xe9\n\nplain text follows here\xff\xfe\x00\x07")

    assert card.title == "Caf\N{REPLACEMENT CHARACTER}"
    assert any("UTF-8" in problem for problem in card.problems)
    assert "\0" not in card.html + card.text


def test_scripts_are_not_prose():
    card = rendered(
        "# T\n\n<script>var x = 'a long enough script'</script>\n\nIt tells birds apart by song.\n"
    )

    assert "var x" not in card.html + card.text
    assert card.summary == "It tells birds apart by song."


def test_a_card_may_be_empty():
    card = render(b"")

    assert (card.title, card.html, card.text) == ("", "", "")
