"""What answers say of webhooks and their messages, and bodies about them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from governance.webhooks.models import DeliveryState
from governance.webhooks.owners import owner_of, place_of
from hub.api.bodies import Body
from hub.core.outgoing import MAX_URL


class WebhookShape(serializers.Serializer[Any]):
    """A webhook."""

    id = serializers.UUIDField(source="public_id")
    owner = serializers.SerializerMethodField()
    url = serializers.CharField()
    events = serializers.ListField(child=serializers.CharField())
    is_active = serializers.BooleanField()
    disabled_reason = serializers.CharField(
        help_text="Why the hub turned it off; empty while it did not."
    )
    failures = serializers.IntegerField(help_text="Tries that failed since the last success.")
    succeeded_at = serializers.DateTimeField(allow_null=True)
    previous_secret_until = serializers.DateTimeField(
        source="previous_until",
        allow_null=True,
        help_text="Until when messages are also signed by the secret before.",
    )
    created_at = serializers.DateTimeField()

    def get_owner(self, webhook: Any) -> str:
        """Whose it is: an organisation, a model or a person."""
        return place_of(owner_of(webhook)).label


class NewWebhookShape(WebhookShape):
    """A webhook with its secret, which is shown this once."""

    secret = serializers.SerializerMethodField()

    def get_secret(self, webhook: Any) -> str:
        """What messages are signed with."""
        return str(self.context["secret"])


class WebhookBody(Body):
    """A webhook to add."""

    url = serializers.CharField(max_length=MAX_URL, help_text="https or http, without a user name.")
    events = serializers.ListField(
        child=serializers.CharField(max_length=60), min_length=1, max_length=200
    )


class WebhookChanges(Body):
    """What to change; what is not sent stays."""

    url = serializers.CharField(max_length=MAX_URL, required=False)
    events = serializers.ListField(
        child=serializers.CharField(max_length=60), min_length=1, max_length=200, required=False
    )
    is_active = serializers.BooleanField(required=False)


class SecretBody(Body):
    """How the old secret ends."""

    at_once = serializers.BooleanField(
        default=False, help_text="The old one is good for another day, unless this is true."
    )


class SecretShape(serializers.Serializer[Any]):
    """A new secret."""

    secret = serializers.CharField(help_text="Shown once.")


class TryShape(serializers.Serializer[Any]):
    """One attempt."""

    at = serializers.DateTimeField()
    status = serializers.IntegerField(allow_null=True)
    error = serializers.CharField()
    milliseconds = serializers.IntegerField()
    answer_headers = serializers.CharField(source="headers")
    answer_body = serializers.CharField(source="body", help_text="Its first 4,000 characters.")


class DeliveryShape(serializers.Serializer[Any]):
    """One message."""

    id = serializers.UUIDField()
    event = serializers.CharField(source="name")
    state = serializers.ChoiceField(DeliveryState.values)
    body = serializers.CharField(help_text="What is sent, byte for byte.")
    tries = TryShape(many=True, source="attempts.all")
    next_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


WEBHOOK_EXAMPLE: dict[str, Any] = {
    "id": "8c9a0c8e-5f1e-4b53-9a7e-0a2ab1a5d9f4",
    "owner": "savanna",
    "url": "https://ci.example.org/hub",
    "events": ["version:released", "version:yanked"],
    "is_active": True,
    "disabled_reason": "",
    "failures": 0,
    "succeeded_at": "2026-11-20T09:30:01Z",
    "previous_secret_until": None,
    "created_at": "2026-11-01T12:00:00Z",
}
NEW_EXAMPLE = WEBHOOK_EXAMPLE | {"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYq="}
DELIVERY_EXAMPLE: dict[str, Any] = {
    "id": "2f6c9b66-3c5e-4a39-9a1b-6f0a1c5b7e21",
    "event": "version:released",
    "state": "delivered",
    "body": '{"type":"version.released", "…": "…"}',
    "tries": [
        {
            "at": "2026-11-20T09:30:01Z",
            "status": 200,
            "error": "",
            "milliseconds": 84,
            "answer_headers": "Content-Type: text/plain",
            "answer_body": "ok",
        }
    ],
    "next_at": None,
    "created_at": "2026-11-20T09:30:00Z",
}
