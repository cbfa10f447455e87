"""Keeping the rows of queues. What starts, ends and is due is written with the event; what was found, by a job.

An entry is locked last in its transaction, by those who hold its change or request, so that nobody waits for another
here. Events that reach many entries, or come while further locks are still to be taken, only ask for the job.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Min, Q
from django.utils import timezone

from governance.policies.effective import effective_policy
from governance.policies.events import PolicyChanged
from governance.policies.models import Policy
from governance.policies.places import place_of, reached_by
from governance.reviews.assignments import waiting_assignments
from governance.reviews.events import (
    DecisionMade,
    DecisionVoided,
    ReviewAssigned,
    ReviewUnassigned,
)
from governance.reviews.gathering import ChangeReview
from governance.reviews.kinds import licence_change
from governance.reviews.queues.judging import all_judged
from governance.reviews.queues.models import QueueEntry, QueueKind
from governance.reviews.queues.risk import Reason, risk_of
from governance.reviews.requests.events import RequestEvent, RequestOpened
from governance.reviews.requirements import approvals_asked
from governance.reviews.subjects import Subject, kind_of
from hub.core.jobs.actions import request_job
from models_catalog.changes.events import ChangeEvent, ChangeOpened
from models_catalog.changes.models import Change, Discussion
from models_catalog.repos.events import RepoEvent
from models_catalog.revisions.models import Occurrence

REFRESH, REFRESH_REACHED = "refresh_queue", "refresh_queue_of_policy"
STALE_AFTER = timedelta(hours=1)
FEW = 100  # models, asked for at once
BATCH = 200


def begin(event: ChangeOpened | RequestOpened) -> None:
    """A change or a request was opened: it waits from now on."""
    subject: Subject = event.change if isinstance(event, ChangeOpened) else event.request
    kind, effective = kind_of(subject), effective_policy(event.repo)
    asked, thread = approvals_asked(effective, subject, kind), subject.discussion
    days = effective.days_for(kind)
    QueueEntry.objects.create(
        discussion=thread,
        repo=event.repo,
        namespace_id=event.repo.namespace_id,
        kind=kind,
        opened_at=thread.created_at,
        days=days,
        needed=asked.count,
        needed_security=asked.security,
        due_at=thread.created_at + timedelta(days=days),
    )
    request_refresh(event.repo.pk)


def end(event: ChangeEvent | RequestEvent) -> None:
    """It was merged, granted or closed."""
    thread = (
        event.change.discussion_id
        if isinstance(event, ChangeEvent)
        else event.request.discussion_id
    )
    ended = Discussion.objects.filter(pk=thread).values_list("closed_at", flat=True)
    QueueEntry.objects.filter(pk=thread).update(ended_at=ended.get())


def set_due(event: ReviewAssigned | ReviewUnassigned | DecisionMade | DecisionVoided) -> None:
    """Somebody was asked to answer by a day, is asked no longer, has answered, or has taken that back."""
    thread = Discussion.objects.filter(repo=event.repo, number=event.number)
    for entry in QueueEntry.objects.filter(discussion__in=thread.values("pk")):
        QueueEntry.objects.filter(pk=entry.pk).update(due_at=_due(entry, days=entry.days))


def look_again(event: RepoEvent) -> None:
    """Something happened to a model that what waits in it may depend on."""
    if QueueEntry.objects.filter(repo=event.repo, ended_at=None).exists():
        request_refresh(event.repo.pk)


def look_again_for_policy(event: PolicyChanged) -> None:
    """Other rules are in force."""
    key = f"queue-policy:{event.policy.pk}"
    request_job(REFRESH_REACHED, key=key, payload={"policy": event.policy.pk})


def look_again_for_blob(sha256: str) -> None:
    """Bytes got another verdict; what waits in more than ``FEW`` models with them is found by the sweep."""
    holders = Occurrence.objects.filter(blob__sha256=sha256).values("repo_id")
    waiting = QueueEntry.objects.filter(ended_at=None, repo__in=holders)
    for repo_id in waiting.order_by("repo_id").values_list("repo_id", flat=True).distinct()[:FEW]:
        request_refresh(repo_id)


def request_refresh(repo_id: int) -> None:
    """Ask for the entries of a model to be made anew after the caller's transaction."""
    request_job(REFRESH, key=f"queue:{repo_id}", payload={"repo": repo_id}, again=True)


def request_stale() -> int:
    """Ask for what was not looked at for ``STALE_AFTER``: some rules depend on the day, and an event may be lost."""
    old = Q(refreshed_at=None) | Q(refreshed_at__lt=timezone.now() - STALE_AFTER)
    rows = QueueEntry.objects.filter(old, ended_at=None).order_by(
        F("refreshed_at").asc(nulls_first=True)
    )
    repos = set(rows.values_list("repo_id", flat=True)[:BATCH])
    _request_each(repos)
    return len(repos)


def _request_each(repos: Iterable[int]) -> None:
    """One by one: a transaction that holds the jobs of many models would wait for others that hold one."""
    for repo_id in repos:
        with transaction.atomic():
            request_refresh(repo_id)


def refresh_reached(payload: Mapping[str, Any]) -> str:
    """Ledger job: ask for the entries of every model that a policy speaks of."""
    policy = Policy.objects.filter(pk=payload["policy"]).first()
    if policy is None:
        return "The policy is gone."
    waiting = QueueEntry.objects.filter(
        ended_at=None, repo__in=reached_by(place_of(policy)).values("pk")
    )
    repos = waiting.order_by("repo_id").values_list("repo_id", flat=True).distinct()
    count, last = 0, 0
    while batch := list(repos.filter(repo_id__gt=last)[:BATCH]):
        _request_each(batch)
        count, last = count + len(batch), batch[-1]
    return f"{count} models asked for"


def refresh(payload: Mapping[str, Any]) -> str:
    """Ledger job: look at everything that waits in a model, and write down what was found. Run twice, it does so again."""
    waiting = QueueEntry.objects.filter(repo=payload["repo"], ended_at=None)
    count = 0
    for entry, subject, review in all_judged(waiting):
        _write(entry, subject, review)
        count += 1
    return f"{count} looked at"


@transaction.atomic
def _write(entry: QueueEntry, subject: Subject, review: ChangeReview) -> None:
    """The entry is held first: whoever asks somebody meanwhile writes the day after this, or has written it before."""
    QueueEntry.objects.select_for_update(no_key=True).only("pk").filter(pk=entry.pk).first()
    kind = entry.kind
    if isinstance(subject, Change):
        kind = QueueKind.LICENCE if licence_change(review) else QueueKind.PUBLISH
    found = risk_of(review, kind)
    QueueEntry.objects.filter(pk=entry.pk).update(
        namespace_id=subject.repo.namespace_id,
        kind=kind,
        days=review.days,
        needed=review.bench.needed,
        needed_security=review.bench.needed_security,
        risk=found.risk,
        reasons=[reason.value for reason in found.reasons],
        is_blocked=Reason.BLOCKED in found.reasons,
        due_at=_due(entry, days=review.days),
        refreshed_at=timezone.now(),
    )


def _due(entry: QueueEntry, *, days: int) -> datetime:
    """The first day that somebody was asked to answer by and has not; else as the policy says."""
    asked = waiting_assignments().filter(discussion=entry.pk)
    first: datetime | None = asked.aggregate(first=Min("due_at"))["first"]
    return first or entry.opened_at + timedelta(days=days)
