"""What answers say of the review of a change, and bodies about it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.words import TitledField
from governance.policies.presets import PRESET_TITLES
from governance.reviews.models import DecisionKind
from hub.api.bodies import Body
from hub.api.fields import StateField, TextField
from models_catalog.api.commit_shapes import CommitIdField

MOST_EVIDENCE = 100
SHA1 = "9b1cfb9d0c7f6a0f5f6c1f5e4f3a2b1c0d9e8f70"
DIGEST = "6c9ef1d6b1f5a2c7a3a0c4b1f2f7c4a59d1c0f5b7d0c4f3e2a1b0c9d8e7f6a5b"


class CheckShape(serializers.Serializer[Any]):
    """One rule of the policy, evaluated for exactly the head."""

    rule = serializers.CharField()
    title = serializers.CharField(help_text="A sentence that is true when the rule is met.")
    outcome = StateField("check")
    is_blocking = serializers.BooleanField(help_text="Whether it keeps the change from merging.")
    reason = serializers.CharField()
    evidence = serializers.ListField(
        child=serializers.CharField(), help_text=f"The first {MOST_EVIDENCE}, such as paths."
    )


class DecisionShape(serializers.Serializer[Any]):
    """What a reviewer said of exactly a commit, its files and a version of the policy."""

    reviewer = serializers.CharField(source="reviewer.username")
    kind = serializers.ChoiceField(DecisionKind.choices)
    reason = serializers.CharField()
    as_security = serializers.BooleanField(help_text="Whether it counts as the one for security.")
    commit = serializers.CharField(source="revision.sha1")
    manifest_digest = serializers.CharField()
    policy_version = serializers.IntegerField(source="policy.number")
    decided_at = serializers.DateTimeField()
    voided_at = serializers.DateTimeField(allow_null=True, help_text="Null: it stands.")
    voided_because = serializers.CharField()


class WaiverShape(serializers.Serializer[Any]):
    """Somebody's word that a file may stay although scanning does not clear it."""

    id = serializers.IntegerField(source="waiver.pk")
    path = serializers.CharField()
    sha256 = serializers.CharField(source="waiver.blob.sha256")
    verdict = StateField("verdict", source="waiver.verdict")
    ruleset = serializers.CharField(source="waiver.ruleset")
    reason = serializers.CharField(source="waiver.reason")
    given_by = serializers.CharField(source="waiver.given_by.username")
    given_at = serializers.DateTimeField(source="waiver.given_at")
    expires_at = serializers.DateTimeField(source="waiver.expires_at")


class PolicyInForceShape(serializers.Serializer[Any]):
    """Which policy is asked."""

    version = serializers.IntegerField(source="number")
    preset = TitledField(PRESET_TITLES)


class ApprovalsShape(serializers.Serializer[Any]):
    """How many approvals are needed, and how many count."""

    needed = serializers.IntegerField()
    needed_for_security = serializers.IntegerField()
    given = serializers.IntegerField()
    given_for_security = serializers.IntegerField()


class MayShape(serializers.Serializer[Any]):
    """Whether you may do something."""

    is_allowed = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why not.")


class MayDecideShape(serializers.Serializer[Any]):
    """Whether you may decide so."""

    kind = serializers.ChoiceField(DecisionKind.choices)
    is_allowed = serializers.BooleanField()
    reason = serializers.CharField(allow_null=True, help_text="Why not.")


class MayWaiveShape(serializers.Serializer[Any]):
    """A file that somebody has to answer for, and whether you may."""

    path = serializers.CharField()
    is_allowed = serializers.BooleanField()
    reason = serializers.CharField(allow_null=True, help_text="Why not.")


class YouShape(serializers.Serializer[Any]):
    """What you may do about an open change."""

    decides_as = serializers.ChoiceField(
        ["reviewer", "security_reviewer"],
        allow_null=True,
        help_text="As what your approval would count; null: it would not.",
    )
    decisions = MayDecideShape(many=True)
    waivers = MayWaiveShape(many=True)
    merge = MayShape()


class CommunityShape(serializers.Serializer[Any]):
    """The hub's reviewers, who stand in where an organisation has too few."""

    may_stand_in = serializers.BooleanField(help_text="Whether there are too few reviewers here.")
    are_asked = serializers.BooleanField()


