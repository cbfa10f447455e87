"""What is asked of a model in the end: the policy of its namespace, and everything that tightens it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from governance.policies.models import Policy
from governance.policies.queries import policies_for
from governance.policies.rules import rules_from
from governance.policies.rules.approvals import Approvals
from governance.policies.rules.base import Rule
from models_catalog.repos.models import Repo

Stored = Mapping[str, Mapping[str, Any]]  # rule id → parameters, as policies are stored


@dataclass(frozen=True)
class EffectivePolicy:
    """The rules in force for a model; ``sources`` names the policies that each rule comes from, by rule id.

    ``policy`` is the namespace's own. Decisions bind to it and to the ``digest`` of all rules in force.
    """

    policy: Policy
    stored: Stored
    sources: Mapping[str, Sequence[Policy]]

    @cached_property
    def rules(self) -> Sequence[Rule]:
        """What is asked for, rule by rule, with what always applies."""
        return tuple(rules_from(self.stored))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the rules in force."""
        return rules_digest(self.stored)

    @property
    def approvals_needed(self) -> tuple[int, int]:
        """(approvals, of them for security) that are asked for."""
        rule = next((r for r in self.rules if isinstance(r, Approvals)), Approvals(count=0))
        return rule.count, rule.security


def rules_digest(stored: Stored) -> str:
    """The name of exactly these rules: equal for equal rules, whatever they came from and in whatever order."""
    canonical = json.dumps(stored, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def effective_policies(repos: Iterable[Repo]) -> dict[int, EffectivePolicy]:
    """What is in force for some models, by their ids, in the same number of queries for one and for many.

    The repos carry their namespaces. Whoever acts on the answer holds the policy by ``hold_policy``.
    """
    wanted = list(repos)
    policies = policies_for(repo.namespace for repo in wanted)
    return {repo.pk: _alone(policies[repo.namespace_id]) for repo in wanted}


def effective_policy(repo: Repo) -> EffectivePolicy:
    """What is in force for one model."""
    return effective_policies([repo])[repo.pk]


def _alone(policy: Policy) -> EffectivePolicy:
    return EffectivePolicy(policy, policy.rules, dict.fromkeys(policy.rules, (policy,)))
