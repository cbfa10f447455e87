"""What answers say of refs, commits, versions and cards."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from hub.api.bodies import Body
from hub.api.fields import StateField, TextField
from models_catalog.api.model_shapes import FactsField
from models_catalog.versions.models import VersionState

SHA1 = "9b1cfb9d0c7f6a0f5f6c1f5e4f3a2b1c0d9e8f70"
BEFORE = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"
MANIFEST = "6c9ef1d6b1f5a2c7a3a0c4b1f2f7c4a59d1c0f5b7d0c4f3e2a1b0c9d8e7f6a5b"


class RefShape(serializers.Serializer[Any]):
    """A moving name for a commit."""

    name = serializers.CharField(help_text="`main`, another branch, `refs/tags/…` or `refs/pr/N`.")
    revision = serializers.CharField(source="revision.sha1")
    updated_at = serializers.DateTimeField()


class CommitShape(serializers.Serializer[Any]):
    """A commit."""

    id = serializers.CharField(source="sha1", help_text="The real git id.")
    message = serializers.CharField()
    author = serializers.CharField(
        source="author.username", allow_null=True, default=None, help_text="Null: the hub itself."
    )
    created_at = serializers.DateTimeField()
    manifest_digest = serializers.CharField(help_text="The SHA-256 that names its files.")
    file_count = serializers.IntegerField()
    total_size = serializers.IntegerField(help_text="Bytes.")


class DifferenceShape(serializers.Serializer[Any]):
    """A path that differs between two commits."""

    kind = serializers.ChoiceField(["added", "changed", "removed"])
    path = serializers.CharField()
    sha256 = serializers.CharField(source="after.sha256", allow_null=True, default=None)
    size = serializers.IntegerField(source="after.size", allow_null=True, default=None)
    sha256_before = serializers.CharField(source="before.sha256", allow_null=True, default=None)
    size_before = serializers.IntegerField(source="before.size", allow_null=True, default=None)


class CommitReadShape(CommitShape):
    """One commit."""

    compared_with = serializers.CharField(
        allow_null=True, help_text="The commit before it that you may see."
    )
    changed_files = serializers.IntegerField()
    changes = DifferenceShape(many=True, help_text="The first 500 paths that differ.")


class VersionShape(serializers.Serializer[Any]):
    """A registered release."""

    number = serializers.IntegerField(help_text="1, 2, 3 …; never used twice.")
    label = serializers.CharField(help_text="Such as `1.2.0`; may be empty.")  # type: ignore[assignment]  # the base class has another of this name
    title = serializers.CharField(help_text="The label, else `v` and the number.")
    state = serializers.ChoiceField(VersionState.choices)
    revision = serializers.CharField(source="revision.sha1", allow_null=True, default=None)
    manifest_digest = serializers.CharField(
        source="revision.manifest_digest", allow_null=True, default=None
    )
    is_approved = serializers.BooleanField(
        help_text="Whether somebody who did not make it approved exactly these files."
    )
    approvals = serializers.IntegerField()
    change = serializers.IntegerField(
        source="change_number", allow_null=True, help_text="The change that brought it."
    )
    notes = serializers.CharField()
    released_by = serializers.CharField(
        source="released_by.username", allow_null=True, default=None
    )
    released_at = serializers.DateTimeField(allow_null=True)
    yanked_reason = serializers.CharField(
        help_text="Why it is nobody's newest any more; empty unless it was yanked."
    )
    withdrawn_reason = serializers.CharField(
        help_text="Why it is not handed out any more; empty unless it was withdrawn."
    )


class NewVersion(Body):
    """A version of an open model."""

    label = serializers.CharField(  # type: ignore[assignment]  # the base class has another of this name
        max_length=60, required=False, allow_blank=True, default="", help_text="Such as `1.2.0`."
    )
    notes = TextField(max_length=10_000, required=False, allow_blank=True, default="")
    revision = serializers.CharField(
        max_length=250, required=False, default="main", help_text="What to release."
    )


class CardShape(serializers.Serializer[Any]):
    """What the README.md of a revision says."""

    state = StateField("upload", help_text="`received` when it is rendered, `waiting` until then.")
    title = serializers.CharField()
    summary = serializers.CharField()
    facts = FactsField(help_text="The front matter in its one shape.")
    problems = serializers.ListField(
        child=serializers.CharField(), help_text="What could not be read of it."
    )
    html = serializers.CharField(help_text="Rendered and sanitised.")
    source = serializers.URLField(help_text="The README.md as it was sent.")  # type: ignore[assignment]  # the base class has another of this name


REF_EXAMPLE = {"name": "main", "revision": SHA1, "updated_at": "2026-11-20T09:30:00Z"}
COMMIT_EXAMPLE: dict[str, Any] = {
    "id": SHA1,
    "message": "Add weights\n",
    "author": "ada",
    "created_at": "2026-11-20T09:30:00Z",
    "manifest_digest": MANIFEST,
    "file_count": 9,
    "total_size": 91868712,
}
DIFFERENCE_EXAMPLE: dict[str, Any] = {
    "kind": "added",
    "path": "README.md",
    "sha256": MANIFEST,
    "size": 2048,
    "sha256_before": None,
    "size_before": None,
}
VERSION_EXAMPLE: dict[str, Any] = {
    "number": 3,
    "label": "1.2.0",
    "title": "1.2.0",
    "state": "released",
    "revision": SHA1,
    "manifest_digest": MANIFEST,
    "is_approved": True,
    "approvals": 1,
    "change": 4,
    "notes": "Better on short sentences.",
    "released_by": "grace",
    "released_at": "2026-11-20T09:30:00Z",
    "yanked_reason": "",
    "withdrawn_reason": "",
}
CARD_EXAMPLE: dict[str, Any] = {
    "state": {"code": "received", "word": "Received"},
    "title": "MiniLM for Swahili",
    "summary": "Sentence embeddings for Swahili and English.",
    "facts": {"license": "apache-2.0", "pipeline_tag": "sentence-similarity"},
    "problems": [],
    "html": "<h1>MiniLM for Swahili</h1>",
    "source": "http://localhost:8000/api/v1/models/savanna/minilm/files/main/README.md",
}
