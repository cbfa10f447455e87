"""The words of cards, and terms that nobody has heard of."""

from __future__ import annotations

import pytest

from models_catalog.taxonomy.queries import (
    language_name,
    library_name,
    licence_facts,
    licence_label,
    modalities,
    modality_of,
    task_summary,
    task_title,
    tasks,
)


def test_every_task_has_a_title_and_a_kind_of_input():
    assert len(tasks()) == 57
    assert all(title and title[0].isupper() for title in tasks().values())
    assert {modality_of(task) for task in tasks()} == set(modalities())


def test_every_task_is_told_in_a_sentence_of_its_own():
    said = [task_summary(task) for task in tasks()]

    assert all(each[0].isupper() and each.endswith(".") for each in said)
    assert len(set(said)) == len(said)
    assert task_summary("smell-to-text") == ""


@pytest.mark.parametrize(
    ("task", "title", "modality"),
    [
        ("automatic-speech-recognition", "Speech to text", "audio"),
        ("summarization", "Summarisation", "nlp"),
        ("smell-to-text", "smell-to-text", ""),
        ("", "", ""),
    ],
)
def test_tasks_by_their_titles(task, title, modality):
    assert (task_title(task), modality_of(task)) == (title, modality)


def test_a_known_licence_has_its_spdx_page_and_a_summary():
    licence = licence_facts("apache-2.0")

    assert (licence.label, licence.url) == (
        "Apache-2.0",
        "https://spdx.org/licenses/Apache-2.0.html",
    )
    assert [(each.mark, each.text) for each in licence.permissions] == [
        ("yes", "Use, change and sell"),
        ("yes", "Share copies and derivatives"),
        ("duty", "Keep the licence and notices"),
    ]


def test_non_commercial_licences_say_so():
    marks = {each.mark for each in licence_facts("cc-by-nc-4.0").permissions}

    assert "no" in marks


def test_an_unknown_licence_is_shown_as_it_is_and_promises_nothing():
    licence = licence_facts("my-own-1.0")

    assert (licence.label, licence.url, licence.permissions) == ("my-own-1.0", "", ())
    assert licence_label("llama3.1") == "Llama 3.1"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("sw", "Swahili"),
        ("pt-BR", "Portuguese (BR)"),
        ("zh_Hant", "Chinese (Hant)"),
        ("yo", "Yoruba"),
        ("qqq", "qqq"),
    ],
)
def test_languages_by_their_codes(code, name):
    assert language_name(code) == name


def test_libraries_as_their_makers_write_them():
    assert (library_name("peft"), library_name("our-own")) == ("PEFT", "our-own")
