"""What answers say of the record."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from hub.core.actor import Means


class AuditEventShape(serializers.Serializer[Any]):
    """Something that happened. Personal values that were taken out of the record say `redacted`."""

    id = serializers.UUIDField(source="public_id")
    event = serializers.CharField(source="name", help_text="Such as `change:merged`.")
    happened_at = serializers.DateTimeField()
    actor = serializers.CharField(help_text="Who did it; `hub` for the hub itself.")
    means = serializers.ChoiceField([means.value for means in Means])
    token = serializers.IntegerField(
        source="token_id", allow_null=True, help_text="The id of the token that was used."
    )
    subject = serializers.CharField(help_text="What it happened to, such as `token:12`.")
    subject_name = serializers.CharField(source="label", help_text="What that was called then.")
    sentence = serializers.CharField(help_text="To be read after the actor’s name.")
    reason = serializers.CharField()
    details = serializers.DictField(child=serializers.CharField(allow_blank=True))
    sequence = serializers.IntegerField(
        allow_null=True, help_text="Its place in the chain; null while it waits for one."
    )
    digest = serializers.CharField(help_text="The digest of the chain at this place.")


class SignedShape(serializers.Serializer[Any]):
    """What a checkpoint signs, as canonical JSON (RFC 8785)."""

    kind = serializers.CharField()
    sequence = serializers.IntegerField()
    digest = serializers.CharField()
    key_id = serializers.CharField()
    signed_at = serializers.CharField()
    previous_signature = serializers.CharField()


class CheckpointShape(serializers.Serializer[Any]):
    """A signature over the end of the chain, as exports of the record hold it."""

    kind = serializers.CharField()
    signed = SignedShape()
    signature = serializers.CharField(help_text="Ed25519 over the bytes of `signed`, in hex.")


class KeyShape(serializers.Serializer[Any]):
    """A key that signatures of the record are checked with."""

    id = serializers.CharField(help_text="The SHA-256 of the key.")
    public_key = serializers.CharField(help_text="Ed25519, the 32 bytes in hex.")


class ChainShape(serializers.Serializer[Any]):
    """How far the chain of the whole hub has come."""

    sealed_up_to = serializers.IntegerField(help_text="The last place that has been given out.")
    signed_up_to = serializers.IntegerField()
    signed_at = serializers.DateTimeField(allow_null=True)
    is_waiting = serializers.BooleanField(help_text="Whether events wait for their place.")
    checkpoint = CheckpointShape(allow_null=True)
    keys = KeyShape(many=True)


DIGEST = "6c9ef1d6b1f5a2c7a3a0c4b1f2f7c4a59d1c0f5b7d0c4f3e2a1b0c9d8e7f6a5b"
EVENT_EXAMPLE: dict[str, Any] = {
    "id": "0d8b1f0e-4a53-4a52-9c0e-9a1f64b0c111",
    "event": "change:merged",
    "happened_at": "2026-11-20T09:30:00Z",
    "actor": "grace",
    "means": "session",
    "token": None,
    "subject": "repo:4f1c7c4e-2a50-4a64-9a4e-0f3a0e6f2a11",
    "subject_name": "savanna/minilm",
    "sentence": "merged change 4 of savanna/minilm as version 3",
    "reason": "",
    "details": {"number": "4", "version": "3"},
    "sequence": 1207,
    "digest": DIGEST,
}
CHAIN_EXAMPLE: dict[str, Any] = {
    "sealed_up_to": 1207,
    "signed_up_to": 1207,
    "signed_at": "2026-11-20T09:30:05Z",
    "is_waiting": False,
    "checkpoint": {
        "kind": "checkpoint",
        "signed": {
            "kind": "arboretum.audit.checkpoint.v1",
            "sequence": 1207,
            "digest": DIGEST,
            "key_id": DIGEST,
            "signed_at": "2026-11-20T09:30:05.000000Z",
            "previous_signature": "",
        },
        "signature": DIGEST * 2,
    },
    "keys": [{"id": DIGEST, "public_key": DIGEST}],
}
