from __future__ import annotations

from typing import Any

import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.policies.effective import effective_policies, effective_policy
from governance.policies.layering import is_looser, tightened
from governance.policies.models import Policy
from governance.policies.places import HUB, of_namespace, of_repo, of_team
from governance.policies.presets import PRESET_RULES
from governance.policies.queries import policy_at
from governance.reviews.gathering import review_of
from governance.reviews.queries import standing_decisions
from governance.reviews.queues import queries as queue
from governance.reviews.queues.keeping import refresh
from hub.core.gates import GateShut
from models_catalog.changes.actions import merge_change
from models_catalog.repos.models import Repo
from tests.accounts.recording import names, recording
from tests.factories.models import make_repo
from tests.factories.people import acting, make_organization, make_user
from tests.factories.policies import ask_for, give, make_team_with
from tests.factories.reviews import approve, make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.data]
TWO = {"approvals": {"count": 2, "security": 0}}
LICENCE: dict[str, dict[str, Any]] = {"licence_present": {}}
SOME = {"verdicts": {"accepted": ["safe", "unscannable"]}}


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner, preset="light")


@pytest.fixture
def repo(organization, owner):
    return make_repo("leaf", owner=owner, organization=organization)


def test_every_layer_adds_its_rules_and_says_so(organization, owner, repo):
    floor = ask_for(HUB, LICENCE)
    team = ask_for(of_team(make_team_with(organization, repo)), {"safe_formats": {}})
    own = ask_for(of_repo(repo), TWO)

    effective = effective_policy(repo)

    assert effective.approvals_needed == (2, 0)
    assert effective.sources["licence_present"] == (floor,)
    assert effective.sources["safe_formats"] == (team,)
    assert effective.sources["approvals"] == (effective.policy, own)
    assert effective.layers == [floor, effective.policy, team, own]


def test_a_lower_layer_takes_nothing_away(repo):
    before = effective_policy(repo)
    ask_for(of_repo(repo), {"approvals": {"count": 0, "security": 0}})

    effective = effective_policy(repo)

    assert effective.digest == before.digest
    assert effective.sources["approvals"] == (effective.policy,)


def test_a_team_tightens_what_it_was_given_and_nothing_else(organization, owner, repo):
    other = make_repo("twig", owner=owner, organization=organization)
    ask_for(of_team(make_team_with(organization, repo)), TWO)

    found = effective_policies([repo, other])

    assert found[repo.pk].approvals_needed == (2, 0)
    assert found[other.pk].approvals_needed == (1, 0)


def test_a_team_asks_nothing_of_models_elsewhere(organization, owner):
    meadow = make_organization("meadow", owner, preset="light")
    foreign = make_repo("grass", owner=owner, organization=meadow)
    ask_for(of_team(make_team_with(organization, foreign)), TWO)

    assert effective_policy(foreign).approvals_needed == (1, 0)


def test_a_new_version_of_a_layer_takes_the_place_of_the_one_before(repo):
    ask_for(of_repo(repo), TWO)
    second = ask_for(of_repo(repo), LICENCE)

    assert policy_at(of_repo(repo)) == second
    assert effective_policy(repo).approvals_needed == (1, 0)
    assert Policy.objects.filter(repo=repo, superseded_at=None).count() == 1


@pytest.mark.parametrize("layers", [0, 1])
def test_models_under_many_layers_cost_the_queries_of_one(
    organization, owner, repo, layers, django_assert_num_queries
):
    if layers:
        ask_for(HUB, LICENCE)
        ask_for(of_repo(repo), TWO)
        ask_for(of_team(make_team_with(organization, repo)), TWO)
    repos = list(Repo.objects.select_related("namespace"))

    with django_assert_num_queries(3):
        effective_policies(repos)


