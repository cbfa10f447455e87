"""Gathering what the answer about one change's review says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from accounts.users.models import User
from governance.api.review_shapes import MOST_EVIDENCE, ReviewShape
from governance.policies.outcomes import CheckOutcome
from governance.reviews.community import is_asked
from governance.reviews.gathering import ChangeReview, review_of
from governance.reviews.models import DecisionKind
from governance.reviews.people import Bench
from governance.reviews.queries import (
    files_to_answer_for,
    standing_decisions,
    waivers_among,
    why_not_decide,
    why_not_merge,
)
from hub.api.shapes import shown
from hub.core.actor import Actor
from models_catalog.changes.models import Change
from models_catalog.changes.queries import OPEN_STATES
from models_catalog.revisions.verdicts import path_verdicts

MOST_PEOPLE = 50
MOST_FILES = 50
OF_OPEN_ONES = (
    "review_kind due_at is_behind policy checks approvals makers reviewers community you".split()  # noqa: SIM905 - a list of words
)


def review_facts(change: Change, *, actor: Actor) -> dict[str, Any]:
    """The answer about a change as it stands, for somebody who got it by its door."""
    is_open = change.discussion.state in OPEN_STATES
    review = review_of(change) if is_open else None
    reports = review.reports if review else path_verdicts(change.head)
    given = waivers_among(change.repo, reports)
    facts = {
        "model": change.repo.full_name,
        "number": change.discussion.number,
        "title": change.discussion.title,
        "state": change.discussion.state,
        "head": change.head.sha1,
        "manifest_digest": change.head.manifest_digest,
        "decisions": standing_decisions(change),
        "waivers": [{"path": path, "waiver": waiver} for path, waiver in given],
    }
    of_open = _of_open(review, actor=actor) if review else dict.fromkeys(OF_OPEN_ONES)
    return shown(ReviewShape, facts | of_open)


def _of_open(review: ChangeReview, *, actor: Actor) -> dict[str, Any]:
    bench = review.bench
    people = _names({*_some(bench.makers), *_some(bench.reviewers)})
    return {
        "review_kind": review.kind,
        "due_at": review.due_at,
        "is_behind": review.facts.is_behind,
        "policy": review.policy,
        "checks": [check_facts(check) for check in review.checks],
        "approvals": approvals_of(review),
        "makers": [people[pk] for pk in _some(bench.makers)],
        "reviewers": [people[pk] for pk in _some(bench.reviewers)],
        "community": {
            "may_stand_in": bench.is_too_small,
            "are_asked": bench.is_too_small and is_asked(review.change.repo),
        },
        "you": _you(review, actor=actor),
    }


def approvals_of(review: ChangeReview) -> dict[str, int]:
    """How many approvals are needed, and how many count."""
    return {
        "needed": review.bench.needed,
        "needed_for_security": review.bench.needed_security,
        "given": len(review.counting),
        "given_for_security": sum(voice.as_security for voice in review.facts.approvals),
    }


def check_facts(check: CheckOutcome) -> dict[str, Any]:
    """What the answer says of one check."""
    shown_evidence = list(check.evidence[:MOST_EVIDENCE])
    return asdict(check) | {"is_blocking": check.is_blocking, "evidence": shown_evidence}


def _you(review: ChangeReview, *, actor: Actor) -> dict[str, Any]:
    why_not = {
        kind.value: why_not_decide(review.change, actor=actor, kind=kind, review=review)
        for kind in DecisionKind
    }
    files = files_to_answer_for(review, actor=actor, most=MOST_FILES)
    merging = why_not_merge(review.change, actor=actor, review=review)
    return {
        "decides_as": _decides_as(review.bench, actor.user),
        "decisions": [
            {"kind": kind, "is_allowed": reason is None, "reason": reason}
            for kind, reason in why_not.items()
        ],
        "waivers": [
            {"path": path, "is_allowed": reason is None, "reason": reason}
            for path, reason in files.items()
        ],
        "merge": {"is_allowed": not merging, "reasons": merging},
    }


def _decides_as(bench: Bench, user: User | None) -> str | None:
    if user is None or not bench.seats(user):
        return None
    return "security_reviewer" if bench.seats_for_security(user) else "reviewer"


def _some(people: Collection[int]) -> list[int]:
    return sorted(people)[:MOST_PEOPLE]


def _names(ids: Collection[int]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "username"))
