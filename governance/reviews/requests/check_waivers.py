"""Answering for a rule that exactly these files do not meet; never for what guards against dangerous files or people."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.policies.effective import EffectivePolicy
from governance.policies.rules.base import Rule
from governance.reviews.requests.events import CheckWaived
from governance.reviews.requests.models import CheckWaiver
from hub.core.actor import Actor
from hub.core.errors import Invalid
from hub.core.events import emit
from models_catalog.repos.models import Repo

MOST_DAYS = 365
NEVER_WAIVED = frozenset({"approvals", "objections", "up_to_date", "verdicts", "unreadable"})


def waivable_rules(effective: EffectivePolicy) -> dict[str, Rule]:
    """The rules in force that somebody may answer for, by their ids. Files are answered for one by one."""
    rules = {rule.id: rule for rule in effective.rules}
    return {
        name: rule
        for name, rule in rules.items()
        if name not in NEVER_WAIVED and getattr(rule, "is_waivable", True)
    }


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
