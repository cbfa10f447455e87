"""Tokens of service accounts: made, rotated and revoked by those who manage the members of the organisation."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.authz.queries import require_no_token, require_right
from accounts.orgs.queries import organization_rights
from accounts.robots.events import RobotTokenCreated, RobotTokenRotated, about
from accounts.robots.models import ServiceAccount
from accounts.tokens.actions import Limits, end_token, mint_token, rights_of_scope
from accounts.tokens.models import Token
from accounts.users.models import User
from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid, NotFound
from hub.core.events import emit

LONGEST_LIFE = timedelta(days=366)
LONGEST_OVERLAP = timedelta(days=7)


@transaction.atomic
def create_robot_token(
    account: ServiceAccount,
    name: str,
    *,
    scope: str,
    expires_at: datetime,
    repos: Collection[int] = (),
    actor: Actor,
) -> tuple[Token, str]:
    """Make a token for a service account; answers it with its secret, which is shown this once.

    It counts in the organisation alone, and only for ``repos`` if any are given. Who makes it knows the secret, and so
    stands behind what is done with it. Raises ``Invalid`` about the field.
    """
    _require_may_mint(account, actor)
    assert actor.user is not None
    _hold_enabled(account)
    token, secret = _mint(
        account,
        name,
        rights=rights_of_scope(scope),
        expires_at=expires_at,
        repos=repos,
        created_by=actor.user,
    )
    emit(
        RobotTokenCreated(
            actor=actor,
            token=token.name,
            rights=token.rights,
            models=len(token.repos),
            expires_at=expires_at.isoformat(),
            **about(account),
        )
    )
    return token, secret


@transaction.atomic
def rotate_robot_token(
    account: ServiceAccount, token: Token, *, overlap: timedelta = timedelta(0), actor: Actor
) -> tuple[Token, str]:
    """Make a token of the same name, rights, limits and length of life, and end the old one after ``overlap``.

    Raises ``Conflict`` when it has been rotated or revoked meanwhile.
    """
    _require_may_mint(account, actor)
    assert actor.user is not None
    _hold_enabled(account)
    now = timezone.now()
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise Invalid(
            _("Let both work for up to {days} days.").format(days=LONGEST_OVERLAP.days),
            field="overlap",
        )
    # Of two who rotate it at once the second finds the old one gone or about to end.
    stands = (
        Token.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(pk=token.pk, user=account.user_id, revoked_at=None)
        .first()
    )
    if stands is None or stands.expires_at != token.expires_at:
        raise Conflict(_("This token has been rotated or revoked meanwhile."))
    life = (stands.expires_at or now + LONGEST_LIFE) - stands.created_at
    made, secret = _mint(
        account,
        stands.name,
        rights=stands.rights,
        expires_at=now + min(life, LONGEST_LIFE),
        repos=stands.repos,
        created_by=actor.user,
    )
    ends_at = min(now + overlap, stands.expires_at or now + overlap)
    emit(
        RobotTokenRotated(
            actor=actor,
            token=made.name,
            expires_at=made.expires_at.isoformat() if made.expires_at else "",
            old_ends_at=ends_at.isoformat(),
            **about(account),
        )
    )
    if overlap:
        Token.objects.filter(pk=stands.pk).update(expires_at=ends_at)
    else:
        end_token(stands, actor=actor)
    return made, secret


@transaction.atomic
def revoke_robot_token(account: ServiceAccount, token: Token, *, actor: Actor) -> None:
    """Stop a token of a service account at once. A second time changes nothing."""
    rights = organization_rights(account.organization, actor=actor)
    require_right(rights, Right.MEMBERS, actor, on=account.organization.namespace.name)
    if token.user_id != account.user_id:
        raise NotFound
    end_token(token, actor=actor)


def _mint(
    account: ServiceAccount,
    name: str,
    *,
    rights: Collection[str],
    expires_at: datetime,
    repos: Collection[int],
    created_by: User,
) -> tuple[Token, str]:
    """Store it; what its secret may open is never more than the organisation's own."""
    if expires_at > timezone.now() + LONGEST_LIFE:
        raise Invalid(
            _("A token of a service account lives for up to a year. Rotate it before it ends."),
            field="expires_at",
        )
    home = account.organization.namespace
    return mint_token(
        name,
        holder=account.user,
        rights=rights,
        limits=Limits(namespaces=[home], repos=repos, default_namespace=home),
        expires_at=expires_at,
        created_by=created_by,
    )


def _require_may_mint(account: ServiceAccount, actor: Actor) -> None:
    require_no_token(actor, to=_("make tokens"))
    rights = organization_rights(account.organization, actor=actor)
    require_right(rights, Right.MEMBERS, actor, on=account.organization.namespace.name)


def _hold_enabled(account: ServiceAccount) -> None:
    """Refuse a disabled account; the lock makes the one who disables it wait, and then revoke this token as well."""
    user = User.objects.select_for_update(no_key=True).get(pk=account.user_id)
    if not user.is_active:
        raise Conflict(_("This service account is disabled. Enable it first."))
