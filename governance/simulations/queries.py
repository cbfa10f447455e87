"""Reading what a draft would do."""

from __future__ import annotations

from django.db.models import QuerySet

from governance.policies.models import PolicyDraft
from governance.policies.places import place_of, require_at
from governance.simulations.models import SimulatedModel, Simulation
from hub.core.actor import Actor
from models_catalog.repos.models import Repo


def simulation_of(draft: PolicyDraft, *, actor: Actor) -> Simulation | None:
    """The simulation of a draft exactly as it stands; for those who may write policies there."""
    require_at(place_of(draft), actor=actor)
    return Simulation.objects.filter(draft=draft, digest=draft.digest).first()


def results_of(
    simulation: Simulation, *, actor: Actor, outcome: str = ""
) -> QuerySet[SimulatedModel]:
    """What would become of each model that the actor may know of, what would be stopped newly first."""
    shown = Repo.objects.visible_to(actor).values("pk")
    rows = SimulatedModel.objects.filter(simulation=simulation, repo__in=shown)
    if outcome:
        rows = rows.filter(after=outcome)
    return rows.select_related("repo__namespace")
