from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.policies.actions import change_preset
from governance.policies.queries import policy_for
from models_catalog.repos.models import Repo
from tests.factories.models import make_repo
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = pytest.mark.django_db

PAGE = "/orgs/savanna/policies"


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner, preset="light")


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_everybody_reads_what_an_organisation_asks_for(organization, client):
    page = words(client.get(PAGE))

    assert "“Light”" in page
    assert "Somebody who did not make this change has approved it" in page
    assert "Files contain no executable code" in page
    assert "Change the policy" not in page


def test_an_owner_changes_the_policy(organization, owner, client):
    client.force_login(owner)

    response = client.post(
        PAGE, {"preset": "strict", "expected_version": "1", "reason": "We grew."}
    )

    assert response.status_code == 302
    assert policy_for(organization.namespace).preset == Preset.STRICT
    page = words(client.get(PAGE))
    assert "The policy is “Strict” now, version 2." in page
    assert "Weights are in formats that cannot hold code" in page
    assert "Version 2</b>: Strict" in page


def test_a_second_click_changes_nothing(organization, owner, client):
    client.force_login(owner)
    client.post(PAGE, {"preset": "strict", "expected_version": "1", "reason": "We grew."})

    assert (
        client.post(
            PAGE, {"preset": "strict", "expected_version": "1", "reason": "We grew."}
        ).status_code
        == 302
    )
    assert policy_for(organization.namespace).number == 2


def test_an_admin_reads_that_asking_for_less_is_for_owners(organization, client):
    client.force_login(add_member(organization, make_user("somebody"), Role.ADMIN.value))

    assert 'value="open" disabled' in words(client.get(PAGE))
    response = client.post(PAGE, {"preset": "open", "expected_version": "1", "reason": "We grew."})
    assert response.status_code == 422
    assert policy_for(organization.namespace).preset == Preset.LIGHT


def test_others_change_nothing(organization, client):
    client.force_login(add_member(organization, make_user("somebody"), Role.MAINTAINER.value))

    response = client.post(
        PAGE, {"preset": "strict", "expected_version": "1", "reason": "We grew."}
    )

    assert response.status_code == 422
    assert policy_for(organization.namespace).preset == Preset.LIGHT


def test_strangers_change_nothing(organization, client):
    response = client.post(
        PAGE, {"preset": "strict", "expected_version": "1", "reason": "We grew."}
    )

    assert response.status_code in (302, 422)
    assert policy_for(organization.namespace).preset == Preset.LIGHT


def test_a_policy_that_moved_on_is_shown_again(organization, owner, client):
    change_preset(organization, preset="strict", actor=acting(owner), reason="We grew.")
    client.force_login(owner)

    response = client.post(PAGE, {"preset": "open", "expected_version": "1", "reason": "We grew."})

    assert response.status_code == 422
    assert "Somebody changed the policy meanwhile." in words(response)
    assert policy_for(organization.namespace).preset == Preset.STRICT


def test_the_page_says_which_models_review_would_hide(owner, client):
    organization = make_organization("meadow", owner, preset="open")
    make_repo("leaf", owner=owner, organization=organization)
    client.force_login(owner)

    page = words(client.get("/orgs/meadow/policies"))

    assert "With review, 1 open model comes under it." in page
    assert "1 of them has no released version and is hidden" in page
    client.post(
        "/orgs/meadow/policies", {"preset": "light", "expected_version": "1", "reason": "We grew."}
    )
    assert Repo.objects.get().is_protected
