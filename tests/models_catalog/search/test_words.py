"""How texts and questions are cut into words."""

from __future__ import annotations

import pytest

from models_catalog.search.words import Term, terms_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("all-MiniLM-L6-v2", ["all", "minilm", "l6", "l", "6", "v2", "v", "2"]),
        ("org/Karibu_1.5B", ["org", "karibu", "1", "5b", "5", "b"]),
        ("Łódź Đakovo Ærø Straße", ["lodz", "dakovo", "aero", "strasse"]),
        ("\uff26\uff35\uff2c\uff2c width", ["full", "width"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("a'b\"c\\d\0e", ["a", "b", "c", "d", "e"]),
        ("!?…", []),
    ],
)
def test_texts_are_cut_at_punctuation_and_between_digits_and_letters(text, words):
    assert words_of(text, limit=50) == words


def test_a_question_keeps_parts_whole_and_its_last_part_may_go_on():
    assert terms_of("llama8b Ins") == [
        Term("llama8b", ("llama", "8", "b"), is_prefix=False),
        Term("ins", ("ins",), is_prefix=True),
    ]


def test_long_texts_are_cut_off():
    assert len(words_of(" ".join(f"w{n}" for n in range(1000)), limit=100)) == 100
    assert len(terms_of("a b c d e f g h i j k l m n o p")) == 12
    assert len(words_of("x" * 1000, limit=5)[0]) == 60
