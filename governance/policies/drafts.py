"""Drafts of policies: written by one person, simulated, proposed, and put in force by another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.authz.queries import require_person
from accounts.namespaces.models import Preset
from governance.policies.actions import Wanted, checked_note, put_in_force, require_alone
from governance.policies.catalogue import rule_from
from governance.policies.digests import rules_digest
from governance.policies.events import (
    DraftAdoptedAlone,
    DraftApproved,
    DraftDropped,
    DraftEvent,
    DraftProposed,
    DraftWritten,
)
from governance.policies.gates import DraftQuestion, draft_gate
from governance.policies.layering import Stored, normal
from governance.policies.models import DraftState, Layer, Policy, PolicyDraft
from governance.policies.places import Place, holders, place_of, require_at
from governance.policies.protection import asks_for_review
from governance.policies.queries import policy_at
from hub.core.actor import Actor
from hub.core.errors import Conflict, Forbidden, Invalid
from hub.core.events import emit

MOST_OPEN = 20
BEHIND = gettext_lazy(
    "The policy changed since this draft was written. Bring the draft up to date, then simulate it again."
)
CHANGED = gettext_lazy("Somebody changed this draft meanwhile. Read it again.")
ENDED = gettext_lazy("This draft has been decided or dropped already.")
NOT_SIMULATED = gettext_lazy(
    "Simulate the draft as it stands first: nobody should propose what they have not seen the reach of."
)


@transaction.atomic
def write_draft(
    place: Place, *, preset: str = "", rules: Stored, note: str, actor: Actor
) -> PolicyDraft:
    """Begin a draft on what is in force now. Raises ``Invalid`` with the rule and parameter that cannot be read."""
    require_person(actor)
    assert actor.user is not None
    require_at(place, actor=actor)
    preset, stored = checked_rules(place, preset, rules)
    note = checked_note(note)
    place.hold()  # numbers are counted up behind it
    known = PolicyDraft.objects.filter(namespace=place.namespace)
    if known.filter(state__in=(DraftState.DRAFT, DraftState.PROPOSED)).count() >= MOST_OPEN:
        raise Conflict(_("There are too many open drafts. Decide or drop some first."))
    before = policy_at(place)
    _require_difference(before, preset, stored)
    draft = PolicyDraft(
        **place.fields,
        number=(known.aggregate(last=Max("number"))["last"] or 0) + 1,
        preset=preset,
        rules=stored,
        note=note,
        base_number=before.number if before else 0,
        made_by=actor.user,
    )
    return _written(draft, actor=actor)


@transaction.atomic
def rewrite_draft(
    draft: PolicyDraft,
    *,
    preset: str = "",
    rules: Stored,
    note: str,
    actor: Actor,
    expected: str | None = None,
) -> PolicyDraft:
    """Change one's own draft; one that was proposed is a draft again. ``expected`` is the digest that was seen."""
    draft = hold_draft(draft, actor=actor, expected=expected)
    _require_maker(draft, actor)
    place = place_of(draft)
    draft.preset, draft.rules = checked_rules(place, preset, rules)
    draft.note = checked_note(note)
    _require_difference(policy_at(place), draft.preset, draft.rules)
    return _written(draft, actor=actor)


@transaction.atomic
def rebase_draft(draft: PolicyDraft, *, actor: Actor) -> PolicyDraft:
    """Put one's own draft on what is in force now; it has to be simulated and proposed again."""
    draft = hold_draft(draft, actor=actor)
    _require_maker(draft, actor)
    before = policy_at(place_of(draft))
    if draft.base_number == (before.number if before else 0):
        raise Conflict(_("This draft is up to date already."))
    _require_difference(before, draft.preset, draft.rules)
    draft.base_number = before.number if before else 0
    return _written(draft, actor=actor)


@transaction.atomic
def propose_draft(draft: PolicyDraft, *, actor: Actor, expected: str | None = None) -> PolicyDraft:
    """Ask the others to approve one's own draft. A second time changes nothing. Raises ``Conflict`` when it is behind."""
    draft = hold_draft(draft, actor=actor, expected=expected)
    _require_maker(draft, actor)
    _require_current(draft)
    _ask_gate(draft)
    if draft.state == DraftState.PROPOSED:
        return draft
    draft.state = DraftState.PROPOSED
    draft.save(update_fields=["state", "changed_at"])
    others = holders(place_of(draft)).exclude(pk=draft.made_by_id).order_by("pk")
    asked = tuple(others.values_list("pk", flat=True)[:50])
    emit(DraftProposed(actor=actor, draft=draft, concerns=asked))
    return draft


@transaction.atomic
def approve_draft(
    draft: PolicyDraft, *, actor: Actor, reason: str = "", expected: str | None = None
) -> Policy:
    """Put somebody else's proposed draft in force, exactly as ``expected`` names it."""
    draft = hold_draft(draft, actor=actor, expected=expected)
    refusal = why_not_approve(draft, actor=actor)
    if refusal is not None:
        raise Forbidden(refusal)
    if draft.state != DraftState.PROPOSED:
        raise Conflict(_("This draft has not been proposed yet; its maker may still change it."))
    return _decided(draft, DraftApproved, reason=reason.strip(), actor=actor)


