"""Having a draft tried, at once or in the background."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from accounts.authz.queries import require_person
from governance.policies.drafts import NOT_SIMULATED, hold_draft
from governance.policies.gates import DraftQuestion
from governance.policies.models import PolicyDraft
from governance.simulations.engine import Result, Tally, batches_of, governed
from governance.simulations.events import DraftSimulated
from governance.simulations.models import SimulatedModel, Simulation, SimulationState
from hub.core.actor import Actor
from hub.core.events import emit
from hub.core.gates import Refusal
from hub.core.jobs.actions import request_job

SIMULATE = "policy_simulation"
MOST_AT_ONCE = 300  # models of one request; more are left to a worker


@transaction.atomic
def simulate(draft: PolicyDraft, *, actor: Actor) -> Simulation:
    """Try a draft on all models of its place, anew each time; few at once, many by a worker.

    One that runs already is left to run. Raises ``Forbidden`` for whoever may not write policies there.
    """
    require_person(actor)
    assert actor.user is not None
    draft = hold_draft(draft, actor=actor)
    total = governed(draft).count()
    known = Simulation.objects.filter(draft=draft, digest=draft.digest).first()
    if known is not None and known.state == SimulationState.RUNNING:
        return known
    started = {
        "state": SimulationState.RUNNING,
        "total": total,
        "done": 0,
        "counts": {},
        "asked_by": actor.user,
        "started_at": timezone.now(),
        "finished_at": None,
    }
    simulation, _created = Simulation.objects.update_or_create(
        draft=draft, digest=draft.digest, defaults=started
    )
    emit(DraftSimulated(actor=actor, draft=draft))
    if total <= MOST_AT_ONCE:
        _run(simulation)
    else:
        key = f"{SIMULATE}:{draft.pk}:{draft.digest}"
        request_job(SIMULATE, key=key, payload={"simulation": simulation.pk}, again=True)
    return simulation


def run_simulation(payload: Mapping[str, Any]) -> str:
    """Carry a simulation out in the background; begun again, it starts from the beginning."""
    simulation = (
        Simulation.objects.select_related(
            "draft__namespace", "draft__group", "draft__repo__namespace"
        )
        .filter(pk=payload["simulation"], state=SimulationState.RUNNING)
        .first()
    )
    if simulation is None:
        return "nothing to do"
    if simulation.draft.digest != simulation.digest:
        give_up_simulation(payload, "overtaken")
        return "the draft was changed meanwhile"
    with translation.override(None):  # reasons as they are written: a worker speaks to nobody yet
        _run(simulation)
    return f"{simulation.done} models"


def give_up_simulation(payload: Mapping[str, Any], reason: str) -> None:
    """It could not be carried out; it can be asked for again."""
    del reason
    running = Simulation.objects.filter(pk=payload["simulation"], state=SimulationState.RUNNING)
    running.update(state=SimulationState.FAILED, finished_at=timezone.now())


def _run(simulation: Simulation) -> None:
    """Each batch is kept in a transaction of its own, so that progress shows and nobody waits for long."""
    others = Simulation.objects.filter(draft_id=simulation.draft_id)
    SimulatedModel.objects.filter(simulation__in=others).delete()
    others.exclude(pk=simulation.pk).delete()
    tally, simulation.done = Tally(), 0
    for results in batches_of(simulation.draft):
        with transaction.atomic():
            _keep(simulation, results)
            for result in results:
                tally.add(result)
            simulation.done += len(results)
            Simulation.objects.filter(pk=simulation.pk).update(
                done=simulation.done, counts=tally.as_json()
            )
    simulation.state, simulation.finished_at = SimulationState.DONE, timezone.now()
    simulation.counts = tally.as_json()
    simulation.total = simulation.done
    Simulation.objects.filter(pk=simulation.pk, state=SimulationState.RUNNING).update(
        state=simulation.state,
        finished_at=simulation.finished_at,
        counts=simulation.counts,
        total=simulation.total,
    )


def _keep(simulation: Simulation, results: list[Result]) -> None:
    SimulatedModel.objects.bulk_create(
        SimulatedModel(
            simulation=simulation,
            repo=result.repo,
            before=result.before.value,
            after=result.after.value,
            rank=result.rank,
            rules=dict(result.rules),
        )
        for result in results
    )


def answer_draft(question: DraftQuestion) -> list[Refusal]:
    """Nobody is asked to agree to a draft, exactly as it stands, whose reach nobody has seen."""
    draft = question.draft
    seen = Simulation.objects.filter(
        draft=draft, digest=draft.digest, state=SimulationState.DONE
    ).exists()
    return [] if seen else [Refusal(str(NOT_SIMULATED))]
