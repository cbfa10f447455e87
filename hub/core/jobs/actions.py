"""Asking for background work and carrying it out, so that a lost message costs a retry and never the work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from django.db import close_old_connections, connection, transaction
from django.db.models import Case, Count, F, PositiveSmallIntegerField, Q, Value, When
from django.utils import timezone

from hub.core.jobs.messages import waiting_in
from hub.core.jobs.models import Job, JobState

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=30)
HEARTBEAT_SECONDS = 10.0
OVERDUE = timedelta(seconds=5)
SOON = 60.0  # seconds: a longer wait is left to the sweeper, instead of lying in a worker's memory
BACK_OFF = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))


class NotYet(Exception):
    """A handler raises this when something it needs is not there: the job is tried again later, at no cost."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"waits {seconds} s")
        self.seconds = seconds


Handler = Callable[[Mapping[str, Any]], str | None]
Publisher = Callable[[Job], None]

_handlers: dict[str, Handler] = {}
_exhausted: dict[str, Callable[[Mapping[str, Any], str], None]] = {}


def known_kinds() -> frozenset[str]:
    """Every kind of job that something carries out."""
    return frozenset(_handlers)


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Declare the function that carries out jobs of ``kind``; what it returns is kept as the outcome.

    It may be called more than once for one job and must then change nothing further.
    """

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def when_exhausted(kind: str, react: Callable[[Mapping[str, Any], str], None]) -> None:
    """Call ``react(payload, reason)`` in the transaction that gives a job of ``kind`` up after its last attempt."""
    _exhausted[kind] = react


def request_job(
    kind: str,
    *,
    key: str,
    payload: Mapping[str, Any],
    queue: str = "default",
    again: bool = False,
) -> Job:
    """Make sure that the job ``key`` is on the ledger, in the caller's transaction, and told to a worker after commit.

    A job that is known already is left alone, unless ``again`` asks for it to run after the caller's transaction: a
    finished one runs anew, a running one once more when it ends, and one that waits has yet to begin. So a burst of
    requests costs two runs at most, and the last request is never lost.
    """
    now = timezone.now()
    job, created = Job.objects.get_or_create(
        key=key,
        defaults={"kind": kind, "payload": dict(payload), "queue": queue, "due_at": now},
    )
    is_told = not created and job.state == JobState.QUEUED
    if not created and again:
        _ask_again(job, payload)
        job.refresh_from_db()
    if job.state == JobState.QUEUED and not is_told:
        transaction.on_commit(lambda: publish(job), robust=True)
    return job


def request_jobs(
    kind: str, payloads: Mapping[str, Mapping[str, Any]], *, queue: str = "default"
) -> None:
    """As ``request_job`` for many jobs of one kind at once, by key: one insert instead of hundreds."""
    now = timezone.now()
    jobs = [
        Job(key=key, kind=kind, payload=dict(payload), queue=queue, due_at=now)
        for key, payload in payloads.items()
    ]
    Job.objects.bulk_create(jobs, ignore_conflicts=True, batch_size=500)
    transaction.on_commit(partial(_publish_queued, list(payloads)), robust=True)


def _publish_queued(keys: Sequence[str]) -> None:
    for start in range(0, len(keys), 500):
        some = Job.objects.filter(key__in=keys[start : start + 500], state=JobState.QUEUED)
        for job in some.order_by("pk"):
            publish(job)


def _ask_again(job: Job, payload: Mapping[str, Any]) -> None:
    """Make a known job run after the caller's transaction.

    One statement, so that it cannot slip between the reading and the end of a run: it decides by the state that it
    finds under the row's lock, and holds that lock until the caller commits, so that no run begins before.
    """
    is_running = Q(state=JobState.RUNNING)
    is_finished = Q(state__in=[JobState.DONE, JobState.FAILED])
    none = Value(0, output_field=PositiveSmallIntegerField())
    Job.objects.filter(pk=job.pk).update(
        is_wanted_again=Case(When(is_running, then=Value(True)), default=F("is_wanted_again")),
        state=Case(When(is_finished, then=Value(JobState.QUEUED)), default=F("state")),
        attempts=Case(When(is_finished, then=none), default=F("attempts")),
        due_at=Case(When(is_finished, then=Value(timezone.now())), default=F("due_at")),
        payload=dict(payload),
    )


def publish(job: Job, *, after: float = 0) -> None:
    """Tell the queue about a job, to be run in ``after`` seconds. The ledger is the truth: a message that gets lost is sent again by the sweeper."""
    from hub.core.jobs.tasks import run_job  # noqa: PLC0415 - the task needs this module

    run_job.apply_async(args=(job.pk,), queue=job.queue, countdown=after, retry=False)


def claim(job_id: int) -> Job | None:
    """Take the job if it is free; ``None`` when it is done, held by a living worker, or not yet due."""
    now = timezone.now()
    free = Q(state=JobState.QUEUED, due_at__lte=now) | Q(
        state=JobState.RUNNING, lease_until__lt=now
    )
    taken = Job.objects.filter(free, pk=job_id).update(
        state=JobState.RUNNING, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    return Job.objects.get(pk=job_id) if taken else None


def run(job_id: int) -> None:
    """Carry the job out, if it is free, and write down how it ended."""
    job = claim(job_id)
    if job is None:
        return
    if job.attempts > job.max_attempts:
        _give_up(job, job.outcome or "The worker died each time this was tried.")
        return
    try:
        with _heartbeat(job.pk):
            outcome = _handlers[job.kind](job.payload) or ""
    except NotYet as wait:
        Job.objects.filter(pk=job.pk, attempts=job.attempts).update(
            state=JobState.QUEUED,
            attempts=job.attempts - 1,
            is_wanted_again=False,
            due_at=timezone.now() + timedelta(seconds=wait.seconds),
            lease_until=None,
        )
        if wait.seconds <= SOON:
            publish(job, after=wait.seconds)
        return
    except Exception as error:
        log.exception("job_failed", job_id=job.pk, kind=job.kind, attempt=job.attempts)
        _retry_later(job, f"{type(error).__name__}: {error}")
        return
    _finish(job, JobState.DONE, outcome)


def _finish(job: Job, state: JobState, outcome: str) -> bool:
    """Write the end of a run down, or queue the job at once if it was asked for meanwhile; whether it has ended."""
    now = timezone.now()
    mine = Job.objects.filter(pk=job.pk, attempts=job.attempts)
    if mine.filter(is_wanted_again=False).update(
        state=state, outcome=outcome[:2000], finished_at=now, lease_until=None
    ):
        return True
    if mine.filter(is_wanted_again=True).update(
        state=JobState.QUEUED, is_wanted_again=False, attempts=0, due_at=now, lease_until=None
    ):
        transaction.on_commit(partial(publish, job), robust=True)
    return False


def _retry_later(job: Job, reason: str) -> None:
    if job.attempts >= job.max_attempts:
        _give_up(job, reason)
        return
    wait = BACK_OFF[min(job.attempts, len(BACK_OFF)) - 1]
    Job.objects.filter(pk=job.pk, attempts=job.attempts).update(
        state=JobState.QUEUED,
        is_wanted_again=False,
        due_at=timezone.now() + wait,
        outcome=reason[:2000],
        lease_until=None,
    )


def _give_up(job: Job, reason: str) -> None:
    with transaction.atomic():
        if not _finish(job, JobState.FAILED, reason):
            return
        if job.kind in _exhausted:
            _exhausted[job.kind](job.payload, reason)
    log.error("job_given_up", job_id=job.pk, kind=job.kind, attempts=job.attempts)


@contextmanager
def _heartbeat(job_id: int) -> Iterator[None]:
    """Renew the lease while the handler works; a killed worker stops renewing and the job is free again."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(HEARTBEAT_SECONDS):
            close_old_connections()
            Job.objects.filter(pk=job_id).update(lease_until=timezone.now() + LEASE)
        connection.close()

    thread = threading.Thread(target=renew, name=f"lease-{job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def bring_forward(kind: str, **payload: Any) -> None:
    """Run waiting jobs of ``kind`` now, because what they waited for is there (``payload__x=…`` selects)."""
    for job in Job.objects.filter(kind=kind, state=JobState.QUEUED, **payload):
        Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(due_at=timezone.now())
        transaction.on_commit(partial(publish, job), robust=True)


def sweep(limit: int = 500) -> int:
    """Tell the queues again about jobs whose message was lost; answers how many.

    A job that is overdue behind many others is not lost. So of the jobs that wait, only as many are told again as there
    are fewer messages in the queue, the oldest first: otherwise a backlog would grow by copies faster than it is done.
    """
    now = timezone.now()
    abandoned = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now)
    again = list(abandoned.order_by("lease_until")[:limit])
    due = Job.objects.filter(state=JobState.QUEUED, due_at__lte=now)
    for queue, count in due.order_by().values_list("queue").annotate(count=Count("pk")):
        missing = max(0, count - waiting_in(queue))
        overdue = due.filter(queue=queue, due_at__lt=now - OVERDUE).order_by("due_at")
        again += overdue[: min(limit, missing)]
    for job in again:
        publish(job)
    return len(again)
