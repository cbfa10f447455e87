"""The front page."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_catalog.search.actions import refresh
from models_catalog.search.models import SearchRow
from models_catalog.web.cross_section import cross_section
from models_catalog.web.home_pages import task_groups
from tests.factories.models import make_repo, propose, release
from tests.factories.people import make_organization, make_user
from tests.factories.shelf import card_source, keep_card, shelve

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada")


def test_an_empty_hub_has_a_front_page(client):
    page = client.get("/").content.decode()

    assert "Find a model. Know where it came from." in page
    assert "What a model goes through" in page
    assert page.count("<h1") == 1


def test_tasks_are_listed_with_their_numbers_and_the_newest_models(client, ada):
    shelve("one", by=ada, card=card_source(pipeline_tag="translation"))
    shelve("two", by=ada, card=card_source(pipeline_tag="smell-to-text"))

    page = client.get("/").content.decode()

    assert "2 models from one publisher." in page
    assert '<a href="/models?task=translation">Translation<span class="c">1</span></a>' in page
    assert "smell-to-text" in page
    assert "New in the collection" in page


def test_downloads_and_approvals_have_their_panels(client, ada):
    organization = make_organization("savanna", ada)
    repo = make_repo("karibu", owner=ada, organization=organization)
    change = propose(repo, {"README.md": card_source(pipeline_tag="translation")}, by=ada)
    keep_card(change.head)
    release(repo, change.head, by=ada)
    refresh(repo.pk)
    SearchRow.objects.update(downloads=77)

    page = client.get("/").content.decode()

    assert "Recently approved" in page
    assert "Most downloaded this month" in page
    assert page.count('href="/savanna/karibu"') == 2


def test_strangers_see_no_numbers_of_hidden_models(client, ada):
    shelve("hidden", by=ada, visibility="private", card=card_source(pipeline_tag="translation"))

    page = client.get("/").content.decode()

    assert "ada/" not in page
    assert "Translation" not in page


def test_as_many_queries_for_one_model_as_for_twenty(client, ada):
    shelve("m0", by=ada)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for number in range(1, 20):
        shelve(f"m{number}", by=ada)

    with CaptureQueriesContext(connection) as many:
        client.get("/")

    assert len(few) == len(many)


def test_unknown_tasks_come_last_and_long_lists_are_cut():
    counts = {f"task-{n}": 1 for n in range(20)} | {"translation": 5}

    groups = task_groups(counts)

    assert [group.title for group in groups] == ["Text", "Graphs and other data"]
    assert len(groups[1].tasks) == 7


def test_the_drawing_needs_something_to_draw():
    assert cross_section([]) is None
    assert cross_section([(date(2025, 1, 1), 3), (date(2025, 4, 1), 1)]) is None


def test_the_area_of_a_ring_is_what_was_approved_until_then():
    drawing = cross_section([(date(2024, 10, 1), 4), (date(2025, 1, 1), 5), (date(2025, 4, 1), 7)])

    assert drawing is not None
    assert [(label.year, label.number) for label in drawing.labels] == [(2024, 4), (2025, 12)]
    assert [ring.is_year for ring in drawing.rings] == [True, False, True]
    assert all(ring.path.startswith("M") and ring.path.endswith("Z") for ring in drawing.rings)
