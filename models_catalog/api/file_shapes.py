"""What answers say of files and folders."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from hub.api.fields import StateField
from models_catalog.api.model_shapes import BASE


class EntryShape(serializers.Serializer[Any]):
    """A file or folder of a revision."""

    kind = serializers.ChoiceField(["file", "folder"])
    path = serializers.CharField()
    size = serializers.IntegerField(allow_null=True, help_text="Bytes; null for folders.")
    sha256 = serializers.CharField(allow_null=True, help_text="Of the bytes; null for folders.")
    git_id = serializers.CharField(
        allow_null=True, help_text="The id in the git tree, of the pointer if `is_lfs`."
    )
    is_lfs = serializers.BooleanField(help_text="Whether git holds a pointer to it.")
    verdict = StateField("verdict", allow_null=True, help_text="What scanning says of it here.")
    may_download = serializers.BooleanField(help_text="Whether you would get the bytes now.")
    download = serializers.URLField(allow_null=True, help_text="Where the bytes are.")


class FileShape(EntryShape):
    """One file."""

    revision = serializers.CharField(help_text="The commit id that the name stands for now.")
    refusal = serializers.CharField(
        help_text="Why you would not get the bytes; empty if you would."
    )
    page = serializers.URLField(help_text="For people.")


DIGEST = "4b5c2d5c9b3f0f9a5f6f8f3f6e5d4c3b2a190807f6e5d4c3b2a190807f6e5d4c"
ENTRY_EXAMPLE: dict[str, Any] = {
    "kind": "file",
    "path": "model.safetensors",
    "size": 90868376,
    "sha256": DIGEST,
    "git_id": "3f8f9a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f",
    "is_lfs": True,
    "verdict": {"code": "safe", "word": "Clean"},
    "may_download": True,
    "download": f"{BASE}/api/v1/models/savanna/minilm/files/main/model.safetensors",
}
FILE_EXAMPLE: dict[str, Any] = ENTRY_EXAMPLE | {
    "revision": "9b1cfb9d0c7f6a0f5f6c1f5e4f3a2b1c0d9e8f70",
    "refusal": "",
    "page": f"{BASE}/savanna/minilm/blob/main/model.safetensors",
}