def test_the_hubs_policy_that_asks_for_approvals_protects_what_is_there_and_what_comes(owner):
    meadow = make_organization("meadow", owner, preset="open")
    there = make_repo("grass", owner=owner, organization=meadow)

    with recording() as events:
        ask_for(HUB, {"approvals": {"count": 1, "security": 0}})
        later = make_repo("herb", owner=owner, organization=meadow)

    assert Repo.objects.get(pk=there.pk).is_protected
    assert Repo.objects.get(pk=later.pk).is_protected
    assert "policy:model_protected" in names(events)
    assert next(e for e in events if e.name == "policy:changed").data["protected"] == 1


PLACES = {
    "hub": lambda scene: HUB,
    "team": lambda scene: of_team(make_team_with(scene.organization, scene.repo)),
    "model": lambda scene: of_repo(scene.repo),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_tightened_layer_voids_what_was_decided_under_less(place):
    scene = make_scene()
    where = PLACES[place](scene)
    approve(scene.change, scene.member(Role.REVIEWER))

    with recording() as events:
        ask_for(where, TWO)

    assert not standing_decisions(scene.change).exists()
    assert names(events)[-2:] == ["policy:changed", "decision:voided"]
    with pytest.raises(GateShut):
        merge_change(scene.fresh(), actor=acting(scene.maker))


def test_a_layer_that_changes_nothing_for_a_model_voids_nothing_there():
    scene = make_scene()
    other = make_repo("twig", owner=scene.owner, organization=scene.organization)
    approve(scene.change, scene.member(Role.REVIEWER))

    ask_for(of_repo(other), TWO)
    ask_for(HUB, {"up_to_date": {}})

    assert standing_decisions(scene.change).count() == 1
    assert len(review_of(scene.fresh()).counting) == 1


def test_a_model_given_to_a_team_with_a_policy_asks_for_its_rules_at_once():
    scene = make_scene()
    team = make_team_with(scene.organization)
    ask_for(of_team(team), TWO)
    approve(scene.change, scene.member(Role.REVIEWER))

    make_team_with(scene.organization, scene.repo, name="other")
    assert len(review_of(scene.fresh()).counting) == 1

    give(team, scene.repo)
    review = review_of(scene.fresh())

    assert review.counting == []
    assert review.bench.needed == 2


def test_the_queue_waits_for_the_approvals_that_all_layers_ask_for():
    scene = make_scene()
    approve(scene.change, scene.member(Role.REVIEWER))
    other = scene.member(Role.ADMIN)
    waiting = queue.open_in(scene.organization.namespace)
    assert not queue.waiting_for(waiting, actor=acting(other)).exists()

    ask_for(of_repo(scene.repo), {"approvals": {"count": 2, "security": 1}})
    approve(scene.change, scene.member(Role.MAINTAINER))
    refresh({"repo": scene.repo.pk})

    (entry,) = queue.waiting_for(waiting, actor=acting(other))
    assert entry.discussion == scene.change.discussion


@pytest.mark.parametrize(
    ("old", "new", "looser"),
    [
        (TWO, {"approvals": {"count": 3, "security": 1}}, False),
        (TWO, {"approvals": {"count": 1, "security": 1}}, True),
        (TWO, {}, True),
        ({}, TWO, False),
        (SOME, {"verdicts": {"accepted": ["unscannable", "safe"]}}, False),
        (SOME, {"verdicts": {"accepted": ["safe"]}}, False),
        (SOME, {"verdicts": {"accepted": ["safe", "unscannable", "suspicious"]}}, True),
        ({"approvals": {"count": 1}}, {"approvals": {"count": 1, "security": 0}}, False),
    ],
)
def test_what_asks_for_less(old, new, looser):
    assert is_looser(new, old) is looser


def test_rules_that_cannot_be_read_stay_and_are_never_met():
    broken = {"approvals": {"count": "many"}}

    assert tightened(broken, TWO) == broken
    assert tightened(TWO, broken) == broken


def test_the_namespaces_own_history_knows_nothing_of_other_layers(organization, repo):
    ask_for(of_repo(repo), TWO)
    ask_for(of_namespace(organization.namespace), PRESET_RULES[Preset.STRICT], preset="strict")

    for place, number in ((of_namespace(organization.namespace), 2), (of_repo(repo), 1)):
        newest = policy_at(place)
        assert newest is not None
        assert newest.number == number
