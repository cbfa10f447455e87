"""The sweeper brings back what was lost, and nothing else: copies of waiting messages would bury the queue."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from hub.core.jobs.actions import publish, request_job, request_jobs, sweep
from hub.core.jobs.messages import waiting_in
from hub.core.jobs.models import Job, JobState

pytestmark = [pytest.mark.django_db, pytest.mark.data]

LONG_AGO = timedelta(minutes=5)


@pytest.fixture
def queue() -> str:
    """The name of a queue that nobody reads from."""
    return f"q-{uuid.uuid4().hex[:12]}"


def jobs(queue: str, count: int, *, state: str = JobState.QUEUED) -> list[Job]:
    """Jobs that should have begun long ago."""
    then = timezone.now() - LONG_AGO
    lease = then if state == JobState.RUNNING else None
    return [
        Job.objects.create(
            key=f"{queue}:{n}",
            kind="none",
            queue=queue,
            state=state,
            due_at=then,
            lease_until=lease,
        )
        for n in range(count)
    ]


def test_jobs_that_only_wait_for_their_turn_are_not_told_again(queue):
    for job in jobs(queue, 5):
        publish(job)

    assert sweep() == 0
    assert waiting_in(queue) == 5


def test_lost_messages_are_sent_again_once(queue):
    jobs(queue, 5)

    assert sweep() == 5
    assert sweep() == 0
    assert waiting_in(queue) == 5


def test_as_many_are_told_again_as_are_missing(queue):
    _lost, *others = jobs(queue, 5)
    for job in others:
        publish(job)

    assert sweep() == 1
    assert waiting_in(queue) == 5


def test_a_job_whose_worker_died_is_told_again(queue):
    jobs(queue, 1, state=JobState.RUNNING)

    assert sweep() == 1


def test_a_job_that_is_not_due_is_left_alone(queue):
    (job,) = jobs(queue, 1)
    job.due_at = timezone.now() + LONG_AGO
    job.save()

    assert sweep() == 0


@pytest.mark.django_db(transaction=True)
def test_asking_again_for_a_job_that_waits_sends_no_second_message(queue):
    for _ in range(3):
        with transaction.atomic():
            request_job("none", key=f"{queue}:1", payload={}, queue=queue, again=True)

    assert waiting_in(queue) == 1


@pytest.mark.django_db(transaction=True)
def test_many_jobs_at_once_are_told_once_each(queue):
    with transaction.atomic():
        request_jobs("none", {f"{queue}:{n}": {"n": n} for n in range(30)}, queue=queue)

    assert waiting_in(queue) == 30
    assert Job.objects.filter(queue=queue).count() == 30
