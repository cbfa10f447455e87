"""Filters, orders, counts and pages of the catalogue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.core.actor import ANONYMOUS
from hub.core.errors import Invalid
from models_catalog.lifecycle.actions import archive_repo, deprecate_repo, rename_repo
from models_catalog.repos.models import Repo
from models_catalog.search.actions import refresh
from models_catalog.search.models import SearchRow
from models_catalog.search.queries import ModelQuery, count_models, find_models, relax
from tests.factories.people import acting, make_user
from tests.factories.shelf import card_source, shelve

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def shelf(ada):
    text, speech = "text-generation", "automatic-speech-recognition"
    shelve("one", by=ada, card=card_source(license="mit", pipeline_tag=text, language="[sw, en]"))
    shelve("two", by=ada, card=card_source(license="apache-2.0", pipeline_tag=text, language="sw"))
    shelve("three", by=ada, card=card_source(license="mit", pipeline_tag=speech, language="en"))
    shelve("four", by=ada, card=card_source(license="[mit, cc-by-4.0]"), files={"w.gguf": b"GGUF"})
    return ada


def names(**query) -> set[str]:
    page = find_models(ModelQuery(**query), actor=ANONYMOUS).page
    return {row.full_name.removeprefix("ada/") for row in page.rows}


def counts(facet: str, **query) -> dict[str, int]:
    return dict(find_models(ModelQuery(**query), actor=ANONYMOUS).counts[facet])


def test_values_of_one_facet_widen_and_facets_narrow(shelf):
    assert names(chosen={"licence": ("mit",)}) == {"one", "three", "four"}
    assert names(chosen={"licence": ("mit", "apache-2.0")}) == {"one", "two", "three", "four"}
    assert names(chosen={"licence": ("mit",), "language": ("sw",)}) == {"one"}
    assert names(chosen={"language": ("sw", "en")}) == {"one", "two", "three"}
    assert names(chosen={"format": ("GGUF",)}) == {"four"}
    assert names(chosen={"task": ("no-such-task",)}) == set()
    assert names(chosen={"task": ("a\0b",)}) == set()


def test_filters_and_words_work_together(shelf):
    assert names(text="tw", chosen={"language": ("sw",)}) == {"two"}
    assert names(text="tw", chosen={"language": ("en",)}) == set()


def test_a_facet_counts_under_all_the_others_but_not_itself(shelf):
    chosen = {"language": ("sw",)}

    assert counts("task", chosen=chosen) == {"text-generation": 2}
    assert counts("licence", chosen=chosen) == {"mit": 1, "apache-2.0": 1}
    assert counts("language", chosen=chosen) == {"sw": 2, "en": 2}
    assert counts("language", chosen=chosen | {"task": ("text-generation",)}) == {"sw": 2, "en": 1}
    assert counts("licence") == {"mit": 3, "apache-2.0": 1, "cc-by-4.0": 1}


def test_the_total_is_of_all_pages(shelf):
    results = find_models(ModelQuery(size=3), actor=ANONYMOUS)

    assert (len(results.page.rows), results.total) == (3, 4)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("updated", ["a", "b", "c"]),
        ("downloads", ["c", "a", "b"]),
        ("size", ["b", "c", "a"]),
        ("name", ["a", "b", "c"]),
        ("", ["a", "b", "c"]),
        ("relevance", ["a", "b", "c"]),
        ("'; DROP TABLE", ["a", "b", "c"]),
    ],
)
def test_orders(ada, order, expected):
    now = timezone.now()
    for number, (name, size, downloads) in enumerate([("a", 300, 5), ("b", 100, 1), ("c", 200, 9)]):
        repo = shelve(name, by=ada)
        SearchRow.objects.filter(pk=repo.pk).update(
            total_size=size, downloads=downloads, updated_at=now - timedelta(days=number)
        )

    page = find_models(ModelQuery(order=order), actor=ANONYMOUS).page

    assert [row.full_name.removeprefix("ada/") for row in page.rows] == expected


@pytest.mark.parametrize("order", ["updated", "downloads", "size", "name"])
def test_pages_go_forth_and_back_without_gaps(ada, order):
    for number in range(5):
        shelve(f"m{number}", by=ada)

    first = find_models(ModelQuery(order=order, size=2), actor=ANONYMOUS).page
    second = find_models(
        ModelQuery(order=order, size=2, cursor=first.next_cursor), actor=ANONYMOUS
    ).page
    third = find_models(
        ModelQuery(order=order, size=2, cursor=second.next_cursor), actor=ANONYMOUS
    ).page
    again = find_models(
        ModelQuery(order=order, size=2, cursor=second.previous_cursor), actor=ANONYMOUS
    ).page

    assert len({row.pk for page in (first, second, third) for row in page.rows}) == 5
    assert third.next_cursor is None
    assert [row.pk for row in again.rows] == [row.pk for row in first.rows]


@pytest.mark.parametrize(
    "cursor",
    ["x", "W10", "WzAsImEiLDFd", "WzAsMSwxLDFd", "WzAsMWU5OSwxXQ", "é", "WzAsIlx1MDAwMCIsMV0"],
)
def test_a_damaged_cursor_is_refused_in_words(shelf, cursor):
    with pytest.raises(Invalid, match="damaged"):
        find_models(ModelQuery(cursor=cursor), actor=ANONYMOUS)


def test_as_many_queries_for_one_model_as_for_twenty(ada):
    shelve("m0", by=ada)
    query = ModelQuery(text="m", chosen={"licence": ("mit",), "org": ("ada",)})
    with CaptureQueriesContext(connection) as few:
        assert len(find_models(query, actor=ANONYMOUS).page.rows) == 1
    for number in range(1, 20):
        shelve(f"m{number}", by=ada)

    with CaptureQueriesContext(connection) as many:
        assert len(find_models(query, actor=ANONYMOUS).page.rows) == 20

    assert len(few) == len(many)


def test_an_empty_answer_says_which_filter_to_drop(shelf):
    query = ModelQuery(
        chosen={"licence": ("apache-2.0",), "format": ("GGUF",), "language": ("sw",)}
    )

    wider = relax(query, actor=ANONYMOUS)

    assert count_models(query, actor=ANONYMOUS) == 0
    assert wider is not None
    assert (wider.dropped, wider.total) == ("format", 1)
    assert [row.full_name for row in wider.rows] == ["ada/two"]


def test_nothing_is_suggested_when_no_single_filter_is_to_blame(shelf):
    assert relax(ModelQuery(text="zzz", chosen={"task": ("none",)}), actor=ANONYMOUS) is None


@pytest.fixture
def kept(shelf):
    """Of the shelf, one model is archived and two are deprecated, one of them both."""
    one, two = (Repo.objects.get(name=name) for name in ("one", "two"))
    for repo in (one, two):
        deprecate_repo(repo, reason="Old.", actor=acting(shelf))
    archive_repo(one, actor=acting(shelf))
    for repo in (one, two):
        refresh(repo.pk)


def test_what_is_no_longer_kept_up_is_found_by_asking_for_it_alone(kept):
    assert names() == {"three", "four"}
    assert names(chosen={"upkeep": ("archived",)}) == {"one"}
    assert names(chosen={"upkeep": ("deprecated",)}) == {"one", "two"}
    assert names(chosen={"upkeep": ("deprecated",), "licence": ("mit",)}) == {"one"}


def test_what_is_left_out_is_counted_all_the_same(kept):
    assert counts("upkeep") == {"deprecated": 2, "archived": 1}
    assert counts("upkeep", chosen={"licence": ("apache-2.0",)}) == {"deprecated": 1}
    assert counts("licence") == {"mit": 2, "cc-by-4.0": 1}


def test_a_model_is_found_by_the_name_that_it_had(shelf):
    one = Repo.objects.get(name="one")
    rename_repo(one, name="uno", actor=acting(shelf))
    refresh(one.pk)

    assert names(text="one") == {"uno"}
    assert names(text="ada/one") == {"uno"}
    assert names(text="uno") == {"uno"}
