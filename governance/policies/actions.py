"""Writing policies down and changing them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.authz.policy import Right
from accounts.authz.queries import require_right
from accounts.namespaces.actions import set_preset
from accounts.namespaces.models import Namespace, Preset
from accounts.orgs.models import Organization
from accounts.orgs.queries import organization_rights
from governance.policies.events import PolicyAdopted, PolicyChanged
from governance.policies.models import Policy
from governance.policies.presets import PRESET_RULES, is_looser
from governance.policies.queries import policy_for
from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid
from hub.core.events import emit
from models_catalog.repos.actions import protect_repos

MOVED_ON = gettext_lazy("Somebody changed the policy meanwhile. Look at it, then choose again.")


def hold_policy(namespace: Namespace) -> None:
    """Keep the policy as it is until the transaction ends: decisions and merges must not straddle a change of it."""
    Namespace.objects.select_for_update(no_key=True).get(pk=namespace.pk)


@transaction.atomic
def adopt_policy(namespace: Namespace, *, actor: Actor) -> Policy:
    """The policy in force as a stored row that a decision can bind to; writes version 1 down when there is none."""
    hold_policy(namespace)
    policy = policy_for(namespace)
    if not policy.is_written_down:
        policy.save()
        emit(PolicyAdopted(actor=actor, policy=policy))
    return policy


@transaction.atomic
def change_preset(
    organization: Organization, *, preset: str, actor: Actor, expected_version: int | None = None
) -> Policy:
    """Ask for something else from now on: a new version of the policy.

    Asking for review puts the models that are there under review as well; asking for less needs an owner, and leaves
    models that were reviewed protected. Standing decisions on open changes become void. Choosing the preset in force
    again changes nothing. Raises ``Conflict`` when the policy is no longer ``expected_version``.
    """
    name = organization.namespace.name
    rights = organization_rights(organization, actor=actor)
    require_right(rights, Right.POLICIES, actor, on=name)
    if preset not in Preset.values:
        raise Invalid(_("Choose open, light or strict."), field="preset")
    rules = PRESET_RULES[Preset(preset)]
    known = policy_for(organization.namespace)
    if (known.preset, known.rules) == (preset, rules):
        return known
    if expected_version is not None and known.number != expected_version:
        raise Conflict(MOVED_ON)
    # Locks in the order of every other transaction: models first, then the namespace.
    protected = 0 if preset == Preset.OPEN else protect_repos(organization.namespace)
    before = adopt_policy(organization.namespace, actor=actor)
    if before.number != known.number:
        raise Conflict(MOVED_ON)
    if is_looser(preset, before.preset):
        require_right(rights, Right.SETTINGS, actor, on=name)
    policy = Policy.objects.create(
        namespace=organization.namespace,
        number=before.number + 1,
        preset=preset,
        rules=rules,
        created_by=actor.user,
    )
    set_preset(organization.namespace, preset)
    emit(PolicyChanged(actor=actor, policy=policy, previous=before.preset, protected=protected))
    return policy
