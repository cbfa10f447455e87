"""Writing policies down and putting new versions in force."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.authz.policy import Right
from accounts.authz.queries import require_right
from accounts.namespaces.actions import set_preset
from accounts.namespaces.models import Namespace, Preset
from accounts.orgs.models import Organization
from accounts.users.models import User
from governance.policies.digests import rules_digest
from governance.policies.events import PolicyAdopted, PolicyChanged
from governance.policies.layering import Stored
from governance.policies.layering import is_looser as asks_less
from governance.policies.locks import hold_policy
from governance.policies.models import Layer, Policy
from governance.policies.places import Place, holders, of_namespace, require_at, rights_at
from governance.policies.presets import PRESET_RULES, is_looser
from governance.policies.protection import protect_models
from governance.policies.queries import policy_at, policy_for
from hub.core.actor import Actor
from hub.core.errors import Conflict, Forbidden, Invalid
from hub.core.events import emit
from hub.core.text import storable

MOVED_ON = gettext_lazy("Somebody changed the policy meanwhile. Look at it, then choose again.")
MAX_NOTE = 5000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a place is to ask for, and why; ``approver`` is the second person, where there is one."""

    preset: str
    rules: Stored
    note: str
    maker: User | None
    approver: User | None = field(default=None)


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
    organization: Organization,
    *,
    preset: str,
    actor: Actor,
    reason: str = "",
    expected_version: int | None = None,
) -> Policy:
    """Ask for another preset at once, where nobody else could approve it: a new version of the policy.

    Where somebody could, it takes a draft. Choosing the preset in force again changes nothing. Raises ``Conflict`` when
    the policy is no longer ``expected_version``, ``Forbidden`` with a sentence for whoever may not.
    """
    place = of_namespace(organization.namespace)
    require_at(place, actor=actor)
    if preset not in Preset.values:
        raise Invalid(_("Choose open, light or strict."), field="preset")
    rules = PRESET_RULES[Preset(preset)]
    known = policy_for(organization.namespace)
    if (known.preset, known.rules) == (preset, rules):
        return known
    if expected_version is not None and known.number != expected_version:
        raise Conflict(MOVED_ON)
    require_alone(place, actor=actor)
    wanted = Wanted(preset, rules, checked_note(reason, field="reason"), actor.user)
    return put_in_force(place, wanted, base=known.number, actor=actor)


def require_alone(place: Place, *, actor: Actor) -> None:
    """Raise ``Forbidden`` when somebody else could approve what the actor wants to ask for here."""
    other = holders(place).exclude(pk=actor.user_id or 0).order_by("pk").first()
    if other is not None and not actor.is_system:
        raise Forbidden(
            _(
                "Somebody else may change this policy too ({name}), so nobody changes it alone. Write a draft and let "
                "them approve it."
            ).format(name=other.name)
        )


def checked_note(note: str, *, field: str = "note") -> str:
    """Why something is asked for. Raises ``Invalid`` for none and for too long a one."""
    note = storable(note).strip()
    if not note:
        raise Invalid(_("Say why: whoever is asked for more wants to know."), field=field)
    if len(note) > MAX_NOTE:
        raise Invalid(
            _("This is longer than {most} characters.").format(most=MAX_NOTE), field=field
        )
    return note


def put_in_force(place: Place, wanted: Wanted, *, base: int, actor: Actor) -> Policy:
    """A new version at a place, in the caller's transaction; the caller has asked who may.

    Asking for approvals puts the models that are there under review as well; asking for less needs an owner among the
    two people, and leaves models that were reviewed protected. Decisions whose rules it changes become void. Raises
    ``Conflict`` when the version in force is not number ``base``.
    """
    # Locks in the order of every other transaction: models first, then the policy.
    protected = protect_models(place, wanted.preset, wanted.rules)
    place.hold()
    before = policy_at(place)
    if (before.number if before else 0) != base:
        raise Conflict(MOVED_ON)
    if before is not None and not before.is_written_down:
        assert place.namespace is not None
        before = adopt_policy(place.namespace, actor=actor)
    if before is not None:
        _require_owner_for_less(place, before, wanted, actor=actor)
        Policy.objects.filter(pk=before.pk).update(superseded_at=timezone.now())
    policy = Policy.objects.create(
        **place.fields,
        number=base + 1,
        preset=wanted.preset,
        rules=wanted.rules,
        note=wanted.note,
        created_by=wanted.maker,
        approved_by=wanted.approver,
    )
    if place.layer == Layer.NAMESPACE and place.namespace is not None:
        set_preset(place.namespace, wanted.preset)
    emit(
        PolicyChanged(
            actor=actor,
            policy=policy,
            previous=before.preset if before else "",
            protected=protected,
            approved_by=wanted.approver.username if wanted.approver else "",
            rules_digest=rules_digest(wanted.rules),
            reason=wanted.note,
        )
    )
    return policy


def loosens(before: Policy, preset: str, rules: Stored) -> bool:
    """Whether a new version would let anything pass that the one before stops."""
    by_preset = bool(before.preset) and is_looser(preset, before.preset)
    return by_preset or asks_less(rules, before.rules)


def _require_owner_for_less(place: Place, before: Policy, wanted: Wanted, *, actor: Actor) -> None:
    if not loosens(before, wanted.preset, wanted.rules):
        return
    rights = rights_at(place, actor=actor)
    if Right.SETTINGS in rights:
        return
    owners = holders(place, right=Right.SETTINGS)
    two = [person.pk for person in (wanted.maker, wanted.approver) if person is not None]
    if not owners.filter(pk__in=two).exists():
        on = place.namespace.name if place.namespace else place.title
        require_right(rights, Right.SETTINGS, actor, on=on)
