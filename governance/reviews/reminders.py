"""Reminding people of reviews that they were asked for: before they are due, after, and then the admins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.authz.policy import Right
from accounts.orgs.queries import people_with_right
from governance.reviews.assignments import waiting_assignments
from governance.reviews.events import ReviewEscalated, ReviewReminded
from governance.reviews.models import Assignment, Told
from hub.core.actor import SYSTEM
from hub.core.events import emit
from hub.core.jobs.actions import request_jobs

REMIND = "reviews.remind"
BEFORE = timedelta(days=1)
ESCALATED_AFTER = timedelta(days=3)
BATCH = 500
MOST_ADMINS = 50


def request_reminders() -> int:
    """Put a job on the ledger for every reminder that is due; one job for each person, thread, day and step."""
    now = timezone.now()
    steps: dict[int, tuple[Told, datetime]] = {}
    for step in (
        Told.ESCALATED,
        Told.OVERDUE,
        Told.DUE_SOON,
    ):  # the last step alone, where some were missed
        late = waiting_assignments().filter(told__lt=step, due_at__lte=_until(step, now))
        for pk, due in late.order_by("due_at", "pk").values_list("pk", "due_at")[:BATCH]:
            steps.setdefault(pk, (step, due))
    payloads = {
        f"remind:{pk}:{int(due.timestamp())}:{step.value}": {"assignment": pk, "step": step.value}
        for pk, (step, due) in steps.items()
    }
    with transaction.atomic():
        request_jobs(REMIND, payloads)
    return len(payloads)


def _until(step: Told, now: datetime) -> datetime:
    """What is due by then has come to this step."""
    since = {
        Told.DUE_SOON: -BEFORE,
        Told.OVERDUE: timedelta(),
        Told.ESCALATED: ESCALATED_AFTER,
    }
    return now - since[step]


def remind(payload: Mapping[str, Any]) -> str:
    """Carry one reminder out, unless it has been, a later step has, or nothing waits any more."""
    step = Told(payload["step"])
    with transaction.atomic():
        held = Assignment.objects.select_for_update(no_key=True, of=("self",))
        held.filter(pk=payload["assignment"]).first()  # the second of two workers waits here
        waiting = waiting_assignments().select_related(
            "discussion__repo__namespace__organization", "reviewer"
        )
        late = waiting.filter(
            pk=payload["assignment"], told__lt=step, due_at__lte=_until(step, timezone.now())
        )
        assignment = late.first()
        if assignment is None:
            return "nothing waits"
        Assignment.objects.filter(pk=assignment.pk).update(told=step)
        _tell(assignment, step)
    return step.name.lower()


def _tell(assignment: Assignment, step: Told) -> None:
    thread = assignment.discussion
    about: dict[str, Any] = {
        "actor": SYSTEM,
        "repo": thread.repo,
        "number": thread.number,
        "reviewer": assignment.reviewer.username,
        "due": assignment.due_at.date().isoformat(),
    }
    if step == Told.ESCALATED:
        emit(ReviewEscalated(**about, concerns=_admins(assignment)))
    else:
        is_late = step == Told.OVERDUE
        emit(ReviewReminded(**about, is_late=is_late, concerns=(assignment.reviewer_id,)))


def _admins(assignment: Assignment) -> tuple[int, ...]:
    """Whoever decides what is asked for in the organisation; of a person's own models, that person."""
    namespace = assignment.discussion.repo.namespace
    if not namespace.is_organization:
        return (namespace.user.pk,)
    people = people_with_right(Right.POLICIES, organization=namespace.organization)
    return tuple(people.order_by("pk").values_list("pk", flat=True)[:MOST_ADMINS])