class ReviewShape(serializers.Serializer[Any]):
    """Where a change stands. What only open changes have is null for others."""

    model = serializers.CharField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    state = StateField("change")
    head = serializers.CharField(help_text="The commit to decide on: send it with a decision.")
    manifest_digest = serializers.CharField()
    review_kind = serializers.CharField(
        allow_null=True,
        help_text="As policies name it: `publish`, or `licence` for a change that brings another licence.",
    )
    due_at = serializers.DateTimeField(
        allow_null=True, help_text="Until when reviewers are asked to answer."
    )
    is_behind = serializers.BooleanField(
        allow_null=True, help_text="Whether `main` has moved since it branched off."
    )
    policy = PolicyInForceShape(allow_null=True)
    checks = CheckShape(many=True, allow_null=True)
    approvals = ApprovalsShape(allow_null=True)
    decisions = DecisionShape(many=True, help_text="Those that stand.")
    waivers = WaiverShape(many=True, help_text="The newest 100 in force for its files.")
    makers = serializers.ListField(
        child=serializers.CharField(),
        allow_null=True,
        help_text="They pushed to it, so they do not review it.",
    )
    reviewers = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="Some who may decide."
    )
    community = CommunityShape(allow_null=True)
    you = YouShape(allow_null=True)


class DecisionBody(Body):
    """What to say."""

    kind = serializers.ChoiceField(DecisionKind.choices)
    reason = TextField(
        max_length=5000,
        default="",
        allow_blank=True,
        help_text="Public. Needed unless you approve.",
    )
    commit = CommitIdField(help_text="The head that you looked at: 409 when it is another by now.")


class WaiverBody(Body):
    """What to answer for."""

    path = TextField(max_length=4096)
    reason = TextField(max_length=5000, help_text="Public: what you looked at.")
    days = serializers.IntegerField(help_text="It ends after 1 to 90 days.")
    commit = CommitIdField(help_text="The head that you looked at: 409 when it is another by now.")


class AskedShape(serializers.Serializer[Any]):
    """How many were let in."""

    asked = serializers.IntegerField(help_text="0: they had been asked before.")


CHECK_EXAMPLE: dict[str, Any] = {
    "rule": "verdicts",
    "title": "Files contain no executable code",
    "outcome": {"code": "decide", "word": "Decide"},
    "is_blocking": True,
    "reason": "A reviewer must read vocab.bin and answer for it with a waiver, or it is removed.",
    "evidence": ["vocab.bin"],
}
DECISION_EXAMPLE: dict[str, Any] = {
    "reviewer": "grace",
    "kind": "approve",
    "reason": "Ran it on the test set; the card says the same numbers.",
    "as_security": False,
    "commit": SHA1,
    "manifest_digest": DIGEST,
    "policy_version": 2,
    "decided_at": "2026-11-20T10:00:00Z",
    "voided_at": None,
    "voided_because": "",
}
WAIVER_EXAMPLE: dict[str, Any] = {
    "id": 3,
    "path": "vocab.bin",
    "sha256": DIGEST,
    "verdict": {"code": "unscannable", "word": "Cannot be read"},
    "ruleset": "2026.11-9b1cfb9d0c7f",
    "reason": "Opened it with the tokenizer it belongs to; it is a table of words.",
    "given_by": "grace",
    "given_at": "2026-11-20T10:00:00Z",
    "expires_at": "2026-12-20T10:00:00Z",
}
REVIEW_EXAMPLE: dict[str, Any] = {
    "model": "savanna/minilm",
    "number": 4,
    "title": "Say what it is for",
    "state": {"code": "open", "word": "Open"},
    "head": SHA1,
    "manifest_digest": DIGEST,
    "review_kind": "publish",
    "due_at": "2026-11-27T09:30:00Z",
    "is_behind": False,
    "policy": {"version": 2, "preset": {"code": "light", "word": "Light"}},
    "checks": [CHECK_EXAMPLE],
    "approvals": {
        "needed": 1,
        "needed_for_security": 0,
        "given": 1,
        "given_for_security": 0,
    },
    "decisions": [DECISION_EXAMPLE],
    "waivers": [],
    "makers": ["ada"],
    "reviewers": ["grace"],
    "community": {"may_stand_in": False, "are_asked": False},
    "you": {
        "decides_as": "reviewer",
        "decisions": [{"kind": "approve", "is_allowed": True, "reason": None}],
        "waivers": [{"path": "vocab.bin", "is_allowed": True, "reason": None}],
        "merge": {"is_allowed": False, "reasons": [CHECK_EXAMPLE["reason"]]},
    },
}
