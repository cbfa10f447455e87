"""Words find models, on both databases in the same way."""

from __future__ import annotations

import pytest

from hub.core.actor import ANONYMOUS
from models_catalog.search.actions import refresh
from models_catalog.search.models import SearchRow
from models_catalog.search.queries import ModelQuery, find_models
from tests.factories.models import commit_files
from tests.factories.people import make_user
from tests.factories.shelf import card_source, keep_card, shelve

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def found(text: str, **more) -> list[str]:
    results = find_models(ModelQuery(text=text, **more), actor=ANONYMOUS)
    return [row.full_name for row in results.page.rows]


@pytest.fixture
def shelf():
    ada = make_user("ada")
    shelve(
        "karibu-1.5b-instruct",
        by=ada,
        card=card_source(title="Karibu", body="Answers questions in Kiswahili."),
    )
    shelve(
        "llama-8b-chat",
        by=ada,
        card=card_source(body="Talks to people about weather and about karibu."),
    )
    shelve(
        "tafsiri",
        by=ada,
        card=card_source(tags="[translation, opus]", body="Übersetzt Texte ins Deutsche, gut."),
    )
    return ada


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("llama 8b", ["ada/llama-8b-chat"]),
        ("8b llama", ["ada/llama-8b-chat"]),
        ("llama8b", ["ada/llama-8b-chat"]),
        ("LLAMA-8B", ["ada/llama-8b-chat"]),
        ("instr", ["ada/karibu-1.5b-instruct"]),
        ("inst karibu", []),
        ("1.5B", ["ada/karibu-1.5b-instruct"]),
        ("ubersetzt", ["ada/tafsiri"]),
        ("übersetzt", ["ada/tafsiri"]),
        ("opus", ["ada/tafsiri"]),
        ("weather llama", ["ada/llama-8b-chat"]),
        ("weather tafsiri", []),
        ("nothing-of-the-kind", []),
        ("???", []),
    ],
)
def test_all_words_are_asked_for_in_any_order_and_the_last_may_be_unfinished(shelf, text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "' OR 1=1 --",
        '"',
        "a:* & !b | (c",
        "NEAR(a b)",
        "name_words : x",
        "\\",
        "a\0b",
        "%",
        "*",
        "^qq",
    ],
)
def test_marks_of_query_languages_are_only_punctuation(shelf, text):
    assert "ada/tafsiri" not in found(text)


def test_the_exact_name_comes_first_then_names_then_texts(shelf):
    shelve("karibu", by=shelf, card=card_source(body="A small model of its kind."))
    SearchRow.objects.filter(full_name="ada/llama-8b-chat").update(downloads=1000)

    assert found("karibu") == ["ada/karibu", "ada/karibu-1.5b-instruct", "ada/llama-8b-chat"]
    assert found("ada/karibu")[0] == "ada/karibu"


def test_an_accession_number_finds_its_model(shelf):
    repo = shelve("numbered", by=shelf)

    assert found(repo.accession.lower())[0] == "ada/numbered"


def test_among_equals_the_more_downloaded_comes_first(shelf):
    shelve("karibu-tiny", by=shelf)
    SearchRow.objects.filter(full_name="ada/karibu-tiny").update(downloads=5)

    assert found("karibu")[:2] == ["ada/karibu-tiny", "ada/karibu-1.5b-instruct"]


def test_words_that_a_card_no_longer_has_find_nothing(shelf):
    repo = shelve(
        "changing", by=shelf, card=card_source(body="It once knew about giraffes and their necks.")
    )
    revision = commit_files(
        repo, {"README.md": card_source(body="It now knows about zebras and stripes.")}, by=shelf
    )
    keep_card(revision)

    refresh(repo.pk)

    assert found("giraffes") == []
    assert found("zebras") == ["ada/changing"]


def test_refreshing_again_changes_nothing(shelf):
    pk = SearchRow.objects.get(full_name="ada/tafsiri").pk

    refresh(pk)
    refresh(pk)

    assert found("tafsiri") == ["ada/tafsiri"]
    assert found("opus deutsche") == ["ada/tafsiri"]


def test_pages_of_results_by_relevance_hold_each_model_once(shelf):
    for number in range(7):
        shelve(f"karibu-{number}", by=shelf)
    seen, cursor = [], None

    while True:
        page = find_models(ModelQuery(text="karibu", cursor=cursor, size=3), actor=ANONYMOUS).page
        seen += [row.full_name for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) == 9
