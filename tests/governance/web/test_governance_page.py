from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.authz.policy import Role
from governance.policies.places import of_namespace
from governance.reviews.requests.models import CheckWaiver
from models_catalog.changes.actions import merge_change
from models_catalog.repos.models import Repo
from tests.factories.models import make_repo
from tests.factories.people import acting
from tests.factories.policies import ask_for
from tests.factories.reviews import approve, make_scene

pytestmark = pytest.mark.django_db

PAGE = "/orgs/savanna/governance"


@pytest.fixture
def scene(db):
    return make_scene()


def words(response) -> str:
    return " ".join(response.content.decode().split())


def withdraw(repo, **more):
    Repo.objects.filter(pk=repo.pk).update(
        withdrawn_at=timezone.now(), withdrawn_reason="It saw patients’ names.", **more
    )


def test_everybody_reads_how_an_organisation_governs(scene, client):
    approve(scene.change, scene.member(Role.REVIEWER))
    merge_change(scene.fresh(), actor=acting(scene.maker))

    page = words(client.get(PAGE))

    assert "Somebody who did not make this change has approved it" in page
    assert "Decided in 30 days</dt><dd>1</dd>" in page
    assert "<dt>Reviewer</dt><dd>1</dd>" in page
    assert "<dt>Contributor</dt>" not in page
    assert "Nothing was withdrawn." in page
    assert PAGE in words(client.get("/savanna"))


def test_withdrawals_are_told_with_reason_and_successor(scene, client):
    heir = make_repo("heir", owner=scene.owner, organization=scene.organization)
    Repo.objects.update(first_released_at=timezone.now())
    withdraw(scene.repo, successor=heir)

    page = words(client.get(PAGE))

    assert "It saw patients’ names." in page
    assert "savanna/heir" in page


def test_strangers_learn_nothing_of_models_that_are_not_theirs_to_see(scene, client):
    heir = make_repo("heir", owner=scene.owner, organization=scene.organization)
    Repo.objects.filter(pk=scene.repo.pk).update(first_released_at=timezone.now())
    withdraw(scene.repo, successor=heir)
    hidden = make_repo("hidden", owner=scene.owner, organization=scene.organization)
    withdraw(hidden, visibility="private")

    page = words(client.get(PAGE))

    assert "savanna/leaf" in page
    assert "savanna/heir" not in page
    assert "savanna/hidden" not in page
    client.force_login(scene.owner)
    assert "savanna/hidden" in words(client.get(PAGE))


def test_waivers_in_force_are_counted_by_rule(scene, client):
    Repo.objects.filter(pk=scene.repo.pk).update(first_released_at=timezone.now())
    for days in (1, 2, -1):
        CheckWaiver.objects.create(
            repo=scene.repo,
            rule="safe_formats",
            manifest_digest="0" * 64,
            reason="Read it.",
            given_by=scene.owner,
            expires_at=timezone.now() + timedelta(days=days),
        )

    page = words(client.get(PAGE))

    assert '</th><td class="num">2</td>' in page


def test_versions_of_the_policy_say_why(scene, client):
    ask_for(of_namespace(scene.organization.namespace), {"up_to_date": {}}, by=scene.owner)

    assert "We grew." in words(client.get(PAGE))


def test_the_page_costs_the_same_for_many_withdrawals(
    scene, client, django_assert_num_queries, django_assert_max_num_queries
):
    Repo.objects.filter(pk=scene.repo.pk).update(first_released_at=timezone.now())
    withdraw(scene.repo)
    with django_assert_max_num_queries(60) as counted:
        client.get(PAGE)
        small = len(counted)
    for number in range(19):
        make_repo(f"twig-{number}", owner=scene.owner, organization=scene.organization)
    Repo.objects.update(first_released_at=timezone.now(), withdrawn_at=timezone.now())

    with django_assert_num_queries(small):
        client.get(PAGE)


def test_an_organisation_that_is_none_is_not_found(db, client):
    assert client.get("/orgs/nobody/governance").status_code == 404
