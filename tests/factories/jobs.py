"""Carrying out background work within a test."""

from __future__ import annotations

from django.utils import timezone

from hub.core.jobs.actions import run
from hub.core.jobs.models import Job, JobState


def run_jobs(*kinds: str, rounds: int = 200) -> int:
    """Run every queued job (of ``kinds``), also those that wait for others, until none is left; answer how many."""
    for done in range(rounds):
        queued = Job.objects.filter(state=JobState.QUEUED)
        if kinds:
            queued = queued.filter(kind__in=kinds)
        job = queued.order_by("due_at", "pk").first()
        if job is None:
            return done
        Job.objects.filter(pk=job.pk).update(due_at=timezone.now())
        run(job.pk)
    raise AssertionError(f"jobs are still queued after {rounds} rounds")
