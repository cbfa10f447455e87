from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.policies.drafts import propose_draft, rewrite_draft, write_draft
from governance.policies.places import of_namespace, of_repo
from governance.policies.presets import PRESET_RULES
from governance.scanning.engine import ruleset_version
from governance.scanning.models import Waiver
from governance.simulations import actions
from governance.simulations.actions import run_simulation, simulate
from governance.simulations.engine import batches_of
from governance.simulations.models import SimulatedModel, Simulation, SimulationState
from governance.simulations.queries import results_of, simulation_of
from hub.core.errors import Conflict, Forbidden
from hub.core.jobs.models import Job
from models_catalog.repos.models import Repo
from models_catalog.storage.models import Blob, Verdict
from tests.accounts.recording import names, recording
from tests.factories.models import commit_files, make_repo
from tests.factories.people import acting, add_member, make_organization, make_user
from tests.factories.policies import ask_for
from tests.factories.reviews import CARD, finish_scan

pytestmark = [pytest.mark.django_db, pytest.mark.data]
LIGHT = PRESET_RULES[Preset.LIGHT]
WITH_LICENCE = {**LIGHT, "licence_present": {}}


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner, preset="open")


@pytest.fixture
def place(organization):
    return of_namespace(organization.namespace)


@pytest.fixture
def plant(organization, owner):
    def model(name, files, verdict=Verdict.SAFE):
        repo = make_repo(name, owner=owner, organization=organization)
        finish_scan(commit_files(repo, files, by=owner), verdict)
        return repo

    return model


def draft_of(place, owner, rules=WITH_LICENCE):
    return write_draft(place, preset="light", rules=rules, note="Why.", actor=acting(owner))


def results(simulation):
    rows = SimulatedModel.objects.filter(simulation=simulation).order_by("rank", "id")
    return [(row.repo.name, row.before, row.after) for row in rows.select_related("repo")]


def test_a_draft_says_which_models_it_would_stop_and_why(place, owner, plant):
    plant("named", {"README.md": CARD, "a.safetensors": b"a"})
    plant("nameless", {"README.md": b"# Nameless\n", "a.safetensors": b"a"})

    simulation = simulate(draft_of(place, owner), actor=acting(owner))

    assert simulation.state == SimulationState.DONE
    assert results(simulation) == [("nameless", "pass", "fail"), ("named", "pass", "pass")]
    assert simulation.counts["stopped"] == 1
    assert simulation.counts["models"]["after"] == {"pass": 1, "fail": 1}
    assert simulation.counts["rules"]["licence_present"]["after"] == {"pass": 1, "fail": 1}
    before, after, reason = SimulatedModel.objects.get(repo__name="nameless").rules[
        "licence_present"
    ]
    assert (before, after) == (None, "fail")
    assert "Name a licence" in reason


def test_a_draft_that_asks_for_less_says_what_it_would_let_pass(place, owner, plant):
    plant("odd", {"a.bin": b"a"}, Verdict.SUSPICIOUS)
    ask_for(place, LIGHT, preset="light")
    draft = write_draft(
        place,
        preset="open",
        rules=PRESET_RULES[Preset.OPEN],
        note="Why.",
        actor=acting(owner),
    )

    simulation = simulate(draft, actor=acting(owner))

    assert results(simulation) == [("odd", "decide", "pass")]
    assert simulation.counts["freed"] == 1


def test_what_somebody_answered_for_is_waived_in_a_simulation_too(place, owner, plant):
    repo = plant("odd", {"a.bin": b"a"}, Verdict.SUSPICIOUS)
    for blob in Blob.objects.filter(occurrences__repo=repo).distinct():
        Waiver.objects.create(
            repo=repo,
            blob=blob,
            ruleset=ruleset_version(),
            verdict=Verdict.SUSPICIOUS,
            reason="Read it.",
            given_by=owner,
            expires_at=timezone.now() + timedelta(days=1),
        )

    simulation = simulate(draft_of(place, owner, LIGHT), actor=acting(owner))

    assert results(simulation) == [("odd", "pass", "waived")]


def test_withdrawn_models_are_left_alone(place, owner, plant):
    repo = plant("gone", {"a.bin": b"a"})
    Repo.objects.filter(pk=repo.pk).update(withdrawn_at=timezone.now())

    assert simulate(draft_of(place, owner), actor=acting(owner)).total == 0


