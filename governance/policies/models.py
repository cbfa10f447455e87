"""Policies: what is asked for before a change is merged, layer by layer and version by version."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.namespaces.models import Namespace, Preset
from models_catalog.repos.models import Repo


class Layer(models.TextChoices):
    """Whom a policy reaches: every model of the hub, those of a namespace, those given to a team, or one."""

    HUB = "hub", _("Hub")
    NAMESPACE = "namespace", _("Organisation")
    TEAM = "team", _("Team")
    REPO = "repo", _("Model")


class Placed(models.Model):
    """Something that belongs to one layer at one place; ``namespace`` is the organisation around a team or a model."""

    layer = models.CharField(max_length=10, choices=Layer, db_default=Layer.NAMESPACE.value)
    namespace = models.ForeignKey(Namespace, null=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, on_delete=models.SET_NULL, related_name="+")
    repo = models.ForeignKey(Repo, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Policy(Placed):
    """Version ``number`` of what is asked for at one place (rule id → parameters).

    A namespace's is a preset plus the rules it amounts to, and always there. The other layers have no preset; they may be
    missing, and only ever tighten what is above them. ``superseded_at`` is empty while a version is in force.
    ``approved_by`` is the second person, where there was one; ``note`` says why.
    """

    number = models.PositiveIntegerField()
    preset = models.CharField(max_length=10, choices=Preset, blank=True)
    rules = models.JSONField(default=dict)
    note = models.TextField(blank=True, db_default="")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["namespace", "number"],
                condition=models.Q(layer=Layer.NAMESPACE),
                name="one_policy_version",
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(layer=Layer.HUB),
                name="one_hub_policy_version",
            ),
            models.UniqueConstraint(
                fields=["group", "number"],
                condition=models.Q(layer=Layer.TEAM),
                name="one_team_policy_version",
            ),
            models.UniqueConstraint(
                fields=["repo", "number"],
                condition=models.Q(layer=Layer.REPO),
                name="one_repo_policy_version",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["layer"],
                condition=models.Q(superseded_at=None),
                name="policy_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.layer} {self.namespace_id or ''} policy {self.number}"

    @property
    def is_written_down(self) -> bool:
        """Whether this version is stored; the first one is not before somebody decides under it."""
        return self.pk is not None


class DraftState(models.TextChoices):
    """Where a draft stands; the last two are its ends."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    IN_FORCE = "in_force", _("In force")
    DROPPED = "dropped", _("Dropped")


class PolicyDraft(Placed):
    """What somebody would have a place ask for instead of version ``base_number`` (0: nothing yet).

    ``digest`` names exactly these rules on exactly that base: simulations and proposals bind to it. The maker alone
    changes it; somebody else approves it.
    """

    number = models.PositiveIntegerField()
    preset = models.CharField(max_length=10, choices=Preset, blank=True)
    rules = models.JSONField(default=dict)
    note = models.TextField()
    base_number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    policy = models.ForeignKey(Policy, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["namespace", "number"], name="one_draft_number"),
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(layer=Layer.HUB),
                name="one_hub_draft_number",
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.number} for {self.layer} {self.namespace_id or ''}"

    @property
    def is_open(self) -> bool:
        """Whether it may still come into force."""
        return self.state in (DraftState.DRAFT, DraftState.PROPOSED)
