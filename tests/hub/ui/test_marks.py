from __future__ import annotations

import pytest
from django.template import Context, Template

from hub.ui.charts import score_bar, sparkline, stacked_bytes
from hub.ui.icons import icon_markup, icon_names, sprite_for_markup, symbol
from hub.ui.rings import avatar_mark, initials, ring_mark
from hub.ui.vocabulary import VOCABULARIES, file_icon, word


def test_a_name_has_the_same_ring_for_ever() -> None:
    ring_mark.cache_clear()
    first = ring_mark("meadow-lab/notes", versions=3, hue="d1")
    ring_mark.cache_clear()

    assert ring_mark("meadow-lab/notes", versions=3, hue="d1") == first
    assert ring_mark("meadow-lab/other", versions=3, hue="d1") != first


@pytest.mark.parametrize(("versions", "rings"), [(0, 1), (1, 1), (7, 7), (40, 9)])
def test_a_ring_is_drawn_for_each_version_up_to_nine(versions: int, rings: int) -> None:
    assert ring_mark("meadow-lab/notes", versions=versions).count("<ellipse") == rings


def test_the_bark_of_what_nobody_approved_is_dashed() -> None:
    assert 'class="ring open"' in ring_mark("meadow-lab/notes", is_open=True)
    assert 'class="ring"' in ring_mark("meadow-lab/notes")


def test_a_ring_is_small_to_send() -> None:
    assert len(ring_mark("meadow-lab/notes", versions=9)) < 1000


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Savanna Language Commons", "SL"), ("wanjiru-kamau", "WK"), ("ono", "ON"), ("--", "?")],
)
def test_initials_come_from_the_words_of_a_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_people_are_round_and_organisations_square() -> None:
    assert 'class="ava person"' in avatar_mark("Wanda Kim")
    assert 'class="ava"' in avatar_mark("Meadow Lab", is_organization=True)


def test_every_icon_of_the_vocabulary_is_held() -> None:
    named = {entry.icon for words in VOCABULARIES.values() for entry in words.values()}

    assert named <= set(icon_names())


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(KeyError):
        icon_markup("no-such-icon")


def test_a_labelled_icon_is_an_image_and_its_label_is_escaped() -> None:
    markup = icon_markup("table", label='a "table" <b>')

    assert 'role="img" aria-label="a &quot;table&quot; &lt;b&gt;"' in markup


def test_a_page_carries_only_the_symbols_it_uses() -> None:
    page = Template(
        '{% icon "check" %}{% include "components/empty_ring.html" only %}{% icon_sprite %}'
    )

    assert page.render(Context()).count("<symbol") == 1


def test_icons_inside_isolated_includes_reach_the_sprite() -> None:
    page = Template('{% include "components/chips.html" with chips=chips only %}{% icon_sprite %}')

    assert 'id="i-x"' in page.render(
        Context({"chips": [{"name": "Licence", "value": "MIT", "url": "?"}]})
    )


def test_a_second_sprite_holds_only_what_is_new() -> None:
    page = Template(
        '{% icon "check" %}{% icon_sprite %}|{% icon "x" %}{% icon "check" %}{% icon_sprite %}'
    )
    first, second = page.render(Context()).split("|")

    assert 'id="i-check"' in first
    assert second.count("<symbol") == 1


def test_finished_markup_gets_the_symbols_it_names() -> None:
    assert sprite_for_markup(str(icon_markup("lock"))).count("<symbol") == 1
    assert sprite_for_markup('<use href="#i-unknown"/>') == ""
    assert symbol("lock").startswith('<symbol id="i-lock"')


def test_no_verdict_yet_reads_as_scanning() -> None:
    assert str(word("verdict", None).text) == "Scanning"


def test_an_unknown_verdict_is_never_guessed() -> None:
    with pytest.raises(KeyError):
        word("verdict", "fine")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("LICENSE", "scale"),
        ("gguf/a.Q4_K_M.gguf", "file-box"),
        ("x/optimizer.pt", "file-archive"),
        ("Makefile", "file"),
    ],
)
def test_files_have_the_icon_of_their_kind(path: str, name: str) -> None:
    assert file_icon(path) == name


def test_a_trend_is_said_in_a_sentence() -> None:
    assert 'role="img" aria-label="Rising"' in sparkline([1, 2, 3], label="Rising")


@pytest.mark.parametrize("values", [[], [4]])
def test_a_single_point_is_no_trend(values: list[float]) -> None:
    assert sparkline(values, label="Rising") == ""


def test_a_flat_line_of_zeros_stands_on_the_baseline() -> None:
    assert "M0.0 58.0L320.0 58.0" in sparkline([0, 0], label="None")


def test_scores_outside_the_scale_stay_inside_the_drawing() -> None:
    assert 'width="100.0"' in score_bar(140)


def test_at_most_four_parts_are_drawn_and_the_rest_is_added_up() -> None:
    drawn = stacked_bytes([(f"part {number}", 1000 * number) for number in range(1, 8)])

    assert drawn.count("<rect data-hue") == 4
    assert "everything else 10 kB" in drawn
