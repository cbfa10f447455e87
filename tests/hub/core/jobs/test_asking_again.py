"""A job that is asked for while it runs: the last request is never lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from hub.core.jobs import actions
from hub.core.jobs.actions import handles, request_job, run
from hub.core.jobs.models import Job, JobState

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def work() -> Iterator[Callable[[Callable[[], None]], list[int]]]:
    """Declares what jobs of kind ``test_again`` do; answers the list that counts the runs."""

    def declare(body: Callable[[], None]) -> list[int]:
        runs: list[int] = []

        @handles("test_again")
        def carry_out(payload):
            runs.append(payload.get("n", 0))
            body()

        return runs

    yield declare
    del actions._handlers["test_again"]


def ask(n: int = 0) -> Job:
    with transaction.atomic():
        return request_job("test_again", key="again:1", payload={"n": n}, again=True)


def test_a_finished_job_runs_anew(work):
    runs = work(lambda: None)
    run(ask(1).pk)

    run(ask(2).pk)

    assert runs == [1, 2]


def test_a_burst_of_requests_is_one_run(work):
    runs = work(lambda: None)
    job = [ask(n) for n in range(5)][-1]

    run(job.pk)
    run(job.pk)

    assert runs == [4]


def test_a_request_during_the_run_makes_it_run_once_more(work):
    asked: list[Job] = []
    runs = work(lambda: asked.append(ask(2)) if not asked else None)
    job = ask(1)

    run(job.pk)
    job.refresh_from_db()
    between = job.state
    run(job.pk)
    job.refresh_from_db()

    assert (between, runs, job.state) == (JobState.QUEUED, [1, 2], JobState.DONE)
    assert not job.is_wanted_again


def test_a_request_during_the_last_failing_attempt_is_not_given_up(work):
    asked: list[Job] = []

    def fail() -> None:
        if not asked:
            asked.append(ask(2))
            raise RuntimeError

    runs = work(fail)
    job = ask(1)
    Job.objects.filter(pk=job.pk).update(attempts=job.max_attempts - 1)

    run(job.pk)
    run(job.pk)

    job.refresh_from_db()
    assert (runs, job.state) == ([1, 2], JobState.DONE)


def test_without_again_a_finished_job_is_left_alone(work):
    runs = work(lambda: None)
    run(ask(1).pk)

    with transaction.atomic():
        job = request_job("test_again", key="again:1", payload={"n": 2})
    run(job.pk)

    assert runs == [1]
