"""Suspending people, and letting them in again: for administrators of the hub."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.users.activity import set_active
from accounts.users.events import UserReadmitted, UserSuspended
from accounts.users.models import User
from hub.core.actor import Actor
from hub.core.errors import Conflict, Forbidden, Invalid
from hub.core.events import emit
from hub.core.text import storable

MAX_REASON = 2000


@transaction.atomic
def suspend_user(user: User, *, reason: str, actor: Actor) -> None:
    """Make somebody nobody at once: sessions end, tokens end for good, their word and their roles count no more.

    What they hold stays written down and counts again when they are let in, so the last owner of an organisation can
    be suspended too: waiting for another owner would leave a stolen account at work. Until ``appoint_owner`` or
    ``readmit_user`` such an organisation goes on with its admins.
    """
    require_administrator(actor)
    if user.pk == actor.user_id:
        raise Forbidden(_("You cannot suspend yourself. Ask another administrator of the hub."))
    if user.is_robot:
        raise Invalid(_("A service account is disabled by the admins of its organisation."))
    reason = storable(reason).strip()
    if not reason or len(reason) > MAX_REASON:
        raise Invalid(
            _("Say why, in up to {max_reason} letters: the record keeps the reason.").format(
                max_reason=MAX_REASON
            ),
            field="reason",
        )
    if not set_active(user, is_active=False, actor=actor):
        raise Conflict(_("{name} is suspended already.").format(name=user.username))
    user.suspended_at, user.suspended_reason = timezone.now(), reason
    user.save(update_fields=["suspended_at", "suspended_reason"])
    emit(
        UserSuspended(
            actor=actor,
            subject=f"user:{user.pk}",
            label=user.username,
            namespace_id=user.namespace_id,
            reason=reason,
            user=user,
        )
    )


@transaction.atomic
def readmit_user(user: User, *, actor: Actor) -> None:
    """Let a suspended person in again, with the roles they held. They sign in anew and make new tokens."""
    require_administrator(actor)
    if user.suspended_at is None or not set_active(user, is_active=True, actor=actor):
        raise Conflict(_("{name} is not suspended.").format(name=user.username))
    user.suspended_at, user.suspended_reason = None, ""
    user.save(update_fields=["suspended_at", "suspended_reason"])
    emit(
        UserReadmitted(
            actor=actor,
            subject=f"user:{user.pk}",
            label=user.username,
            namespace_id=user.namespace_id,
        )
    )


def require_administrator(actor: Actor) -> None:
    """Refuse all but the hub itself and its administrators in person: no token is given away for this."""
    if actor.is_system:
        return
    if actor.user is None or not actor.user.is_superuser or actor.rights is not None:
        raise Forbidden(_("Only an administrator of this hub may do this, and not with a token."))
