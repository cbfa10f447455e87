"""What answers say of the caller."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.token_shapes import TOKEN_EXAMPLE, TokenShape
from hub.api.bodies import Body
from hub.api.fields import TextField
from hub.core.actor import Means


class MeShape(serializers.Serializer[Any]):
    """Who asks, and through what."""

    username = serializers.CharField(help_text="Also the namespace of your own models.")
    display_name = serializers.CharField(source="name", help_text="What pages call you.")
    page = serializers.URLField(help_text="For people.")
    hub_roles = serializers.ListField(
        child=serializers.ChoiceField(["admin", "security", "community_reviewer"]),
        help_text="What you are for the whole hub.",
    )
    means = serializers.ChoiceField([Means.SESSION.value, Means.TOKEN.value])
    token = TokenShape(
        allow_null=True, help_text="The token that you came with, and what it is limited to."
    )


class ProfileShape(serializers.Serializer[Any]):
    """What you say of yourself, and where mail reaches you."""

    username = serializers.CharField()
    display_name = serializers.CharField(help_text="Empty: pages call you by your username.")
    email = serializers.CharField(help_text="Only you see it. It is changed in a browser.")


class ProfileBody(Body):
    """What can be changed."""

    display_name = TextField(max_length=120, allow_blank=True)


ME_EXAMPLE: dict[str, Any] = {
    "username": "ada",
    "display_name": "Ada Lovelace",
    "page": "http://localhost:8000/ada",
    "hub_roles": [],
    "means": "token",
    "token": TOKEN_EXAMPLE,
}
PROFILE_EXAMPLE: dict[str, Any] = {
    "username": "ada",
    "display_name": "Ada Lovelace",
    "email": "ada@example.org",
}
