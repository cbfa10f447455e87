"""Gathering what answers say of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.api.token_shapes import TokenShape
from accounts.tokens.models import Token
from accounts.tokens.queries import scope_of
from hub.api.shapes import shown
from hub.core.actor import Actor
from models_catalog.repos.models import Repo


def token_facts(tokens: Sequence[Token], *, actor: Actor) -> list[dict[str, Any]]:
    """The answers about some of the actor's own tokens, with the models that they may know of: one query more."""
    wanted = {repo_id for token in tokens for repo_id in token.repos}
    rows = Repo.objects.visible_to(actor).select_related("namespace").filter(pk__in=wanted)
    names = {repo.pk: repo.full_name for repo in rows} if wanted else {}
    return [shown(TokenShape, _facts(token, names)) for token in tokens]


def _facts(token: Token, models: dict[int, str]) -> dict[str, Any]:
    return {
        "id": token.pk,
        "name": token.name,
        "hint": token.hint,
        "scope": scope_of(token),
        "rights": token.rights,
        "namespaces": sorted(namespace.name for namespace in token.namespaces.all()),
        "models": sorted(models[pk] for pk in token.repos if pk in models),
        "created_at": token.created_at,
        "last_used_at": token.last_used_at,
        "expires_at": token.expires_at,
    }
