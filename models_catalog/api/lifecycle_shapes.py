"""Bodies and answers about what becomes of models, versions and bytes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from hub.api.bodies import Body
from hub.api.fields import TextField
from models_catalog.lifecycle.queries import purgeable_from
from models_catalog.repos.models import Repo

SHA256 = r"^[0-9a-f]{64}$"
REASON = "People read it in place of what they look for."


class Renaming(Body):
    """Another name under the same owner."""

    name = serializers.CharField(max_length=96)


class Transferring(Body):
    """Another owner."""

    namespace = serializers.CharField(
        max_length=96, help_text="Yours, or an organisation's where you may add models."
    )
    name = serializers.CharField(
        max_length=96,
        required=False,
        allow_blank=True,
        default="",
        help_text="Another name as well; the same unless you say so.",
    )


class Reasoned(Body):
    """Why it is done."""

    reason = TextField(max_length=2000, help_text=REASON)


class Deprecating(Reasoned):
    """Why nobody should begin using a model, and what to use instead."""

    use_instead = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        default="",
        help_text="Another model, such as `savanna/minilm`.",
    )


class TakingBack(Reasoned):
    """Why a version is taken back."""

    though_needed = serializers.BooleanField(
        default=False,
        help_text="That you know what is in the way (`reasons` of the 409), and do it all the same.",
    )


class Recalling(Reasoned):
    """Which bytes are recalled, and why."""

    sha256 = serializers.RegexField(
        SHA256, help_text="The digest; the hub need not hold the bytes."
    )


class DeletedShape(serializers.Serializer[Any]):
    """A model that was deleted."""

    public_id = serializers.UUIDField()
    accession = serializers.CharField()
    full_name = serializers.CharField()
    deleted_by = serializers.CharField(source="deleted_by.username", allow_null=True, default=None)
    deleted_at = serializers.DateTimeField()
    reason = serializers.CharField(source="deleted_reason")
    purgeable_from = serializers.SerializerMethodField(
        help_text="Until then it can be restored and not be purged; afterwards it can be either."
    )
    purged_by = serializers.CharField(source="purged_by.username", allow_null=True, default=None)
    purged_at = serializers.DateTimeField(allow_null=True)

    def get_purgeable_from(self, repo: Repo) -> str:
        """When the grace period ends."""
        return purgeable_from(repo).isoformat().replace("+00:00", "Z")


class RecallShape(serializers.Serializer[Any]):
    """Bytes that are handed out and taken at no door."""

    sha256 = serializers.CharField()
    recalled_by = serializers.CharField(
        source="recalled_by.username", allow_null=True, default=None
    )
    recalled_at = serializers.DateTimeField()
    reason = serializers.CharField(source="recalled_reason")


class RecalledShape(RecallShape):
    """A recall with the models that hold the bytes."""

    models = serializers.ListField(
        child=serializers.CharField(), help_text="Full names, the first hundred."
    )


DELETED_EXAMPLE: dict[str, Any] = {
    "public_id": "4f1c7c4e-2a50-4a64-9a4e-0f3a0e6f2a11",
    "accession": "ARB-2026-0007",
    "full_name": "savanna/minilm",
    "deleted_by": "ada",
    "deleted_at": "2026-11-21T08:00:00Z",
    "reason": "It was added twice.",
    "purgeable_from": "2026-12-21T08:00:00Z",
    "purged_by": None,
    "purged_at": None,
}
RECALL_EXAMPLE: dict[str, Any] = {
    "sha256": "6c9ef1d6b1f5a2c7a3a0c4b1f2f7c4a59d1c0f5b7d0c4f3e2a1b0c9d8e7f6a5b",
    "recalled_by": "grace",
    "recalled_at": "2026-11-21T08:00:00Z",
    "reason": "It holds names and addresses of patients.",
}
RECALLED_EXAMPLE = RECALL_EXAMPLE | {"models": ["savanna/minilm"]}
