"""People's decisions on changes and requests."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.policies.models import Policy
from models_catalog.changes.models import Discussion
from models_catalog.revisions.models import Revision


class DecisionKind(models.TextChoices):
    """What a reviewer said."""

    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    REJECT = "reject"


class AnswerKind(models.TextChoices):
    """What a reviewer answers to a question of the checklist."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


class Decision(models.Model):
    """One reviewer's word on exactly (revision, manifest digest, policy version, rules); void when any of them moves on."""

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="decisions")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=16, choices=DecisionKind)
    reason = models.TextField(blank=True)
    as_security = models.BooleanField(default=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    manifest_digest = models.CharField(max_length=64)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    rules_digest = models.CharField(max_length=64, db_default="")
    decided_at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField(null=True)
    voided_because = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["discussion", "id"], name="decision_in_thread")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["discussion", "reviewer"],
                condition=models.Q(voided_at__isnull=True),
                name="one_decision_stands",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} {self.kind} {self.discussion_id}"


class ChecklistAnswer(models.Model):
    """A reviewer's answer to one question of the policy's checklist, bound as a decision is; void when that moves on.

    The last answer to a question stands, whoever gave it; those before it stay for the record.
    """

    discussion = models.ForeignKey(
        Discussion, on_delete=models.CASCADE, related_name="checklist_answers"
    )
    question = models.CharField(max_length=200)
    answer = models.CharField(max_length=16, choices=AnswerKind)
    note = models.CharField(max_length=1000, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    manifest_digest = models.CharField(max_length=64)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    rules_digest = models.CharField(max_length=64)
    answered_at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["discussion", "id"], name="answer_in_thread")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["discussion", "question"],
                condition=models.Q(voided_at__isnull=True),
                name="one_answer_stands",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.answer}"


class Told(models.IntegerChoices):
    """What an assigned reviewer has been reminded of; each step once."""

    NOTHING = 0
    DUE_SOON = 1
    OVERDUE = 2
    ESCALATED = 3


class Assignment(models.Model):
    """One person is asked to decide about a change or a request until ``due_at``; ``ended_at`` when that was taken back.

    It is answered by a standing decision of theirs, and waits again when that is voided.
    """

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="assignments")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    due_at = models.DateTimeField()
    told = models.PositiveSmallIntegerField(choices=Told, default=Told.NOTHING)
    assigned_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["told", "due_at"],
                condition=models.Q(ended_at__isnull=True),
                name="assignment_due",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["discussion", "reviewer"],
                condition=models.Q(ended_at__isnull=True),
                name="assigned_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} for {self.discussion_id}"
