"""What rises: the formula, its limits, and who may see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.core.actor import ANONYMOUS
from models_catalog.downloads.models import DailyDownloads
from models_catalog.downloads.queries import rising
from models_catalog.downloads.tasks import count_month
from models_catalog.repos.actions import withdraw_repo
from models_catalog.search.actions import refresh
from tests.factories.people import acting, make_user
from tests.factories.shelf import shelve

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada")


def fetched(repo, *, now: int, before: int, today: int = 0):
    """Downloads three and ten days ago, and today."""
    day = timezone.now().date()
    for ago, number in ((3, now), (10, before), (0, today)):
        if number:
            DailyDownloads.objects.create(repo=repo, day=day - timedelta(days=ago), count=number)
    count_month()
    return repo


def names(number: int = 5) -> list[str]:
    return [each.row.full_name for each in rising(actor=ANONYMOUS, number=number)]


def test_the_clearest_rise_stands_first_and_not_the_largest_number(ada):
    fetched(shelve("steady", by=ada), now=1020, before=1000)
    fetched(shelve("tripled", by=ada), now=60, before=20)
    fetched(shelve("new", by=ada), now=100, before=0)

    assert names() == ["ada/new", "ada/tripled"]
    assert names(1) == ["ada/new"]


def test_little_is_no_rise(ada):
    fetched(shelve("few", by=ada), now=9, before=0)
    fetched(shelve("chance", by=ada), now=60, before=50)
    fetched(shelve("falling", by=ada), now=20, before=90)

    assert names() == []


def test_the_day_that_has_not_ended_does_not_count(ada):
    fetched(shelve("today", by=ada), now=0, before=0, today=500)

    assert names() == []


def test_the_days_of_a_month_are_told_oldest_first(ada):
    fetched(shelve("karibu", by=ada), now=30, before=4, today=7)

    found = rising(actor=ANONYMOUS, number=5)[0]

    assert found.recent == 30
    assert len(found.daily) == 30
    assert (found.daily[-3], found.daily[-10], sum(found.daily)) == (30, 4, 34)


def test_hidden_and_withdrawn_models_do_not_rise(ada):
    fetched(shelve("hidden", by=ada, visibility="private"), now=100, before=0)
    gone = fetched(shelve("gone", by=ada), now=100, before=0)
    withdraw_repo(gone, reason="It leaked names.", actor=acting(ada))
    refresh(gone.pk)

    assert names() == []


def test_as_many_queries_for_one_model_as_for_twenty(ada):
    fetched(shelve("m0", by=ada), now=100, before=0)
    with CaptureQueriesContext(connection) as few:
        rising(actor=ANONYMOUS, number=5)
    for number in range(1, 20):
        fetched(shelve(f"m{number}", by=ada), now=100, before=0)

    with CaptureQueriesContext(connection) as many:
        assert len(rising(actor=ANONYMOUS, number=5)) == 5

    assert len(few) == len(many) == 3
