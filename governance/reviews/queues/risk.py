"""How much a reviewer has to look out for: worked out from verdicts, licences and checks, and from nothing else.

High: scanning blocks a file, the scan of a file failed, or the policy does not allow the licence. Some: a file needs a
look or cannot be read, the licence changes or is missing, another check fails or is left to people, or it asks to be
excused from a rule. Low: none of these, once all files have been scanned and the card was read. Until then it is not
known, unless something high was found already. A file that somebody answers for by a waiver still counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.approvals import Approvals
from governance.policies.rules.cards import LicencePresent
from governance.policies.rules.freshness import UpToDate
from governance.policies.rules.licences import AllowedLicences
from governance.policies.rules.objections import NoObjections
from governance.policies.rules.verdicts import Verdicts
from governance.reviews.gathering import ChangeReview
from governance.reviews.kinds import licence_change, licence_of
from governance.reviews.queues.models import QueueKind, Risk
from governance.reviews.subjects import judges_files
from models_catalog.storage.models import Verdict

TOLD_OTHERWISE = (  # about people or the order of things, or told by what the rule looks at itself
    Approvals.id,
    NoObjections.id,
    UpToDate.id,
    Verdicts.id,
    LicencePresent.id,
)


class Reason(models.TextChoices):
    """What was found."""

    BLOCKED = "blocked", _("Scanning blocks a file")
    SCAN_FAILED = "scan_failed", _("The scan of a file failed")
    LICENCE_REFUSED = "licence_refused", _("The policy does not allow its licence")
    LOOK = "look", _("A file needs a look")
    UNREADABLE = "unreadable", _("A file cannot be read by scanning")
    LICENCE_CHANGES = "licence_changes", _("Its licence changes")
    LICENCE_MISSING = "licence_missing", _("It names no licence")
    CHECKS = "checks", _("A check fails")
    TO_DECIDE = "to_decide", _("A check is left to people")
    EXCUSE = "excuse", _("It asks to be excused from a rule")
    UNFINISHED = "unfinished", _("The hub has not looked at all of it")


HIGH = {Reason.BLOCKED, Reason.SCAN_FAILED, Reason.LICENCE_REFUSED}
BY_VERDICT = {
    Verdict.DANGEROUS: Reason.BLOCKED,
    Verdict.ERROR: Reason.SCAN_FAILED,
    Verdict.SUSPICIOUS: Reason.LOOK,
    Verdict.UNSCANNABLE: Reason.UNREADABLE,
    Verdict.PENDING: Reason.UNFINISHED,
}


@dataclass(frozen=True, slots=True)
class Found:
    """The level, and why, in the order of ``Reason``."""

    risk: Risk
    reasons: tuple[Reason, ...]


def risk_of(review: ChangeReview, kind: str) -> Found:
    """What a review of ``kind`` has found so far."""
    found = set(_reasons(review, kind))
    reasons = tuple(reason for reason in Reason if reason in found)
    if found & HIGH:
        return Found(Risk.HIGH, reasons)
    if Reason.UNFINISHED in found:
        return Found(Risk.UNKNOWN, reasons)
    return Found(Risk.SOME if found else Risk.LOW, reasons)


def _reasons(review: ChangeReview, kind: str) -> Iterator[Reason]:
    for verdict in {file.verdict for file in review.facts.files} & set(BY_VERDICT):
        yield BY_VERDICT[verdict]
    if kind == QueueKind.WAIVER:
        yield Reason.EXCUSE
    if judges_files(review.subject):
        yield from _of_card(review)
    for check in review.checks:
        if check.rule not in TOLD_OTHERWISE:
            yield from _of_check(check, review)


def _of_card(review: ChangeReview) -> Iterator[Reason]:
    if not review.facts.is_card_read:
        yield Reason.UNFINISHED
    elif not licence_of(review.facts.card):
        yield Reason.LICENCE_MISSING
    if licence_change(review) is not None:
        yield Reason.LICENCE_CHANGES


def _of_check(check: CheckOutcome, review: ChangeReview) -> Iterator[Reason]:
    if check.outcome == Outcome.PENDING:
        yield Reason.UNFINISHED
    elif check.outcome == Outcome.DECIDE:
        yield Reason.TO_DECIDE
    elif check.outcome == Outcome.FAIL and check.rule != AllowedLicences.id:
        yield Reason.CHECKS
    elif check.outcome == Outcome.FAIL and licence_of(review.facts.card):
        yield Reason.LICENCE_REFUSED
