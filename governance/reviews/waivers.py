"""Answering for files that scanning cannot clear."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.authz.queries import require_means, require_person
from governance.policies.locks import hold_policy
from governance.reviews.actions import MAX_REASON
from governance.reviews.events import WaiverEnded, WaiverGiven
from governance.reviews.gathering import review_of
from governance.reviews.people import DECIDING
from governance.reviews.queries import why_not_waive
from governance.scanning.models import Waiver
from hub.core.actor import Actor
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from hub.core.events import emit
from models_catalog.changes.actions import hold_change
from models_catalog.changes.models import Change
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import repo_rights, require_active, require_repo_right

MOST_DAYS = 90


@transaction.atomic
def waive(
    change: Change, *, path: str, reason: str, days: int, actor: Actor, expected_sha1: str
) -> Waiver:
    """Answer for one file of the change's head, for at most ``MOST_DAYS`` days.

    The waiver binds to the model, the file's bytes and the ruleset that judged them; under the next ruleset it says
    nothing. Raises ``Forbidden`` with the sentence of ``why_not_waive``.
    """
    require_person(actor)
    assert actor.user is not None
    require_active(change.repo, actor=actor)
    change = hold_change(change)
    if change.head.sha1 != expected_sha1:
        raise Conflict(_("A commit was added since you opened this page. Look at the file again."))
    review = review_of(change)
    report = review.reports.get(path)
    if report is None:
        raise NotFound(_("There is no such file in this change."))
    refusal = why_not_waive(review, report, actor=actor)
    if refusal is not None:
        raise Forbidden(refusal)
    until = timezone.now() + timedelta(days=_checked_days(days))
    reason = checked_reason(reason)
    known = Waiver.objects.filter(
        repo=change.repo,
        blob_id=report.entry.blob_id,
        ruleset=report.ruleset,
        verdict=report.verdict,
        given_by=actor.user,
        reason=reason,
        expires_at__gt=until - timedelta(days=1),
    ).first()
    if known is not None:
        return known
    waiver = Waiver.objects.create(
        repo=change.repo,
        blob_id=report.entry.blob_id,
        ruleset=report.ruleset,
        verdict=report.verdict,
        reason=reason,
        given_by=actor.user,
        discussion=change.discussion,
        expires_at=until,
    )
    emit(
        WaiverGiven(
            actor=actor,
            repo=change.repo,
            path=path,
            sha256=report.entry.sha256,
            verdict=report.verdict.value,
            ruleset=report.ruleset,
            expires=until.date().isoformat(),
            reason=reason,
        )
    )
    return waiver


def _checked_days(days: int) -> int:
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(
            _("A waiver ends after 1 to {most_days} days.").format(most_days=MOST_DAYS),
            field="days",
        )
    return days


def checked_reason(reason: str) -> str:
    """Why something may stay; never nothing."""
    reason = reason.strip()
    if not reason:
        raise Invalid(_("Say what you looked at and why it may stay."), field="reason")
    if len(reason) > MAX_REASON:
        raise Invalid(
            _("The reason is longer than {max_reason} characters.").format(max_reason=MAX_REASON),
            field="reason",
        )
    return reason


@transaction.atomic
def end_waiver(waiver: Waiver, *, actor: Actor) -> None:
    """Take a waiver back before its end: whoever gave it may, and every reviewer of the model."""
    repo = waiver.repo
    require_answering(repo, waiver.given_by_id, actor=actor)
    hold_policy(repo.namespace)  # a merge that counts on it is over, or asks afterwards
    now = timezone.now()
    ended = Waiver.objects.filter(pk=waiver.pk, expires_at__gt=now).update(expires_at=now)
    if not ended:
        raise Conflict(_("This waiver has ended already."))
    emit(
        WaiverEnded(
            actor=actor,
            repo=repo,
            sha256=waiver.blob.sha256,
            verdict=waiver.verdict,
            ruleset=waiver.ruleset,
        )
    )


def require_answering(repo: Repo, given_by_id: int, *, actor: Actor) -> None:
    """Refuse to end a waiver for all but who gave it and the reviewers of the model."""
    require_means(actor, Right.REVIEW, namespace_id=repo.namespace_id, repo_id=repo.pk)
    if given_by_id != actor.user_id and not repo_rights(repo, actor=actor) & set(DECIDING):
        require_repo_right(repo, Right.REVIEW, actor=actor)
    require_active(repo, actor=actor)
