"""Reading drafts; they are an affair of those who may write policies there."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.authz.policy import Right
from accounts.namespaces.models import Namespace
from governance.policies.drafts import with_people
from governance.policies.models import DraftState, PolicyDraft
from governance.policies.places import HUB, of_namespace, rights_at
from hub.core.actor import Actor
from hub.core.errors import NotFound

OPEN = (DraftState.DRAFT, DraftState.PROPOSED)


def drafts_in(namespace: Namespace | None, *, actor: Actor) -> QuerySet[PolicyDraft]:
    """Every draft of an organisation, or of the hub, the newest first. Raises ``NotFound`` for all others."""
    place = of_namespace(namespace) if namespace else HUB
    if Right.POLICIES not in rights_at(place, actor=actor):
        raise NotFound
    return with_people().filter(namespace=namespace).order_by("-number")


def open_drafts(namespace: Namespace | None, *, actor: Actor) -> QuerySet[PolicyDraft]:
    """Those that may still come into force."""
    return drafts_in(namespace, actor=actor).filter(state__in=OPEN)


def get_draft(namespace: Namespace | None, number: int, *, actor: Actor) -> PolicyDraft:
    """One draft by its number. Raises ``NotFound``."""
    found = drafts_in(namespace, actor=actor).filter(number=number).first()
    if found is None:
        raise NotFound
    return found
