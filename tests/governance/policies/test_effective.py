from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.policies.actions import change_preset
from governance.policies.digests import rules_digest
from governance.policies.effective import effective_policies, effective_policy
from governance.policies.presets import PRESET_RULES
from governance.reviews.gathering import review_of
from governance.reviews.models import Decision
from governance.reviews.queries import standing_decisions
from tests.factories.models import make_repo
from tests.factories.people import acting, make_organization, make_user
from tests.factories.reviews import approve, make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner, preset="light")


def test_alone_the_policy_of_the_namespace_is_in_force(organization, owner):
    effective = effective_policy(make_repo("leaf", owner=owner, organization=organization))

    assert effective.stored == PRESET_RULES[Preset.LIGHT]
    assert [rule.id for rule in effective.rules] == [*PRESET_RULES[Preset.LIGHT], "objections"]
    assert effective.sources["approvals"] == (effective.policy,)
    assert effective.approvals_needed == (1, 0)


def test_the_digest_names_the_rules_and_not_their_order():
    rules = PRESET_RULES[Preset.STRICT]

    assert rules_digest(rules) == rules_digest(dict(reversed(rules.items())))
    assert rules_digest(rules) != rules_digest({**rules, "approvals": {"count": 3}})


def test_a_changed_policy_changes_the_digest(organization, owner):
    repo = make_repo("leaf", owner=owner, organization=organization)
    before = effective_policy(repo).digest

    change_preset(organization, preset="strict", actor=acting(owner), reason="We grew.")

    assert effective_policy(repo).digest != before


def test_a_decision_binds_to_the_rules_in_force():
    scene = make_scene()
    decision = approve(scene.change, scene.member(Role.REVIEWER))

    assert decision.rules_digest == effective_policy(scene.repo).digest
    assert review_of(scene.fresh()).counting == [decision]


def test_an_approval_under_other_rules_does_not_count():
    scene = make_scene()
    decision = approve(scene.change, scene.member(Role.REVIEWER))
    Decision.objects.filter(pk=decision.pk).update(rules_digest=rules_digest({}))

    assert review_of(scene.fresh()).counting == []
    assert standing_decisions(scene.change).count() == 1


def test_many_models_cost_the_queries_of_one(organization, owner, django_assert_num_queries):
    meadow = make_organization("meadow", owner, preset="open")
    repos = [make_repo(name, owner=owner, organization=organization) for name in ("leaf", "twig")]
    repos.append(make_repo("grass", owner=owner, organization=meadow))

    for some in (repos[:1], repos):
        with django_assert_num_queries(3):  # policies, what teams were given, other layers
            found = effective_policies(some)
        assert set(found) == {repo.pk for repo in some}
