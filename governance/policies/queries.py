"""Which policy is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.authz.queries import require_right
from accounts.namespaces.models import Namespace, Preset
from accounts.orgs.models import Organization
from accounts.orgs.queries import organization_rights
from accounts.teams.queries import sees_teams
from governance.policies.models import Layer, Policy
from governance.policies.places import Place, of_namespace
from governance.policies.presets import PRESET_RULES
from governance.policies.rules import rules_from
from governance.policies.rules.base import Rule
from hub.core.actor import Actor
from hub.core.errors import NotFound
from models_catalog.repos.models import Repo


def policy_for(namespace: Namespace) -> Policy:
    """The policy in force: its newest version, or version 1 as it would be written down (not stored)."""
    return policies_for([namespace])[namespace.pk]


def policies_for(namespaces: Iterable[Namespace]) -> dict[int, Policy]:
    """The policies in force of some namespaces by their ids, in one query."""
    wanted = {namespace.pk: namespace for namespace in namespaces}
    stored = Policy.objects.filter(
        layer=Layer.NAMESPACE, namespace_id__in=wanted, superseded_at=None
    ).select_related("namespace", "created_by", "approved_by")
    found = {policy.namespace_id: policy for policy in stored}
    return {pk: found.get(pk) or first_policy(namespace) for pk, namespace in wanted.items()}


def first_policy(namespace: Namespace) -> Policy:
    """Version 1, from the preset that the namespace was made with; not saved."""
    preset = Preset(namespace.preset)
    return Policy(
        layer=Layer.NAMESPACE,
        namespace=namespace,
        number=1,
        preset=preset,
        rules=PRESET_RULES[preset],
    )


def policy_at(place: Place) -> Policy | None:
    """What is asked for at one place; ``None`` where only a namespace would always ask for something."""
    if place.layer == Layer.NAMESPACE and place.namespace is not None:
        return policy_for(place.namespace)
    return versions_at(place).filter(superseded_at=None).first()


def versions_at(place: Place) -> QuerySet[Policy]:
    """Every version that was in force at a place, newest first."""
    rows = Policy.objects.filter(**place.fields)
    return rows.select_related("namespace", "group__team", "created_by", "approved_by").order_by(
        "-number"
    )


def history(namespace: Namespace) -> QuerySet[Policy]:
    """Every version of a namespace's own policy, newest first."""
    return versions_at(of_namespace(namespace))


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


MOST_BESIDE = 50


def beside(namespace: Namespace, *, actor: Actor) -> list[Policy]:
    """What is asked for in an organisation beside its own policy: of its teams, for its members, and of single models."""
    rows = Policy.objects.filter(namespace=namespace, superseded_at=None).exclude(
        layer=Layer.NAMESPACE
    )
    shown = Q(layer=Layer.REPO, repo__in=Repo.objects.visible_to(actor).values("pk"))
    if namespace.is_organization and sees_teams(namespace.organization, actor=actor):
        shown |= Q(layer=Layer.TEAM, group__isnull=False)
    related = rows.select_related("namespace", "group__team", "repo__namespace")
    found = related.filter(shown).order_by("layer", "pk")[:MOST_BESIDE]
    return [each for each in found if each.rules]


def get_version(place: Place, number: int) -> Policy:
    """One version of what is asked for at a place. Raises ``NotFound``."""
    found = versions_at(place).filter(number=number).first()
    if found is None:
        raise NotFound(_("There is no such version of this policy."))
    return found