@transaction.atomic
def adopt_draft_alone(
    draft: PolicyDraft,
    *,
    reason: str,
    actor: Actor,
    expected: str | None = None,
) -> Policy:
    """Put one's own draft in force where nobody else could approve it, with a written reason."""
    draft = hold_draft(draft, actor=actor, expected=expected)
    _require_maker(draft, actor)
    require_alone(place_of(draft), actor=actor)
    _ask_gate(draft)
    reason = checked_note(reason, field="reason")
    return _decided(draft, DraftAdoptedAlone, reason=reason, actor=actor)


@transaction.atomic
def drop_draft(draft: PolicyDraft, *, reason: str, actor: Actor) -> None:
    """Give a draft up, or refuse somebody else's; both with a reason."""
    draft = hold_draft(draft, actor=actor)
    draft.state, draft.decided_by = DraftState.DROPPED, actor.user
    draft.reason = checked_note(reason, field="reason")
    draft.save(update_fields=["state", "decided_by", "reason", "changed_at"])
    emit(DraftDropped(actor=actor, draft=draft, reason=draft.reason, concerns=(draft.made_by_id,)))


def hold_draft(draft: PolicyDraft, *, actor: Actor, expected: str | None = None) -> PolicyDraft:
    """The open draft as it is now, kept so until the transaction ends; for those who may write policies there."""
    place = place_of(draft)
    require_at(place, actor=actor)
    PolicyDraft.objects.select_for_update(no_key=True).only("pk").get(pk=draft.pk)
    held = with_people().get(pk=draft.pk)
    if not held.is_open:
        raise Conflict(ENDED)
    if expected is not None and expected != held.digest:
        raise Conflict(CHANGED)
    return held


def why_not_approve(draft: PolicyDraft, *, actor: Actor) -> str | None:
    """Why the actor is not the second person of this draft, as a sentence; ``None`` when they are."""
    if actor.user is None:
        return _("Sign in to decide.")
    if actor.user.pk == draft.made_by_id:
        return _("You wrote this draft, so somebody else has to approve it.")
    return None


def checked_rules(place: Place, preset: str, rules: Stored) -> tuple[str, dict[str, Any]]:
    """The preset and the rules as policies keep them. Raises ``Invalid`` with the rule and parameter as its field."""
    if not isinstance(rules, Mapping):
        raise Invalid(_("Rules are a list of names, each with its parameters."), field="rules")
    stored = {name: rule_from(name, parameters).stored() for name, parameters in rules.items()}
    if place.layer != Layer.NAMESPACE:
        return "", stored
    if preset not in Preset.values:
        raise Invalid(_("Choose open, light or strict."), field="preset")
    if preset == Preset.OPEN and asks_for_review("", stored):
        raise Invalid(
            _("“Open” asks for no approvals. Choose “Light” or “Strict” to ask for some."),
            field="preset",
        )
    return preset, stored


def with_people() -> QuerySet[PolicyDraft]:
    """Drafts with everything that pages say about them."""
    return PolicyDraft.objects.select_related(
        "namespace", "group__team", "repo__namespace", "made_by", "decided_by", "policy"
    )


def _written(draft: PolicyDraft, *, actor: Actor) -> PolicyDraft:
    draft.state = DraftState.DRAFT
    draft.digest = rules_digest(
        {"base": draft.base_number, "preset": draft.preset, "rules": draft.rules}
    )
    draft.save()
    emit(DraftWritten(actor=actor, draft=draft, reason=draft.note))
    return draft


def _decided(draft: PolicyDraft, event: type[DraftEvent], *, reason: str, actor: Actor) -> Policy:
    """Put the draft in force: it must stand on the version in force, and the same rules must ask for something."""
    is_second = event is DraftApproved
    wanted = Wanted(
        draft.preset,
        draft.rules,
        draft.note,
        maker=draft.made_by,
        approver=actor.user if is_second else None,
    )
    _require_current(draft)
    emit(event(actor=actor, draft=draft, reason=reason, concerns=(draft.made_by_id,)))
    policy = put_in_force(place_of(draft), wanted, base=draft.base_number, actor=actor)
    draft.state, draft.decided_by, draft.policy = DraftState.IN_FORCE, actor.user, policy
    draft.reason = reason
    draft.save(update_fields=["state", "decided_by", "policy", "reason", "changed_at"])
    return policy


def _ask_gate(draft: PolicyDraft) -> None:
    refusals = draft_gate.ask(DraftQuestion(draft))
    if refusals:
        raise Conflict(" ".join(refusal.reason for refusal in refusals))


def _require_maker(draft: PolicyDraft, actor: Actor) -> None:
    if actor.user_id != draft.made_by_id:
        raise Forbidden(_("Only whoever wrote this draft changes it. Write one of your own."))


def _require_current(draft: PolicyDraft) -> None:
    before = policy_at(place_of(draft))
    if draft.base_number != (before.number if before else 0):
        raise Conflict(BEHIND)


def _require_difference(before: Policy | None, preset: str, rules: Stored) -> None:
    now = (before.preset, normal(before.rules)) if before else ("", {})
    if now == (preset, normal(rules)):
        raise Invalid(_("This is what the policy asks for already."), field="rules")
