"""What answers say of requests and of waivers for rules, and bodies about them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from governance.api.review_shapes import DIGEST, SHA1, ApprovalsShape, CheckShape
from governance.reviews.requests.models import RequestKind
from hub.api.bodies import Body
from hub.api.fields import StateField, TextField
from models_catalog.api.commit_shapes import CommitIdField


class RequestShape(serializers.Serializer[Any]):
    """Something that people are asked to agree to. What only open requests have is null for others."""

    number = serializers.IntegerField(source="discussion.number")
    kind = serializers.ChoiceField(RequestKind.choices)
    title = serializers.CharField(source="discussion.title")
    state = StateField("request", source="discussion.state")
    author = serializers.CharField(source="discussion.author.username")
    version = serializers.IntegerField(source="version.number", allow_null=True, default=None)
    details = serializers.DictField(source="payload", help_text="What else the kind needs.")
    commit = serializers.CharField(source="revision.sha1", help_text="Send it with a decision.")
    manifest_digest = serializers.CharField()
    created_at = serializers.DateTimeField(source="discussion.created_at")
    ended_at = serializers.DateTimeField(allow_null=True)
    granted_by = serializers.CharField(source="granted_by.username", allow_null=True, default=None)


class RequestStandingShape(RequestShape):
    """A request and where it stands; what only open ones have is null for others."""

    due_at = serializers.DateTimeField(
        allow_null=True, help_text="Until when reviewers are asked to answer."
    )
    checks = CheckShape(many=True, allow_null=True)
    approvals = ApprovalsShape(allow_null=True)


class RequestBody(Body):
    """What to ask for. Which of the names below ``reason`` a kind takes, its description says."""

    kind = serializers.ChoiceField(RequestKind.choices)
    reason = TextField(max_length=20_000, help_text="Insiders of the model read it.")
    version = serializers.IntegerField(
        default=None,
        allow_null=True,
        help_text="promote, recertify, waiver, withdraw: a released version.",
    )
    change = serializers.IntegerField(
        default=None, allow_null=True, help_text="waiver: an open change, instead of a version."
    )
    target = TextField(
        default="", allow_blank=True, max_length=20, help_text="promote: `stage` or `alias`."
    )
    name = TextField(
        default="",
        allow_blank=True,
        max_length=60,
        help_text="promote: the stage or alias; an empty stage is none.",
    )
    successor = TextField(
        default="",
        allow_blank=True,
        max_length=200,
        help_text="withdraw, of the model: what to use instead.",
    )
    act = TextField(
        default="",
        allow_blank=True,
        max_length=20,
        help_text="withdraw, of a version: `yank` (unless told) or `withdraw`.",
    )
    though_needed = serializers.BooleanField(
        default=False,
        help_text="withdraw, of a version: also when aliases, stages or other models rely on it.",
    )
    rule = TextField(
        default="", allow_blank=True, max_length=60, help_text="waiver: a rule of the policy."
    )
    days = serializers.IntegerField(default=0, help_text="waiver: it ends after 1 to 365 days.")


class CloseBody(Body):
    """Why a request is given up."""

    reason = TextField(default="", allow_blank=True, max_length=2000)


class RuleWaiverShape(serializers.Serializer[Any]):
    """Somebody's word that exactly these files may do without a rule for a while."""

    id = serializers.IntegerField(source="pk")
    rule = serializers.CharField()
    manifest_digest = serializers.CharField()
    reason = serializers.CharField()
    given_by = serializers.CharField(source="given_by.username")
    given_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class RuleWaiverBody(Body):
    """What to answer for."""

    rule = TextField(max_length=60)
    reason = TextField(max_length=5000, help_text="Public: why it may do without.")
    days = serializers.IntegerField(help_text="It ends after 1 to 365 days.")
    commit = CommitIdField(help_text="The head that you looked at: 409 when it is another by now.")


REQUEST_EXAMPLE: dict[str, Any] = {
    "number": 7,
    "kind": "promote",
    "title": "Move 1.2.0 to Production",
    "state": {"code": "open", "word": "Open"},
    "author": "ada",
    "version": 3,
    "details": {"target": "stage", "name": "production", "instead_of": "v2 production"},
    "commit": SHA1,
    "manifest_digest": DIGEST,
    "created_at": "2026-11-20T09:30:00Z",
    "ended_at": None,
    "granted_by": None,
}
STANDING_EXAMPLE: dict[str, Any] = REQUEST_EXAMPLE | {
    "due_at": "2026-11-27T09:30:00Z",
    "checks": [
        {
            "rule": "approvals",
            "title": "Somebody who did not make this change has approved it",
            "outcome": {"code": "decide", "word": "Decide"},
            "is_blocking": True,
            "reason": "0 of 1 approvals given.",
            "evidence": [],
        }
    ],
    "approvals": {"needed": 1, "needed_for_security": 0, "given": 0, "given_for_security": 0},
}
RULE_WAIVER_EXAMPLE: dict[str, Any] = {
    "id": 5,
    "rule": "licence_present",
    "manifest_digest": DIGEST,
    "reason": "The lawyers have promised it for Friday.",
    "given_by": "grace",
    "given_at": "2026-11-20T10:00:00Z",
    "expires_at": "2026-12-20T10:00:00Z",
}
