"""Front matter: read when it can be, a sentence when it cannot, never an exception."""

from __future__ import annotations

import time

import pytest

from models_catalog.cards.front_matter import read_front_matter, split_card


def test_facts_come_in_one_shape():
    source = """
license: Apache-2.0
language: [sw, en, sw]
library_name: Transformers
pipeline_tag: text-generation
tags: one
base_model: org/base
datasets:
- a
- b
"""
    facts, problems = read_front_matter(source)

    assert problems == []
    assert facts == {
        "license": "apache-2.0",
        "language": ["sw", "en"],
        "library_name": "transformers",
        "pipeline_tag": "text-generation",
        "tags": ["one"],
        "base_model": ["org/base"],
        "datasets": ["a", "b"],
    }


def test_several_licences_are_all_kept():
    facts, _ = read_front_matter("license: [MIT, cc-by-4.0]")

    assert (facts["license"], facts["licenses"]) == ("mit", ["mit", "cc-by-4.0"])


def test_norwegian_is_a_language_and_a_date_is_text():
    facts, _ = read_front_matter("language: [no, yes, on]\nlicense_name: 2024-01-01")

    assert facts == {"language": ["no", "yes", "on"], "license_name": "2024-01-01"}


def test_results_are_flat_rows():
    source = """
model-index:
- name: m
  results:
  - task: {type: translation}
    dataset: {name: FLORES, type: flores}
    metrics:
    - {type: bleu, value: 31.4}
    - {name: chrF, type: chrf, value: 55}
"""
    facts, problems = read_front_matter(source)

    assert problems == []
    assert facts["results"] == [
        {
            "task": "translation",
            "dataset": "FLORES",
            "metric": "bleu",
            "type": "bleu",
            "value": "31.4",
        },
        {
            "task": "translation",
            "dataset": "FLORES",
            "metric": "chrF",
            "type": "chrf",
            "value": "55",
        },
    ]


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("license: [unclosed", "line 2"),
        ("a: b: c", "line 2"),
        ("- just\n- a list", "not a list of"),
        ("just words", "not a list of"),
        ("a: &x [1]\nb: *x", "references"),
        ("a: &a [x]\nb: &b [*a, *a]", "references"),
        ("a: " + "[" * 50 + "]" * 50, "20 levels"),
        ("\n".join(f"k{n}: v" for n in range(10_500)), "longer than 64 kB"),
        ("- a\n" * 15_000, "not a list of"),
        ("x:\n" + "- 1\n" * 15_900 + "y: " + "[" + "1," * 5_000 + "]", "longer than 64 kB"),
        ("a: !!python/object/apply:os.system ['true']", "types"),
        ("a: !!timestamp never", "types"),
        ("a: !!bool maybe", "types"),
        ("a: ! x", "types"),
        ("? {a: b}\n: c", "could not be read"),
        ("a: 'x\x01'", "could not be read"),
        ("n: 1e999999\nlicense: {a: b}", "license"),
        ("license: [[mit]]", "license"),
        ("language: true", "language"),
        ("model-index: 7", "model-index"),
        ("model-index: [{results: [{metrics: [1]}]}]", "model-index"),
        ("model-index: [[]]", "model-index"),
        (None, "no front matter"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(source, word):
    facts, problems = read_front_matter(source)

    assert "license" not in facts
    assert len(problems) == 1
    assert word in problems[0]
    assert problems[0].endswith(".")


def test_many_small_values_are_refused_in_time():
    began = time.monotonic()

    _, problems = read_front_matter("[" + "[],0," * 12_000 + "]")

    assert "more than 20000 values" in problems[0]
    assert time.monotonic() - began < 10


def test_control_characters_and_long_values_are_cut():
    facts, _ = read_front_matter('license_name: "a\\u202eb\\x07c"\ntags: ["' + "x" * 900 + '"]')

    assert facts["license_name"] == "a b c"
    assert len(facts["tags"][0]) == 300


@pytest.mark.parametrize(
    ("text", "front", "body"),
    [
        ("---\na: 1\n---\nBody", "a: 1\n", "Body"),
        ("---\n---\nBody", "", "Body"),
        ("---\na: 1\n...\nBody", "a: 1\n", "Body"),
        ("---\nnever closed", None, "---\nnever closed"),
        ("Body\n---\na: 1\n---\n", None, "Body\n---\na: 1\n---\n"),
    ],
)
def test_the_front_matter_stands_between_two_lines(text, front, body):
    assert split_card(text) == (front, body)
