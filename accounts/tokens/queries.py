"""Finding tokens; everybody sees their own, and a token sees itself alone."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.authz.policy import TOKEN_SCOPES
from accounts.authz.queries import require_person
from accounts.namespaces.models import Namespace
from accounts.orgs.queries import organizations_of
from accounts.tokens.models import Token
from accounts.users.models import User
from hub.core.actor import Actor, Means
from hub.core.errors import NotFound
from hub.core.pagination import Page, page_of


def get_token(token_id: int, *, actor: Actor) -> Token:
    """One of the actor's own tokens that has not been revoked. Raises ``NotFound``."""
    found = _own(actor).filter(pk=token_id).first()
    if found is None:
        raise NotFound
    return found


def token_page(*, actor: Actor, cursor: str | None = None, size: int = 30) -> Page[Token]:
    """The actor's own tokens that have not been revoked, the newest first."""
    require_person(actor)
    return page_of(_own(actor), keys=("-id",), cursor=cursor, size=size)


def namespaces_to_limit_to(user: User) -> list[Namespace]:
    """What somebody's tokens can be limited to: their own name first, then their organisations."""
    return [user.namespace, *(found.namespace for found in organizations_of(user))]


def _own(actor: Actor) -> QuerySet[Token]:
    """Also of one person's tokens none learns of the others: a leaked one must not tell where more are to be found."""
    rows = Token.objects.filter(user_id=actor.user_id or 0, revoked_at=None)
    if actor.means is Means.TOKEN:
        rows = rows.filter(pk=actor.token_id or 0)
    return rows.prefetch_related("namespaces")


def scope_of(token: Token) -> str:
    """The scope whose rights the token holds; empty when somebody chose the rights one by one."""
    held = frozenset(token.rights)
    return next((scope for scope, rights in TOKEN_SCOPES.items() if rights == held), "")
