"""Bodies that change files."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hub.api.bodies import Body
from hub.api.fields import TextField

ADD, DELETE, DELETE_FOLDER = "add", "delete", "delete_folder"
MOST = 2000


class FileOperation(Body):
    """What happens to one path."""

    do = serializers.ChoiceField([ADD, DELETE, DELETE_FOLDER])
    path = serializers.CharField(max_length=1000, trim_whitespace=False)
    sha256 = serializers.RegexField(
        r"^[0-9a-fA-F]{64}$", required=False, help_text="Of bytes that you have sent or may read."
    )
    text = TextField(required=False, allow_blank=True, help_text="Its whole content, as UTF-8.")
    base64 = TextField(required=False, allow_blank=True, help_text="Its whole content, as Base64.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """An added file has exactly one content, a deleted one none."""
        given = [name for name in ("sha256", "text", "base64") if name in attrs]
        if attrs["do"] == ADD and len(given) != 1:
            raise serializers.ValidationError(
                {"sha256": [_("Give one of “sha256”, “text” and “base64” for a file to add.")]}
            )
        if attrs["do"] != ADD and given:
            raise serializers.ValidationError({given[0]: [_("What is deleted has no content.")]})
        return attrs


@extend_schema_field({"type": "string", "pattern": "^[0-9a-f]{40}$"})
class CommitIdField(serializers.RegexField):
    """A whole commit id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[0-9a-f]{40}$", **kwargs)


class Committing(Body):
    """What every commit has."""

    message = TextField(max_length=10_000, required=False, allow_blank=True, default="")
    operations = serializers.ListField(child=FileOperation(), min_length=1, max_length=MOST)
    parent = CommitIdField(  # type: ignore[assignment]  # the base class has another of this name
        required=False,
        default=None,
        help_text="The commit that you built on: answered with 409 when there is a newer one.",
    )


class NewCommit(Committing):
    """A commit on a branch."""

    branch = serializers.CharField(max_length=250, required=False, default="main")


class NewChange(Body):
    """A proposal to move `main`."""

    title = serializers.CharField(max_length=200)
    description = TextField(max_length=10_000, required=False, allow_blank=True, default="")
    label = serializers.CharField(  # type: ignore[assignment]  # the base class has another of this name
        max_length=60,
        required=False,
        allow_blank=True,
        default="",
        help_text="What the version will be called, such as `1.2.0`.",
    )
    operations = serializers.ListField(child=FileOperation(), min_length=1, max_length=MOST)


OPERATIONS: list[dict[str, str]] = [
    {"do": "add", "path": "README.md", "text": "# MiniLM for Swahili\n"},
    {"do": "delete", "path": "old.bin"},
]
COMMIT_BODY: dict[str, Any] = {"message": "Say what it is for", "operations": OPERATIONS}
CHANGE_BODY: dict[str, Any] = {
    "title": "Say what it is for",
    "label": "1.2.0",
    "operations": OPERATIONS,
}