def test_a_draft_for_one_model_is_tried_on_that_one(organization, owner, plant):
    repo = plant("nameless", {"README.md": b"# Nameless\n"})
    plant("other", {"README.md": b"# Other\n"})
    draft = write_draft(
        of_repo(repo), rules={"licence_present": {}}, note="Why.", actor=acting(owner)
    )

    assert results(simulate(draft, actor=acting(owner))) == [("nameless", "pass", "fail")]


def test_a_simulation_belongs_to_the_draft_exactly_as_it_stood(place, owner, plant):
    plant("leaf", {"a.bin": b"a"})
    draft = draft_of(place, owner)
    simulate(draft, actor=acting(owner))
    assert propose_draft(draft, actor=acting(owner)).state == "proposed"

    changed = rewrite_draft(
        draft,
        preset="light",
        rules={**WITH_LICENCE, "safe_formats": {}},
        note="Why.",
        actor=acting(owner),
    )

    assert simulation_of(changed, actor=acting(owner)) is None
    with pytest.raises(Conflict, match="Simulate"):
        propose_draft(changed, actor=acting(owner))
    simulate(changed, actor=acting(owner))
    assert Simulation.objects.count() == 1


def test_only_those_who_may_write_policies_try_them(organization, place, owner):
    draft = draft_of(place, owner)
    reader = acting(add_member(organization, make_user("maintainer"), Role.MAINTAINER.value))

    with recording() as events, pytest.raises(Forbidden):
        simulate(draft, actor=reader)
    with pytest.raises(Forbidden):
        simulation_of(draft, actor=reader)
    assert events == []


def test_trying_changes_nothing_but_leaves_its_event(place, owner, plant):
    plant("leaf", {"a.bin": b"a"})
    draft = draft_of(place, owner)

    with recording() as events:
        simulate(draft, actor=acting(owner))

    assert names(events) == ["policy_draft:simulated"]
    assert not Repo.objects.get().is_protected


def test_very_many_models_are_left_to_a_worker_that_may_be_killed(
    place, owner, plant, monkeypatch, django_capture_on_commit_callbacks
):
    for name in ("leaf", "twig"):
        plant(name, {"README.md": b"# Nameless\n"})
    monkeypatch.setattr(actions, "MOST_AT_ONCE", 1)
    draft = draft_of(place, owner)

    simulation = simulate(draft, actor=acting(owner))
    again = simulate(draft, actor=acting(owner))

    assert (again.pk, again.state, again.total) == (simulation.pk, SimulationState.RUNNING, 2)
    job = Job.objects.get(kind=actions.SIMULATE)
    for _attempt in range(2):
        Simulation.objects.update(state=SimulationState.RUNNING)
        run_simulation(job.payload)
    simulation.refresh_from_db()
    assert (simulation.state, simulation.done) == (SimulationState.DONE, 2)
    assert SimulatedModel.objects.count() == 2


def test_a_draft_that_was_changed_while_a_worker_came_is_not_tried_as_it_was(
    place, owner, plant, monkeypatch
):
    plant("leaf", {"a.bin": b"a"})
    monkeypatch.setattr(actions, "MOST_AT_ONCE", 0)
    draft = draft_of(place, owner)
    simulation = simulate(draft, actor=acting(owner))
    rewrite_draft(draft, preset="light", rules=LIGHT, note="Why.", actor=acting(owner))

    run_simulation({"simulation": simulation.pk})

    simulation.refresh_from_db()
    assert simulation.state == SimulationState.FAILED
    assert not SimulatedModel.objects.exists()


def test_models_that_somebody_may_not_see_are_counted_and_not_listed(place, owner, plant):
    plant("leaf", {"a.bin": b"a"})
    hidden = plant("hidden", {"a.bin": b"a"})
    Repo.objects.filter(pk=hidden.pk).update(visibility="private")
    simulation = simulate(draft_of(place, owner), actor=acting(owner))

    shown = results_of(simulation, actor=acting(make_user("stranger")))

    assert simulation.total == 2
    assert [row.repo.name for row in shown] == ["leaf"]


def test_a_batch_of_many_models_costs_the_queries_of_one(
    place, owner, plant, django_assert_max_num_queries, django_assert_num_queries
):
    plant("leaf", {"README.md": CARD, "a.bin": b"a"})
    draft = draft_of(place, owner)
    with django_assert_max_num_queries(40) as counted:
        list(batches_of(draft))
    for number in range(9):
        plant(f"leaf-{number}", {"README.md": CARD, "a.bin": b"%d" % number})

    with django_assert_num_queries(len(counted)):
        (batch,) = batches_of(draft)

    assert len(batch) == 10
