"""The job ledger: a row per background task, written in the transaction that asks for it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class JobState(models.TextChoices):
    """Where a job stands; ``failed`` is final after the last attempt."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(models.Model):
    """One piece of background work that must happen, whatever happens to the queue.

    ``key`` is unique per kind of work and subject, so asking twice is asking once. A worker holds a job by ``lease``:
    when the lease has run out, the sweeper queues the job again. ``is_wanted_again`` means that it was asked for while
    it ran: what it has read by then may be old, so it runs once more when it ends.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    queue = models.CharField(max_length=20, default="default")
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    is_wanted_again = models.BooleanField(default=False)
    lease_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    outcome = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                name="job_open_due",
                condition=models.Q(state__in=["queued", "running"]),
            ),
            models.Index(fields=["kind", "-id"], name="job_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"
