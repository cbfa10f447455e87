"""Answering for a rule that exactly these files do not meet; never for what guards against dangerous files or people."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.queries import require_person
from governance.policies.effective import EffectivePolicy
from governance.policies.locks import hold_policy
from governance.policies.outcomes import Outcome
from governance.policies.rules.base import Rule
from governance.reviews.gathering import ChangeReview, review_of
from governance.reviews.queries import why_not_reviewer
from governance.reviews.requests.events import CheckWaived, CheckWaiverEnded
from governance.reviews.requests.models import CheckWaiver
from governance.reviews.subjects import closed_words, is_open
from governance.reviews.waivers import checked_reason, require_answering
from hub.core.actor import Actor
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from hub.core.events import emit
from models_catalog.changes.actions import hold_change
from models_catalog.changes.models import Change
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import require_active

MOST_DAYS = 365


def waivable_rules(effective: EffectivePolicy) -> dict[str, Rule]:
    """The rules in force that somebody may answer for, by their ids. Files are answered for one by one."""
    return {rule.id: rule for rule in effective.rules if rule.is_waivable}


def rule_titles(effective: EffectivePolicy) -> dict[str, str]:
    """What each rule in force asks for, in words, by its id."""
    return {rule.id: rule.title for rule in effective.rules}


def waivable_title(effective: EffectivePolicy, rule: str) -> str:
    """What the rule asks for, in words. Raises ``Invalid`` for one that is not in force or that nobody may waive."""
    found = waivable_rules(effective).get(rule)
    if found is None:
        raise Invalid(_("Choose a rule of the policy in force that can be waived."), field="rule")
    return found.title


def checked_days(days: object) -> int:
    """How long a waiver of a rule lasts."""
    if not isinstance(days, int) or not 1 <= days <= MOST_DAYS:
        raise Invalid(
            _("A waiver ends after 1 to {most_days} days.").format(most_days=MOST_DAYS),
            field="days",
        )
    return days


def why_not_waive_check(review: ChangeReview, rule: str, *, actor: Actor) -> str | None:
    """Why the actor may not answer for this rule; ``None`` when they may."""
    if actor.user is None:
        return _("Sign in to answer for a rule.")
    if not is_open(review.subject):
        return closed_words(review.subject)
    if rule not in waivable_rules(review.effective):
        return _("Nobody can answer for this rule: it has to be met.")
    check = next((each for each in review.checks if each.rule == rule), None)
    if check is None or check.outcome not in (Outcome.FAIL, Outcome.DECIDE):
        return _("This rule keeps nobody back: there is nothing to answer for.")
    return why_not_reviewer(review.subject.repo, review, actor=actor)


def checks_to_answer_for(review: ChangeReview, *, actor: Actor) -> dict[str, str | None]:
    """The rules that are not met and could be waived, each with the reason why the actor may not."""
    failed = [c.rule for c in review.checks if c.outcome in (Outcome.FAIL, Outcome.DECIDE)]
    waivable = waivable_rules(review.effective)
    return {
        rule: why_not_waive_check(review, rule, actor=actor) for rule in failed if rule in waivable
    }


@transaction.atomic
def waive_check(
    change: Change, *, rule: str, reason: str, days: int, actor: Actor, expected_sha1: str
) -> CheckWaiver:
    """Answer for one rule that the change's head does not meet; binds to exactly its files.

    Raises ``Forbidden`` with the sentence of ``why_not_waive_check``. The same answer again changes nothing.
    """
    require_person(actor)
    assert actor.user is not None
    require_active(change.repo, actor=actor)
    change = hold_change(change)
    if change.head.sha1 != expected_sha1:
        raise Conflict(_("A commit was added since you opened this page. Look at it again."))
    known = check_waivers_in_force(change.repo).filter(
        rule=rule, manifest_digest=change.head.manifest_digest, given_by=actor.user
    )
    if known:
        return known[0]
    refusal = why_not_waive_check(review_of(change), rule, actor=actor)
    if refusal is not None:
        raise Forbidden(refusal)
    answer = CheckWaiver(
        repo=change.repo,
        rule=rule,
        manifest_digest=change.head.manifest_digest,
        reason=checked_reason(reason),
        given_by=actor.user,
        discussion=change.discussion,
        expires_at=timezone.now() + timedelta(days=checked_days(days)),
    )
    return give_check_waiver(answer, actor=actor)


@transaction.atomic
def end_check_waiver(waiver: CheckWaiver, *, actor: Actor) -> None:
    """Take an answer back before its end: whoever gave it may, and every reviewer of the model."""
    require_answering(waiver.repo, waiver.given_by_id, actor=actor)
    hold_policy(waiver.repo.namespace)  # a merge that counts on it is over, or asks afterwards
    now = timezone.now()
    ended = CheckWaiver.objects.filter(pk=waiver.pk, expires_at__gt=now).update(expires_at=now)
    if not ended:
        raise Conflict(_("This waiver has ended already."))
    emit(
        CheckWaiverEnded(
            actor=actor,
            repo=waiver.repo,
            rule=waiver.rule,
            manifest_digest=waiver.manifest_digest,
        )
    )


@transaction.atomic
def give_check_waiver(waiver: CheckWaiver, *, actor: Actor) -> CheckWaiver:
    """Write an answer down. The caller has asked whether ``given_by`` may answer."""
    waiver.save()
    emit(
        CheckWaived(
            actor=actor,
            repo=waiver.repo,
            rule=waiver.rule,
            manifest_digest=waiver.manifest_digest,
            expires=waiver.expires_at.date().isoformat(),
            reason=waiver.reason,
        )
    )
    return waiver


def check_waivers_in_force(repo: Repo) -> QuerySet[CheckWaiver]:
    """The answers for rules that hold for a model, newest first."""
    waivers = CheckWaiver.objects.filter(repo=repo, expires_at__gt=timezone.now())
    return waivers.select_related("given_by").order_by("-pk")


def get_check_waiver(repo: Repo, waiver_id: int) -> CheckWaiver:
    """One answer in force. Raises ``NotFound``. Callers got the model by its door."""
    found = check_waivers_in_force(repo).filter(pk=waiver_id).first()
    if found is None:
        raise NotFound(_("There is no such waiver, or it has ended."))
    return found
