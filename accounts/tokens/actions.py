"""Making, checking and revoking tokens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import TOKEN_SCOPES, Right
from accounts.authz.queries import require_no_token
from accounts.namespaces.models import Namespace
from accounts.tokens.events import TokenCreated, TokenRevoked
from accounts.tokens.models import Token
from accounts.tokens.secret import digest_of, is_well_formed, new_secret
from accounts.users.models import User
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
    if actor.user.is_robot:
        raise Forbidden(
            _("A service account makes no tokens. An admin of its organisation makes them.")
        )
    limits = limits or Limits(namespaces=namespaces)
    token, secret = mint_token(
        name, holder=actor.user, rights=rights_of_scope(scope), limits=limits, expires_at=expires_at
    )
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


def rights_of_scope(scope: str) -> frozenset[Right]:
    """What a token of this scope may do. Raises ``Invalid`` about ``scope``."""
    if scope not in TOKEN_SCOPES:
        raise Invalid(
            _("“{scope}” is not a scope. Choose read, write or admin.").format(scope=scope),
            field="scope",
        )
    return TOKEN_SCOPES[scope]


def mint_token(
    name: str,
    *,
    holder: User,
    rights: Collection[str],
    limits: Limits,
    expires_at: datetime | None,
    created_by: User | None = None,
) -> tuple[Token, str]:
    """Store a token of ``holder``; answers it with its secret. The caller has asked, and emits the event."""
    _check(name, expires_at, limits)
    secret = new_secret()
    token = Token.objects.create(
        user=holder,
        name=name.strip(),
        digest=digest_of(secret),
        hint=secret[-4:],
        rights=sorted(rights),
        repos=sorted(limits.repos),
        default_namespace=limits.default_namespace,
        expires_at=expires_at,
        created_by=created_by,
    )
    token.namespaces.set(limits.namespaces)
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
    end_token(token, actor=actor)


def end_token(token: Token, *, actor: Actor) -> bool:
    """Stop a token at once; answers whether it worked until now. The caller has asked."""
    if not Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        return False
    _tell_end(token, actor=actor)
    return True


def stop_tokens_known_to(person: User, *, actor: Actor) -> int:
    """Revoke every live token whose secret somebody knows: their own, and those they made for service accounts.

    Answers how many there were. The caller has asked; each token's end is an event.
    """
    known = (
        Token.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(Q(user=person) | Q(created_by=person), revoked_at=None)
        .order_by("pk")
    )
    stopped = list(known)
    Token.objects.filter(pk__in=[token.pk for token in stopped]).update(revoked_at=timezone.now())
    for token in stopped:
        _tell_end(token, actor=actor)
    return len(stopped)


def _tell_end(token: Token, *, actor: Actor) -> None:
    """In the record of whose token it was: for a service account's the organisation, which is the token's default."""
    holder = token.user
    namespace_id = token.default_namespace_id if holder.is_robot else holder.namespace_id
    emit(
        TokenRevoked(
            actor=actor, subject=f"token:{token.pk}", label=token.name, namespace_id=namespace_id
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
