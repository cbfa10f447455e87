"""What answers say of discussions and changes, and bodies about them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from hub.api.bodies import Body
from hub.api.fields import StateField, TextField
from models_catalog.api.commit_shapes import CommitIdField
from models_catalog.api.history_shapes import BEFORE, SHA1

STATES = ("open", "merged", "closed", "all")


class ThreadShape(serializers.Serializer[Any]):
    """A discussion; one that proposes to move `main` is a change."""

    number = serializers.IntegerField()
    title = serializers.CharField()
    state = StateField("change")
    is_change = serializers.SerializerMethodField()
    author = serializers.CharField(source="author.username")
    created_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)

    def get_is_change(self, thread: Any) -> bool:
        """Whether it proposes anything; the change should have been fetched with the row."""
        return hasattr(thread, "change")


class CommentShape(serializers.Serializer[Any]):
    """Something said in a thread, or something that happened in it."""

    kind = serializers.CharField(
        help_text="`comment`, or what happened: `opened`, `pushed`, `updated`, `merged`, `closed` …"
    )
    author = serializers.CharField(source="author.username", allow_null=True, default=None)
    body = serializers.CharField(help_text="Markdown.")
    data = serializers.DictField(help_text="Facts of what happened, such as the commit id.")  # type: ignore[assignment]  # the base class has another of this name
    created_at = serializers.DateTimeField()


class ChangeShape(ThreadShape):
    """A change."""

    ref = serializers.CharField(help_text="The name of its head: `refs/pr/N`.")
    head = serializers.CharField(help_text="The commit that `main` would move to.")
    base = serializers.CharField(allow_null=True, help_text="The commit of `main` it builds on.")
    version = serializers.CharField(help_text="What its version is called.")
    version_number = serializers.IntegerField()
    merged_by = serializers.CharField(allow_null=True)


class NewDiscussion(Body):
    """A discussion to open."""

    title = serializers.CharField(max_length=200)
    body = TextField(max_length=20_000)


class NewComment(Body):
    """Something to say."""

    body = TextField(max_length=20_000)


class Reason(Body):
    """Why."""

    reason = TextField(max_length=2000, required=False, allow_blank=True, default="")


class Merge(Body):
    """What to merge."""

    expected = CommitIdField(
        required=False,
        default=None,
        help_text="The head that you looked at: answered with 409 when it is another by now.",
    )


THREAD_EXAMPLE: dict[str, Any] = {
    "number": 4,
    "title": "Say what it is for",
    "state": {"code": "open", "word": "Open"},
    "is_change": True,
    "author": "ada",
    "created_at": "2026-11-20T09:30:00Z",
    "closed_at": None,
}
CHANGE_EXAMPLE: dict[str, Any] = THREAD_EXAMPLE | {
    "ref": "refs/pr/4",
    "head": SHA1,
    "base": BEFORE,
    "version": "1.2.0",
    "version_number": 3,
    "merged_by": None,
}
COMMENT_EXAMPLE: dict[str, Any] = {
    "kind": "comment",
    "author": "grace",
    "body": "Which data was it tested on?",
    "data": {},
    "created_at": "2026-11-20T10:00:00Z",
}
