"""Which policy is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from accounts.authz.policy import Right
from accounts.authz.queries import require_right
from accounts.namespaces.models import Namespace, Preset
from accounts.orgs.models import Organization
from accounts.orgs.queries import organization_rights
from governance.policies.models import Policy
from governance.policies.presets import PRESET_RULES
from governance.policies.rules import rules_from
from governance.policies.rules.base import Rule
from hub.core.actor import Actor
from models_catalog.repos.models import Repo


def policy_for(namespace: Namespace) -> Policy:
    """The policy in force: its newest version, or version 1 as it would be written down (not stored)."""
    return policies_for([namespace])[namespace.pk]


def policies_for(namespaces: Iterable[Namespace]) -> dict[int, Policy]:
    """The policies in force of some namespaces by their ids, in one query."""
    wanted = {namespace.pk: namespace for namespace in namespaces}
    newest = Policy.objects.filter(namespace=OuterRef("namespace")).order_by("-number")
    stored = Policy.objects.filter(
        namespace_id__in=wanted, number=Subquery(newest.values("number")[:1])
    ).select_related("namespace")
    found = {policy.namespace_id: policy for policy in stored}
    return {pk: found.get(pk) or first_policy(namespace) for pk, namespace in wanted.items()}


def first_policy(namespace: Namespace) -> Policy:
    """Version 1, from the preset that the namespace was made with; not saved."""
    preset = Preset(namespace.preset)
    return Policy(namespace=namespace, number=1, preset=preset, rules=PRESET_RULES[preset])


def history(namespace: Namespace) -> QuerySet[Policy]:
    """Every version that was in force, newest first."""
    return (
        Policy.objects.filter(namespace=namespace).select_related("created_by").order_by("-number")
    )


def rules_of(policy: Policy) -> list[Rule]:
    """What the policy asks for, rule by rule."""
    return rules_from(policy.rules)


@dataclass(frozen=True, slots=True)
class OpenModels:
    """Models that asking for review would put under it; ``unreleased`` of them would be hidden from readers."""

    total: int
    unreleased: int


def open_models(organization: Organization, *, actor: Actor) -> OpenModels:
    """What a change of the policy from open to reviewed would reach; for those who may change it."""
    namespace = organization.namespace
    rights = organization_rights(organization, actor=actor)
    require_right(rights, Right.POLICIES, actor, on=namespace.name)
    counted = Repo.objects.filter(namespace=namespace, is_protected=False).aggregate(
        total=Count("pk"), unreleased=Count("pk", filter=Q(first_released_at=None))
    )
    return OpenModels(**counted)
