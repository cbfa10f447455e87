"""What answers say of uploads, and bodies about them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from hub.api.bodies import Body
from hub.api.fields import TextField
from models_catalog.api.history_shapes import MANIFEST, SHA1
from models_catalog.api.model_shapes import BASE

UPLOAD_ID = "0b6f6c1e-6f2d-4a3c-9d55-9f0f3a2b1c0d"


class UploadShape(serializers.Serializer[Any]):
    """Files on their way to one commit. It is its sender's alone."""

    id = serializers.UUIDField(source="public_id")
    change = serializers.IntegerField(
        source="change_number", allow_null=True, help_text="The change that the files go into."
    )
    revision = serializers.CharField(
        source="revision_sha1", help_text="The commit that it became; empty until then."
    )
    created_at = serializers.DateTimeField()
    touched_at = serializers.DateTimeField()


class UploadReadShape(UploadShape):
    """One upload."""

    files = serializers.IntegerField(help_text="How many were announced.")
    received = serializers.IntegerField(help_text="How many have arrived in full.")
    size = serializers.IntegerField(help_text="Bytes, of all that were announced.")
    tus = serializers.URLField(
        help_text="Where a tus 1.0.0 client creates its uploads: for files in blocks, resumable."
    )


class ArrivingShape(serializers.Serializer[Any]):
    """A file of an upload."""

    path = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes, as announced.")
    is_received = serializers.SerializerMethodField()
    sha256 = serializers.CharField(
        source="blob.sha256", allow_null=True, default=None, help_text="As the hub computed it."
    )

    def get_is_received(self, file: Any) -> bool:
        """Whether its last byte is here."""
        return file.blob_id is not None


class NewUpload(Body):
    """An upload to begin."""

    change = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=2**31 - 1,
        help_text="The change to add to; without it: `main`, or a new change of a reviewed model.",
    )


class CommitUpload(Body):
    """The words of the commit."""

    title = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default="", help_text="What this adds."
    )
    description = TextField(max_length=10_000, required=False, allow_blank=True, default="")


UPLOAD_EXAMPLE: dict[str, Any] = {
    "id": UPLOAD_ID,
    "change": None,
    "revision": "",
    "created_at": "2026-11-20T09:30:00Z",
    "touched_at": "2026-11-20T09:31:00Z",
}
UPLOAD_READ_EXAMPLE: dict[str, Any] = UPLOAD_EXAMPLE | {
    "files": 2,
    "received": 1,
    "size": 90870424,
    "tus": f"{BASE}/savanna/minilm/uploads/{UPLOAD_ID}/files",
}
COMMITTED_EXAMPLE = UPLOAD_READ_EXAMPLE | {"change": 4, "revision": SHA1, "received": 2}
ARRIVING_EXAMPLE: dict[str, Any] = {
    "path": "README.md",
    "size": 2048,
    "is_received": True,
    "sha256": MANIFEST,
}
