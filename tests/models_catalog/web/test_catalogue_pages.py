"""``/models``: every filter in the address, the same without script."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_catalog.search.models import Approval, SearchRow
from models_catalog.storage.models import Verdict
from tests.factories.people import make_user
from tests.factories.shelf import card_source, shelve

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada", display_name="Ada Lovelace")


@pytest.fixture
def shelf(ada):
    shelve(
        "one",
        by=ada,
        card=card_source(license="mit", pipeline_tag="translation", language="[sw, en]"),
    )
    shelve(
        "two",
        by=ada,
        card=card_source(license="apache-2.0", pipeline_tag="translation", language="sw"),
    )
    shelve(
        "three",
        by=ada,
        card=card_source(license="mit", pipeline_tag="summarization", language="en"),
    )
    return ada


def text(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content[:500]
    return str(response.content.decode())


def titles(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/ada/([\w-]+)">', page)


def test_the_catalogue_of_an_empty_hub_says_what_to_do(client):
    page = text(client, "/models")

    assert "There are no models here yet" in page
    assert 'href="/new"' in page


def test_rows_show_what_people_choose_by(client, shelf):
    SearchRow.objects.filter(full_name="ada/one").update(downloads=1234, parameters=1_540_000_000)

    page = text(client, "/models")

    assert sorted(titles(page)) == ["one", "three", "two"]
    assert "3 models" in page
    for words in (
        "Translation",
        "1.54 B",
        "MIT",
        "Swahili, English",
        "1,234 downloads a month",
        "Not reviewed",
    ):
        assert words in page


def test_filters_narrow_and_leave_chips_that_undo_them(client, shelf):
    page = text(client, "/models?licence=mit&language=sw&q=o&sort=name")

    assert titles(page) == ["one"]
    assert 'href="/models?q=o&amp;licence=mit&amp;sort=name"' in page
    assert 'href="/models?language=sw&amp;licence=mit&amp;sort=name"' in page
    assert 'href="/models?sort=name">Clear all' in page
    assert re.search(r'name="licence" value="mit" checked', page)
    assert 'type="hidden" name="q" value="o"' in page
    assert "<title>Models: o, Swahili, MIT" in page


def test_the_american_spelling_of_licence_is_understood(client, shelf):
    assert titles(text(client, "/models?license=apache-2.0")) == ["two"]


def test_options_count_under_the_other_filters(client, shelf):
    page = text(client, "/models?language=sw")

    options = dict(
        re.findall(
            r'name="licence" value="([\w.-]+)"[^>]*><span[^>]*>[^<]*</span><span class="c">(\d+)',
            page,
        )
    )
    assert options == {"mit": "1", "apache-2.0": "1"}


def test_an_option_that_leads_nowhere_is_disabled_and_a_chosen_one_never(client, shelf):
    page = text(client, "/models?task=summarization&language=en&task=nonsense")

    assert re.search(r'value="over-4-gb" disabled', page)
    assert re.search(r'value="nonsense" checked', page)


def test_the_table_is_the_same_list(client, shelf):
    page = text(client, "/models?view=table&sort=name")

    assert re.findall(r'<span class="dim w4">ada/</span>([\w-]+)</a>', page) == [
        "one",
        "three",
        "two",
    ]
    assert 'aria-sort="ascending"' in page
    assert 'name="view" value="table"' in page


def test_a_long_facet_is_cut_until_all_of_it_is_asked_for(client, ada):
    codes = ["sw", "en", "fr", "de", "am", "ha", "yo", "ig", "zu", "so"]
    shelve("many", by=ada, card=card_source(language=f"[{', '.join(codes)}]"))

    cut, whole = text(client, "/models"), text(client, "/models?more=language")

    assert cut.count('name="language"') == 6
    assert 'href="/models?more=language#filters"' in cut
    assert whole.count('name="language"') == 10


def test_nothing_found_says_which_filter_to_drop(client, shelf):
    page = text(client, "/models?language=sw&task=summarization&licence=mit")

    assert "No model matches all three filters" in page
    assert "rules out the most" in page
    assert "Close to what you asked for" in page
    assert len(titles(page)) == 1


def test_nothing_found_by_words_leads_back(client, shelf):
    page = text(client, "/models?q=zzzz")

    assert "Remove “zzzz”" in page
    assert 'value="zzzz"' in page


def test_pages_keep_the_filters(client, ada):
    for number in range(32):
        shelve(f"m{number}", by=ada)

    first = text(client, "/models?licence=mit&sort=name")
    following = re.findall(r'href="(\?[^"]+)" rel="next"', first)[0]
    second = text(client, "/models" + following.replace("&amp;", "&"))

    assert len(titles(first)) == 30
    assert len(titles(second)) == 2
    assert "licence=mit" in following
    assert not set(titles(first)) & set(titles(second))


@pytest.mark.parametrize(
    "address",
    [
        "/models?task=%00&q=%00&sort=%00&view=%00&more=%00",
        "/models?q=" + "x" * 5000,
        "/models?" + "&".join(f"task=t{n}" for n in range(100)),
        "/models?q=<script>alert(1)</script>&task=<script>&org='\"><b>",
        "/models?licence[]=mit&page=-1",
    ],
)
def test_odd_addresses_are_answered_and_escaped(client, shelf, address):
    page = text(client, address)

    assert "<script>alert" not in page
    assert "'\"><b>" not in page


def test_a_damaged_cursor_is_a_refusal_in_words(client, shelf):
    assert "damaged" in text(client, "/models?cursor=nonsense", status=400)


@pytest.mark.parametrize("view", ["", "?view=table"])
def test_what_scanning_stopped_says_so_in_every_list(client, shelf, view):
    SearchRow.objects.filter(full_name="ada/one").update(verdict=Verdict.DANGEROUS)

    assert text(client, f"/models{view}").count("Blocked by scan") == 1
    assert text(client, "/ada").count("Blocked by scan") == 1


def test_a_withdrawn_model_is_listed_as_withdrawn_whatever_scanning_said(client, shelf):
    SearchRow.objects.update(verdict=Verdict.DANGEROUS, approval=Approval.WITHDRAWN)

    page = text(client, "/models")

    assert "Blocked by scan" not in page
    assert "Withdrawn" in page


def test_a_task_has_a_page_of_its_own_that_says_what_it_is(client, shelf):
    page = text(client, "/tasks/translation")

    assert "<title>Translation: models · Arboretum</title>" in page
    assert '<h1 class="mt2">Translation</h1>' in page
    assert "Turns a text in one language into the same text in another." in page
    assert sorted(titles(page)) == ["one", "two"]
    assert re.search(r'name="task" value="translation" checked', page)
    assert 'href="/models?task=translation&amp;view=table"' in page


def test_a_task_that_only_a_card_knows_has_a_page_too_and_any_other_word_none(client, ada):
    shelve("nose", by=ada, card=card_source(pipeline_tag="smell-to-text"))

    assert titles(text(client, "/tasks/smell-to-text")) == ["nose"]
    assert "No model matches" in text(client, "/tasks/translation")
    text(client, "/tasks/nonsense", status=404)


def test_the_list_of_one_task_names_its_better_address(client, shelf):
    assert '<link rel="canonical" href="/tasks/translation">' in text(
        client, "/models?task=translation"
    )
    assert "canonical" not in text(client, "/models?task=translation&language=sw")


def test_what_a_task_page_is_asked_for_beside_its_task_is_left_out(client, shelf):
    page = text(client, "/tasks/translation?q=zzz&licence=mit&sort=name")

    assert titles(page) == ["one", "two"]


def test_other_hubs_address_of_a_search_leads_to_the_catalogue(client):
    assert client.get("/search?q=a+b").url == "/models?q=a+b"


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/models", "Models"),
        ("/models?language=sw&licence=mit", "Models: Swahili, MIT"),
        ("/models?size=under-100-mb&approval=not_reviewed", "Models: Under 100 MB, Not reviewed"),
    ],
)
def test_titles_of_pages_tell_the_filters(client, shelf, address, title):
    assert f"<title>{title} · Arboretum</title>" in text(client, address)


def test_the_button_for_phones_counts_the_filters_without_the_words(client, shelf):
    assert "Filters (2)</a>" in text(client, "/models?language=sw&licence=mit&q=one")
    assert "Filters</a>" in text(client, "/models?q=one")


def test_as_many_queries_for_one_model_as_for_thirty(client, ada):
    shelve("m0", by=ada)
    client.get("/models")
    with CaptureQueriesContext(connection) as few:
        text(client, "/models")
    for number in range(1, 30):
        shelve(f"m{number}", by=ada)

    with CaptureQueriesContext(connection) as many:
        assert len(titles(text(client, "/models"))) == 30

    assert len(few) == len(many)


def test_private_models_are_in_nobody_elses_list(client, ada):
    shelve("hidden", by=ada, visibility="private", card=card_source(pipeline_tag="translation"))

    assert titles(text(client, "/models")) == []
    client.force_login(ada)
    assert titles(text(client, "/models")) == ["hidden"]


def test_a_refusal_leads_back_to_the_models(client):
    page = text(client, "/models?cursor=nonsense", status=400)

    assert '<a class="btn" href="/models">All models</a>' in page
