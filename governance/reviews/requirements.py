"""Which rules are asked of a change or a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from governance.policies.effective import EffectivePolicy
from governance.policies.rules import ALWAYS
from governance.policies.rules.approvals import Approvals
from governance.policies.rules.base import Rule
from governance.policies.rules.by_kind import ReviewsOfKind, approvals_for
from governance.policies.rules.checklist import Checklist
from governance.policies.rules.freshness import UpToDate
from governance.policies.rules.objections import NoObjections
from governance.reviews.subjects import Subject, judges_files
from models_catalog.changes.models import Change

OF_PEOPLE = (Approvals, NoObjections, ReviewsOfKind, Checklist)
OF_CHANGES = (*OF_PEOPLE, UpToDate)


def approvals_asked(effective: EffectivePolicy, subject: Subject, kind: str) -> Approvals:
    """What is asked of people: whoever asks for something needs the word of one other person at least."""
    rule = approvals_for(effective.rules, kind)
    return rule if isinstance(subject, Change) else replace(rule, count=max(1, rule.count))


def rules_for(subject: Subject, effective: EffectivePolicy, kind: str) -> Sequence[Rule]:
    """What is asked of a subject: a request is about what stands already, and some kinds are about no files at all.

    What is asked of people is one rule, whichever rules it comes from.
    """
    asked = approvals_asked(effective, subject, kind)
    if isinstance(subject, Change):
        others = [r for r in effective.rules if not isinstance(r, Approvals | ReviewsOfKind)]
        is_asked = asked.count or asked.security
        is_asked = is_asked or any(isinstance(r, Approvals) for r in effective.rules)
        return [asked, *others] if is_asked else others
    lists = [r for r in effective.rules if isinstance(r, Checklist)]
    of_people: list[Rule] = [asked, *ALWAYS, *lists]
    if not judges_files(subject):
        return of_people
    return [*of_people, *(r for r in effective.rules if not isinstance(r, OF_CHANGES))]
