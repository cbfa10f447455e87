"""What the ledger says of the work behind the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from hub.core.jobs.models import Job, JobState

RECENT = 200  # newest jobs, among which the last finished one is looked for
LATE = timedelta(minutes=10)  # a worker that is well takes what is due within seconds


@dataclass(frozen=True, slots=True)
class Backlog:
    """Work that is due and not begun, work that is being done, and when some was last finished."""

    waiting: int
    running: int
    due_since: datetime | None
    finished_at: datetime | None

    @property
    def is_late(self) -> bool:
        """Whether something has waited so long that no worker can be there."""
        return self.due_since is not None and timezone.now() - self.due_since > LATE


def backlog() -> Backlog:
    """How the work stands, in two queries over open jobs and the newest finished one."""
    now = timezone.now()
    is_due = Q(state=JobState.QUEUED, due_at__lte=now)
    open_jobs = Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING], due_at__lte=now)
    counted = open_jobs.aggregate(
        waiting=Count("pk", filter=is_due),
        running=Count("pk", filter=Q(state=JobState.RUNNING)),
        due_since=Min("due_at", filter=is_due),
    )
    recent = Job.objects.order_by("-pk")[:RECENT].values("finished_at")
    return Backlog(**counted, finished_at=recent.aggregate(last=Max("finished_at"))["last"])
