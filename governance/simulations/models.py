"""What a draft would do to the models that are there."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.policies.models import PolicyDraft
from models_catalog.repos.models import Repo


class SimulationState(models.TextChoices):
    """How far it is."""

    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Simulation(models.Model):
    """A draft, exactly as ``digest`` names it, over all models of its place.

    ``counts`` are numbers of models: ``models`` by outcome before and after, ``rules`` the same rule by rule, ``stopped``
    and ``freed`` those that would be stopped from now on, or no longer.
    """

    draft = models.ForeignKey(PolicyDraft, on_delete=models.CASCADE, related_name="simulations")
    digest = models.CharField(max_length=64)
    state = models.CharField(
        max_length=10, choices=SimulationState, default=SimulationState.RUNNING
    )
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "digest"], name="one_simulation_of_a_draft")
        ]

    def __str__(self) -> str:
        return f"simulation of draft {self.draft_id}"

    @property
    def is_done(self) -> bool:
        """Whether it has looked at every model."""
        return self.state == SimulationState.DONE


class SimulatedModel(models.Model):
    """One model in a simulation: the worst outcome ``before`` and ``after``, and what is behind it.

    ``rules`` holds, for each rule that does not pass or changes its outcome: before, after and the reason. ``rank`` puts
    what would be stopped newly first.
    """

    simulation = models.ForeignKey(Simulation, on_delete=models.CASCADE, related_name="models")
    repo = models.ForeignKey(Repo, on_delete=models.CASCADE, related_name="+")
    before = models.CharField(max_length=8)
    after = models.CharField(max_length=8)
    rank = models.PositiveSmallIntegerField()
    rules = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["simulation", "repo"], name="one_result_of_a_model")
        ]
        indexes: ClassVar = [
            models.Index(fields=["simulation", "rank", "id"], name="simulated_in_order"),
            models.Index(fields=["simulation", "after", "rank", "id"], name="simulated_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.repo_id}: {self.before} → {self.after}"
