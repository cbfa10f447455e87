from __future__ import annotations

from dataclasses import replace

import pytest

from accounts.authz.policy import Right, Role
from accounts.namespaces.models import Namespace, Preset
from governance.policies.actions import adopt_policy, change_preset
from governance.policies.models import Policy
from governance.policies.presets import PRESET_RULES
from governance.policies.queries import policies_for, policy_for
from hub.core.errors import Conflict, Forbidden, Invalid
from models_catalog.repos.models import Repo
from tests.accounts.recording import names, recording
from tests.factories.models import make_repo
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner, preset="light")


@pytest.fixture
def open_organization(owner):
    return make_organization("meadow", owner, preset="open")


def test_before_anybody_decides_the_policy_is_the_preset_and_nothing_is_stored(organization):
    policy = policy_for(organization.namespace)

    assert (policy.number, policy.preset) == (1, Preset.LIGHT)
    assert policy.rules == PRESET_RULES[Preset.LIGHT]
    assert not Policy.objects.exists()


def test_the_first_version_is_written_down_once(organization, owner):
    with recording() as events:
        first = adopt_policy(organization.namespace, actor=acting(owner))
        second = adopt_policy(organization.namespace, actor=acting(owner))

    assert first == second
    assert names(events) == ["policy:adopted"]


def test_a_changed_preset_is_a_new_version(organization, owner):
    with recording() as events:
        policy = change_preset(
            organization, preset="strict", actor=acting(owner), reason="We grew."
        )

    assert (policy.number, policy.rules) == (2, PRESET_RULES[Preset.STRICT])
    assert policy_for(organization.namespace) == policy
    assert Namespace.objects.get(pk=organization.namespace_id).preset == Preset.STRICT
    assert names(events) == ["policy:adopted", "policy:changed"]
    assert events[-1].data["previous"] == "light"
    assert events[-1].data["version"] == 2


def test_the_preset_in_force_again_changes_nothing(organization, owner):
    with recording() as events:
        change_preset(organization, preset="light", actor=acting(owner), reason="We grew.")

    assert events == []


def test_rules_that_a_newer_hub_gives_a_preset_come_with_a_new_version(organization, owner):
    adopt_policy(organization.namespace, actor=acting(owner))
    Policy.objects.update(rules={"up_to_date": {}})

    policy = change_preset(organization, preset="light", actor=acting(owner), reason="We grew.")

    assert (policy.number, policy.rules) == (2, PRESET_RULES[Preset.LIGHT])


def test_asking_for_review_protects_the_models_that_are_there(open_organization, owner):
    repo = make_repo("leaf", owner=owner, organization=open_organization)
    assert not repo.is_protected

    with recording() as events:
        change_preset(open_organization, preset="light", actor=acting(owner), reason="We grew.")

    assert Repo.objects.get(pk=repo.pk).is_protected
    assert events[-1].data["protected"] == 1


def test_asking_for_less_leaves_reviewed_models_protected(organization, owner):
    repo = make_repo("leaf", owner=owner, organization=organization)

    change_preset(organization, preset="open", actor=acting(owner), reason="We grew.")

    assert Repo.objects.get(pk=repo.pk).is_protected
    assert not make_repo("twig", owner=owner, organization=organization).is_protected


@pytest.mark.parametrize("role", [Role.MAINTAINER, Role.SECURITY_REVIEWER, Role.READER])
def test_who_may_not_change_the_policy(organization, role):
    person = acting(add_member(organization, make_user("somebody"), role.value))

    with recording() as events, pytest.raises(Forbidden, match="needs the right"):
        change_preset(organization, preset="strict", actor=person, reason="We grew.")

    assert events == []
    assert policy_for(organization.namespace).number == 1


def test_where_somebody_else_could_approve_nobody_changes_the_policy_alone(organization, owner):
    add_member(organization, make_user("deputy"), Role.ADMIN.value)

    with recording() as events, pytest.raises(Forbidden, match="Write a draft"):
        change_preset(organization, preset="strict", actor=acting(owner), reason="We grew.")

    assert events == []
    assert policy_for(organization.namespace).number == 1


def test_changing_the_policy_alone_takes_a_reason(organization, owner):
    with recording() as events, pytest.raises(Invalid) as refused:
        change_preset(organization, preset="strict", actor=acting(owner), reason=" ")

    assert refused.value.field == "reason"
    assert events == []


def test_a_token_without_the_right_changes_no_policy(organization, owner):
    actor = replace(acting(owner), rights=frozenset({Right.WRITE}))

    with pytest.raises(Forbidden):
        change_preset(organization, preset="strict", actor=actor, reason="We grew.")


def test_a_policy_that_somebody_else_changed_meanwhile_is_not_changed_unseen(organization, owner):
    change_preset(organization, preset="strict", actor=acting(owner), reason="We grew.")

    with pytest.raises(Conflict, match="meanwhile"):
        change_preset(
            organization,
            preset="open",
            actor=acting(owner),
            reason="We grew.",
            expected_version=1,
        )

    assert policy_for(organization.namespace).preset == Preset.STRICT


def test_a_preset_that_does_not_exist_is_refused(organization, owner):
    with pytest.raises(Invalid) as refused:
        change_preset(organization, preset="none", actor=acting(owner), reason="We grew.")

    assert refused.value.field == "preset"


def test_policies_of_many_namespaces_cost_one_query(
    organization, open_organization, owner, django_assert_num_queries
):
    change_preset(organization, preset="strict", actor=acting(owner), reason="We grew.")
    namespaces = [organization.namespace, open_organization.namespace]

    with django_assert_num_queries(1):
        found = policies_for(namespaces)

    assert [found[n.pk].preset for n in namespaces] == [Preset.STRICT, Preset.OPEN]
