"""Finding tokens; everybody sees their own."""

from __future__ import annotations

from accounts.authz.policy import TOKEN_SCOPES
from accounts.authz.queries import require_person
from accounts.tokens.models import Token
from hub.core.actor import Actor
from hub.core.errors import NotFound
from hub.core.pagination import Page, page_of


def get_token(token_id: int, *, actor: Actor) -> Token:
    """One of the actor's own tokens that has not been revoked. Raises ``NotFound``."""
    found = Token.objects.filter(pk=token_id, user_id=actor.user_id or 0, revoked_at=None).first()
    if found is None:
        raise NotFound
    return found


def token_page(*, actor: Actor, cursor: str | None = None, size: int = 30) -> Page[Token]:
    """The actor's own tokens that have not been revoked, the newest first."""
    require_person(actor)
    rows = Token.objects.filter(user_id=actor.user_id or 0, revoked_at=None).prefetch_related(
        "namespaces"
    )
    return page_of(rows, keys=("-id",), cursor=cursor, size=size)


def scope_of(token: Token) -> str:
    """The scope whose rights the token holds; empty when somebody chose the rights one by one."""
    held = frozenset(token.rights)
    return next((scope for scope, rights in TOKEN_SCOPES.items() if rights == held), "")
