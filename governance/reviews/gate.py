"""The answers to the catalogue's questions: whether a change may be merged, a stage or an alias moved."""

from __future__ import annotations

from django.utils.translation import gettext as _

from governance.policies.locks import hold_policy
from governance.reviews.gathering import review_of, standings_of
from governance.reviews.requests.gate import is_granted
from governance.reviews.requests.models import RequestKind
from governance.reviews.requests.stage_moves import ALIAS, STAGE
from hub.core.gates import Refusal
from models_catalog.changes.gates import MergeQuestion
from models_catalog.changes.models import Change
from models_catalog.stages.gates import AliasQuestion, StageQuestion


def answer_merge(question: MergeQuestion) -> list[Refusal]:
    """Every rule of the policy in force that exactly this revision does not meet, as sentences.

    Asked inside the transaction that merges, with the change locked: what it sees is what will be merged.
    """
    if question.revision.pk != question.change.head_id:
        return [Refusal(_("The change has moved on. Reload its page."))]
    hold_policy(question.change.repo.namespace)
    return [Refusal(check.reason) for check in review_of(question.change).blocking]


def count_approvals(change: Change) -> int:
    """How many approvals stand for the head of the change and count under the policy in force."""
    return len(standings_of([change])[change.pk].counting)


def answer_stage(question: StageQuestion) -> list[Refusal]:
    """Protected stages of reviewed models: only what a review granted."""
    if not question.is_guarded:
        return []
    return is_granted(
        RequestKind.PROMOTE,
        question.version,
        repo=question.version.repo,
        target=STAGE,
        name=question.to_stage,
        review=question.review,
    )


def answer_alias(question: AliasQuestion) -> list[Refusal]:
    """Protected aliases of reviewed models: only what a review granted."""
    if not question.is_guarded:
        return []
    version = question.version or question.replaced
    assert version is not None
    return is_granted(
        RequestKind.PROMOTE,
        question.version,
        repo=version.repo,
        target=ALIAS,
        name=question.alias,
        review=question.review,
    )
