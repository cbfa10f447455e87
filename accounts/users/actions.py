"""Making accounts and keeping the record of what happens to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.authz.queries import require_no_token
from accounts.namespaces.actions import claim_namespace
from accounts.namespaces.models import NamespaceKind
from accounts.users.events import (
    EmailChanged,
    PasswordChanged,
    SignedOutElsewhere,
    UserDescribed,
    UserRegistered,
    UserSignedIn,
    UserSignInFailed,
)
from accounts.users.models import User
from hub.core.actor import Actor, Means
from hub.core.errors import Forbidden, Invalid
from hub.core.events import emit

MAX_DISPLAY_NAME = 120


class _About(TypedDict):
    """What every event about a person says."""

    subject: str
    label: str
    namespace_id: int | None


def _about(user: User) -> _About:
    return {"subject": f"user:{user.pk}", "label": user.username, "namespace_id": user.namespace_id}


@transaction.atomic
def register_user(user: User, *, actor: Actor) -> User:
    """Store a new person under their name. ``user`` carries username, email and a set password, and is not yet saved.

    ``actor`` is nobody when people make their own account (if the instance lets them), the hub itself, or an
    administrator. Raises ``Forbidden``, and ``Invalid`` or ``Conflict`` about the field ``username``.
    """
    by_themselves = actor.user is None and not actor.is_system
    if by_themselves:
        _require_open_sign_up(user)
    elif not (actor.is_system or (actor.user and actor.user.is_superuser)):
        raise Forbidden(_("Only administrators of the hub make accounts for other people."))
    _check_email(user.email)
    user.namespace = claim_namespace(
        user.username, kind=NamespaceKind.USER, preset=settings.PERSONAL_PRESET, field="username"
    )
    user.save()
    emit(
        UserRegistered(
            actor=replace(actor, user=user, means=Means.SESSION) if by_themselves else actor,
            email=user.email,
            is_admin=user.is_superuser,
            **_about(user),
        )
    )
    return user


def _require_open_sign_up(user: User) -> None:
    if not settings.SIGN_UP_OPEN:
        raise Forbidden(
            _("This hub does not take sign-ups. Ask the people who run it for an account.")
        )
    if (
        user.is_superuser
        or user.is_staff
        or user.is_instance_security
        or user.is_community_reviewer
    ):
        raise Forbidden(_("People cannot give themselves a role on the hub."))


def _check_email(email: str) -> None:
    if not email:
        return
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(
            _("“{email}” is not an email address.").format(email=email), field="email"
        ) from error


@transaction.atomic
def describe_user(user: User, *, display_name: str, actor: Actor) -> None:
    """Change what pages call somebody. Raises ``Invalid`` about ``display_name``; people do it for themselves only."""
    require_no_token(actor, to="change an account")
    if actor.user_id != user.pk:
        raise Forbidden(_("This is somebody else’s account."))
    display_name = display_name.strip()
    if len(display_name) > MAX_DISPLAY_NAME or not display_name.isprintable():
        raise Invalid(
            _(
                "Use up to {max_display_name} letters, without line breaks or invisible characters."
            ).format(max_display_name=MAX_DISPLAY_NAME),
            field="display_name",
        )
    user.display_name = display_name
    user.save(update_fields=["display_name"])
    emit(UserDescribed(actor=actor, display_name=display_name, **_about(user)))


@transaction.atomic
def change_password(user: User, *, password: str, how: str, actor: Actor) -> None:
    """Set a new password: ``changed`` by somebody who knew the old one, or ``reset`` through a link in a mail."""
    user.set_password(password)
    user.save(update_fields=["password"])
    emit(PasswordChanged(actor=actor, how=how, **_about(user)))


@transaction.atomic
def record_sign_in(user: User, *, actor: Actor) -> None:
    """Keep in the record that somebody signed in."""
    emit(UserSignedIn(actor=actor, **_about(user)))


@transaction.atomic
def record_failed_sign_in(user: User | None, *, actor: Actor) -> None:
    """Keep in the record that a sign-in was refused.

    Also for accounts that do not exist: the operator sees the attempts, and both answers take the same time.
    """
    nobody = _About(subject="user:unknown", label="", namespace_id=None)
    emit(UserSignInFailed(actor=actor, **(nobody if user is None else _about(user))))


@transaction.atomic
def record_email_change(user: User, *, email: str, change: str, actor: Actor) -> None:
    """Keep in the record that an address was ``added``, ``confirmed``, made ``primary`` or ``removed``."""
    emit(EmailChanged(actor=actor, email=email, change=change, **_about(user)))


@transaction.atomic
def sign_out_elsewhere(user: User, *, actor: Actor) -> None:
    """End every session of a person. The face binds the one in use anew; tokens go on working."""
    require_no_token(actor, to=_("sign you out"))
    if actor.user_id != user.pk:
        raise Forbidden(_("These are somebody else’s sessions."))
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])
    emit(SignedOutElsewhere(actor=actor, **_about(user)))
