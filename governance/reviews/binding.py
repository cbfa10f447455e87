"""What decisions are bound to."""

from __future__ import annotations

from governance.policies.effective import EffectivePolicy
from governance.reviews.models import ChecklistAnswer, Decision


def is_under(decision: Decision | ChecklistAnswer, effective: EffectivePolicy) -> bool:
    """Whether a decision was made, or an answer given, under exactly what is in force: the namespace's policy and every rule above and below it."""
    bound = (decision.policy_id, decision.rules_digest)
    return bound == (effective.policy.pk, effective.digest)
