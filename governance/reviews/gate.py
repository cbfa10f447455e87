"""The answer to the catalogue's question whether a change may be merged."""

from __future__ import annotations

from django.utils.translation import gettext as _

from governance.policies.actions import hold_policy
from governance.reviews.gathering import review_of, standings_of
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
    stage = question.to_stage or question.from_stage
    return [
        Refusal(
            _(
                "“{stage}” is protected: a version comes there, or leaves it, by a review only."
            ).format(stage=stage)
        )
    ]


def answer_alias(question: AliasQuestion) -> list[Refusal]:
    """Protected aliases of reviewed models: only what a review granted."""
    if not question.is_guarded:
        return []
    return [
        Refusal(
            _("“{alias}” is protected: it moves by a review only.").format(alias=question.alias)
        )
    ]
