"""Making, checking and revoking tokens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import TOKEN_SCOPES
from accounts.authz.queries import require_no_token
from accounts.namespaces.models import Namespace
from accounts.tokens.events import TokenCreated, TokenRevoked
from accounts.tokens.models import Token
from accounts.tokens.secret import digest_of, is_well_formed, new_secret
from hub.core.actor import Actor, Means
from hub.core.errors import Forbidden, Invalid
from hub.core.events import emit

USED_EVERY = timedelta(minutes=5)
MAX_NAME = 80


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a token counts: nothing named means everywhere. ``repos`` holds ids."""

    namespaces: Collection[Namespace] = ()
    repos: Collection[int] = ()
    default_namespace: Namespace | None = None


@transaction.atomic
def create_token(
    name: str,
    *,
    scope: str,
    actor: Actor,
    expires_at: datetime | None = None,
    namespaces: Collection[Namespace] = (),
    limits: Limits | None = None,
) -> tuple[Token, str]:
    """Make a token for the actor; answers it with its secret, which is shown this once.

    ``namespaces`` is short for limits to those. Raises ``Invalid`` about the field, ``Forbidden`` when a token asks.
    """
    require_no_token(actor, to="make tokens")
    assert actor.user is not None
    limits = limits or Limits(namespaces=namespaces)
    if scope not in TOKEN_SCOPES:
        raise Invalid(
            _("“{scope}” is not a scope. Choose read, write or admin.").format(scope=scope),
            field="scope",
        )
    _check(name, expires_at, limits)
    secret = new_secret()
    token = Token.objects.create(
        user=actor.user,
        name=name.strip(),
        digest=digest_of(secret),
        hint=secret[-4:],
        rights=sorted(TOKEN_SCOPES[scope]),
        repos=sorted(limits.repos),
        default_namespace=limits.default_namespace,
        expires_at=expires_at,
    )
    token.namespaces.set(limits.namespaces)
    emit(
        TokenCreated(
            actor=actor,
            subject=f"token:{token.pk}",
            label=token.name,
            namespace_id=actor.user.namespace_id,
            rights=token.rights,
            limits=sorted(namespace.name for namespace in limits.namespaces),
            expires_at=None if expires_at is None else expires_at.isoformat(),
        )
    )
    return token, secret


def _check(name: str, expires_at: datetime | None, limits: Limits) -> None:
    if not name.strip():
        raise Invalid(
            _("Name the token after the program or machine that will use it."), field="name"
        )
    if len(name.strip()) > MAX_NAME or not name.isprintable():
        raise Invalid(
            _("Use up to {max_name} letters, without line breaks or invisible characters.").format(
                max_name=MAX_NAME
            ),
            field="name",
        )
    if expires_at is not None and expires_at <= timezone.now():
        raise Invalid(
            _("The token would have expired already. Choose a later day."), field="expires_at"
        )
    default = limits.default_namespace
    if default is not None and limits.namespaces and default not in limits.namespaces:
        raise Invalid(
            _("The token does not count for {default}, so that cannot be its default.").format(
                default=default.name
            ),
            field="default",
        )


@transaction.atomic
def revoke_token(token: Token, *, actor: Actor) -> None:
    """Stop a token at once. A second time changes nothing. A token may revoke itself and no other."""
    if token.user_id != actor.user_id:
        raise Forbidden(_("This is somebody else’s token."))
    if actor.token_id != token.pk:
        require_no_token(actor, to="revoke other tokens")
    if not Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        return
    emit(
        TokenRevoked(
            actor=actor,
            subject=f"token:{token.pk}",
            label=token.name,
            namespace_id=token.user.namespace_id,
        )
    )


def actor_for_secret(secret: str, *, address: str = "") -> Actor | None:
    """The actor that a token stands for, or ``None`` when it is not, or no longer, one of ours."""
    if not is_well_formed(secret):
        return None
    now = timezone.now()
    token = (
        Token.objects.select_related("user__namespace")
        .filter(digest=digest_of(secret), revoked_at=None, user__is_active=True)
        .first()
    )
    if token is None or (token.expires_at is not None and token.expires_at <= now):
        return None
    if token.last_used_at is None or now - token.last_used_at > USED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    limits = frozenset(token.namespaces.values_list("pk", flat=True))
    return Actor(
        user=token.user,
        means=Means.TOKEN,
        token_id=token.pk,
        rights=frozenset(token.rights),
        namespaces=limits or None,
        repos=frozenset(token.repos) or None,
        address=address,
    )
