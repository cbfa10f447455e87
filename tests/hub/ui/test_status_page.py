"""``/status``: what people read instead of ``/healthz``."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from hub.core.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


def page_of(client) -> str:
    response = client.get("/status")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def waiting(key: str, *, since: timedelta) -> Job:
    return Job.objects.create(
        key=key, kind="scan", due_at=timezone.now() - since, payload={"path": "ada/secret"}
    )


def test_a_hub_without_work_says_that_everything_works(client):
    page = page_of(client)

    assert "Everything works." in page
    assert "Nothing waits." in page


def test_work_that_waits_for_long_is_late_and_its_content_is_not_told(client):
    waiting("one", since=timedelta(hours=2))
    waiting("two", since=timedelta(minutes=1))

    page = page_of(client)

    assert "Background work is late." in page
    assert "2 jobs wait, the first since" in page
    assert "secret" not in page


def test_work_that_has_just_come_or_is_for_later_is_not_late(client):
    waiting("one", since=timedelta(seconds=2))
    waiting("later", since=timedelta(hours=-2))

    page = page_of(client)

    assert "1 job waits" in page
    assert "Everything works." in page


def test_it_says_when_work_was_last_finished(client):
    Job.objects.create(
        key="one",
        kind="scan",
        state=JobState.DONE,
        due_at=timezone.now(),
        finished_at=timezone.now(),
    )

    assert "A worker last finished something on" in page_of(client)


def test_the_ledger_is_not_counted_anew_for_each_visitor(client, django_assert_num_queries):
    page_of(client)

    with django_assert_num_queries(0):
        page_of(client)


def test_the_foot_of_pages_leads_to_it(client):
    assert 'href="/status"' in page_of(client)
