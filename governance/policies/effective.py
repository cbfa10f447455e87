"""What is asked of a model in the end: the policy of its namespace, and everything that tightens it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from accounts.namespaces.models import Namespace
from governance.policies.digests import rules_digest
from governance.policies.layering import Stored, tightened
from governance.policies.models import Layer, Policy
from governance.policies.queries import policies_for
from governance.policies.rules import rules_from
from governance.policies.rules.base import Rule
from governance.policies.rules.by_kind import PUBLISH, approvals_for, days_for
from models_catalog.repos.models import Repo, RepoGroupPermission


@dataclass(frozen=True)
class EffectivePolicy:
    """The rules in force for a model; ``sources`` names the policies that each rule comes from, by rule id.

    ``policy`` is the namespace's own, ``layers`` are all policies that apply, the widest first. Decisions bind to the
    ``policy`` and to the ``digest`` of all rules in force.
    """

    policy: Policy
    layers: Sequence[Policy]
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
        """(approvals, of them for security) that are asked for before anything is published."""
        rule = approvals_for(self.rules, PUBLISH)
        return rule.count, rule.security

    def days_for(self, kind: str) -> int:
        """How many days reviewers have for a kind of review."""
        return days_for(self.rules, kind)


def effective_policies(
    repos: Iterable[Repo], *, instead: Policy | None = None
) -> dict[int, EffectivePolicy]:
    """What is in force for some models, by their ids, in the same number of queries for one and for many.

    The repos carry their namespaces. Whoever acts on the answer holds the policy by ``hold_policy``. ``instead`` is a
    policy that nobody has adopted yet: it is laid where it would belong, in place of what is there.
    """
    wanted = list(repos)
    policies = policies_for(repo.namespace for repo in wanted)
    given = _given([repo.pk for repo in wanted], beside=instead)
    groups = {group for found in given.values() for group in found}
    reach = (
        Q(layer=Layer.HUB)
        | Q(layer=Layer.TEAM, group__in=groups)
        | Q(layer=Layer.REPO, repo__in=[repo.pk for repo in wanted])
    )
    layers = list(_in_force().filter(reach))
    if instead is not None:
        layers = [*(each for each in layers if not _same_place(each, instead)), instead]
    laid: dict[tuple[int | None, ...], EffectivePolicy] = {}
    found = {}
    for repo in wanted:
        own = policies[repo.namespace_id]
        if instead is not None and _same_place(own, instead):
            own = instead
        applied = [own, *(each for each in layers if _applies(each, repo, given[repo.pk]))]
        key = (repo.namespace_id, *(each.pk for each in applied))
        if key not in laid:
            laid[key] = laid_over(applied)
        found[repo.pk] = laid[key]
    return found


def effective_policy(repo: Repo) -> EffectivePolicy:
    """What is in force for one model."""
    return effective_policies([repo])[repo.pk]


def effective_in(namespace: Namespace) -> EffectivePolicy:
    """What is in force for a model of the namespace that nothing else is asked of."""
    floor = _in_force().filter(layer=Layer.HUB)
    return laid_over([policies_for([namespace])[namespace.pk], *floor])


def laid_over(policies: Sequence[Policy]) -> EffectivePolicy:
    """The rules of some policies over each other; one of them is a namespace's."""
    order = list(Layer)
    layers = sorted(policies, key=lambda each: (order.index(Layer(each.layer)), each.pk or 0))
    stored: Stored = {}
    sources: dict[str, list[Policy]] = defaultdict(list)
    for each in layers:
        before, stored = stored, tightened(stored, each.rules)
        for name in each.rules:
            if name not in before or before[name] != stored[name]:
                sources[name].append(each)
    own = next(each for each in layers if each.layer == Layer.NAMESPACE)
    return EffectivePolicy(
        own, layers, stored, {name: tuple(each) for name, each in sources.items()}
    )


def _in_force() -> QuerySet[Policy]:
    return Policy.objects.filter(superseded_at=None).select_related(
        "namespace", "group__team", "repo__namespace"
    )


def _given(repo_ids: Sequence[int], *, beside: Policy | None) -> Mapping[int, set[int]]:
    """The teams with a policy of their own that each model was given to, as groups."""
    asking = Policy.objects.filter(layer=Layer.TEAM, superseded_at=None).values("group_id")
    wanted = Q(group_id__in=asking)
    if beside is not None and beside.group_id is not None:
        wanted |= Q(group_id=beside.group_id)
    rows = RepoGroupPermission.objects.filter(wanted, content_object_id__in=repo_ids)
    found: dict[int, set[int]] = defaultdict(set)
    for repo_id, group_id in rows.values_list("content_object_id", "group_id"):
        found[repo_id].add(group_id)
    return found


def _same_place(one: Policy, other: Policy) -> bool:
    def place(policy: Policy) -> tuple[str, int | None, int | None, int | None]:
        return policy.layer, policy.namespace_id, policy.group_id, policy.repo_id

    return place(one) == place(other)


def _applies(layer: Policy, repo: Repo, groups: set[int]) -> bool:
    if layer.layer == Layer.REPO:
        return layer.repo_id == repo.pk
    if layer.layer == Layer.TEAM:
        return layer.group_id in groups and layer.namespace_id == repo.namespace_id
    return layer.layer == Layer.HUB
