"""What answers say of tokens, and what bodies about them may hold."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.authz.policy import TOKEN_SCOPES, Right
from hub.api.bodies import Body
from hub.api.fields import TextField

MOST_LIMITS = 20


class TokenShape(serializers.Serializer[Any]):
    """A token, without its secret."""

    id = serializers.IntegerField()
    name = serializers.CharField(help_text="The program or machine that uses it.")
    hint = serializers.CharField(help_text="The last four characters of its secret.")
    scope = serializers.CharField(
        help_text="`read`, `write` or `admin`; empty when its rights were chosen one by one."
    )
    rights = serializers.ListField(child=serializers.ChoiceField([right.value for right in Right]))
    namespaces = serializers.ListField(
        child=serializers.CharField(), help_text="It counts only there; none: everywhere."
    )
    models = serializers.ListField(
        child=serializers.CharField(), help_text="It counts only for these; none: for all."
    )
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True, help_text="To five minutes.")
    expires_at = serializers.DateTimeField(allow_null=True, help_text="Null: never.")


class MadeTokenShape(TokenShape):
    """A new token."""

    secret = serializers.CharField(help_text="Shown this once, and kept nowhere.")


class NewToken(Body):
    """A token to make."""

    name = TextField(max_length=80, help_text="The program or machine that will use it.")
    scope = serializers.ChoiceField(sorted(TOKEN_SCOPES))
    expires_at = serializers.DateTimeField(
        allow_null=True, help_text="When it stops working; null for never, until it is revoked."
    )
    namespaces = serializers.ListField(
        child=serializers.CharField(max_length=96),
        max_length=MOST_LIMITS,
        default=list,
        help_text="Let it count only there: your own name, and organisations you belong to.",
    )
    models = serializers.ListField(
        child=serializers.CharField(max_length=200),
        max_length=MOST_LIMITS,
        default=list,
        help_text="Let it count only for these, such as `savanna/minilm`.",
    )
    password = TextField(
        required=False,
        default="",
        allow_blank=True,
        max_length=1000,
        help_text="Needed when you signed in more than 15 minutes ago: a token outlives your visit.",
    )


TOKEN_EXAMPLE: dict[str, Any] = {
    "id": 12,
    "name": "training server",
    "hint": "x9Qa",
    "scope": "write",
    "rights": ["create_models", "read_models", "see_unreleased", "write_models"],
    "namespaces": ["savanna"],
    "models": [],
    "created_at": "2026-11-20T09:30:00Z",
    "last_used_at": "2026-11-21T07:55:00Z",
    "expires_at": "2027-02-18T09:30:00Z",
}
MADE_EXAMPLE: dict[str, Any] = TOKEN_EXAMPLE | {
    "secret": "arb_" + "…",
    "last_used_at": None,
}
TOKEN_BODY: dict[str, Any] = {
    "name": "training server",
    "scope": "write",
    "expires_at": "2027-02-18T09:30:00Z",
    "namespaces": ["savanna"],
}
