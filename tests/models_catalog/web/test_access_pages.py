"""The pages that show, explain and change who has access to a model."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.authz.policy import Right
from accounts.teams.actions import create_team
from models_catalog.grants.actions import grant_repo
from models_catalog.grants.models import Grant
from models_catalog.repos.queries import repo_rights
from tests.accounts.recording import names, recording
from tests.factories.models import make_repo
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

WHERE = ["savanna", "leaf"]


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def repo(owner):
    organization = make_organization("savanna", owner, preset="open")
    return make_repo("leaf", owner=owner, organization=organization)


def browser(user=None):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def address(name, *more):
    return reverse(f"catalog:{name}", args=[*WHERE, *more])


def text_of(answer):
    return answer.content.decode()


def test_somebody_is_given_a_role_by_the_form(repo, owner):
    ada = make_user("ada")

    answer = browser(owner).post(
        address("access"), {"kind": "person", "to": "Ada", "role": "contributor"}, follow=True
    )

    assert "ada is now Contributor." in text_of(answer)
    assert Right.WRITE in repo_rights(repo, actor=acting(ada))


def test_a_team_is_given_a_role_until_a_day(repo, owner):
    create_team(repo.namespace.organization, name="Field", actor=acting(owner))
    form = {"kind": "team", "to": "field", "role": "reader", "expires_on": "2999-01-31"}

    answer = browser(owner).post(address("access"), form, follow=True)

    assert "Field" in text_of(answer)
    assert "31 Jan 2999" in text_of(answer)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"kind": "person", "to": "nobody", "role": "reader"}, "Nobody here is called"),
        ({"kind": "team", "to": "nobody", "role": "reader"}, "savanna has no team called"),
        ({"kind": "person", "to": "owner", "role": "reader"}, "Nobody gives themselves a role"),
        ({"kind": "person", "to": "ada", "role": "owner"}, "Select a valid choice"),
        (
            {"kind": "person", "to": "ada", "role": "reader", "expires_on": "2001-01-01"},
            "That day has passed",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_given(repo, owner, form, said):
    make_user("ada")

    with recording() as events:
        answer = browser(owner).post(address("access"), form)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert names(events) == []


def test_a_role_is_changed_and_ended(repo, owner):
    ada = make_user("ada")
    grant = grant_repo(repo, ada, role="reader", actor=acting(owner))
    client = browser(owner)

    client.post(address("access-change", grant.pk), {"role": "maintainer", "expires_on": ""})
    assert Right.MANAGE in repo_rights(repo, actor=acting(ada))

    client.post(address("access-end", grant.pk))
    assert not Grant.objects.exists()


def test_people_lay_their_role_down_on_their_own_page(repo, owner):
    ada = make_user("ada")
    grant = grant_repo(repo, ada, role="reviewer", actor=acting(owner))
    assert "Lay the role down" in text_of(browser(ada).get(address("own-access")))

    browser(ada).post(address("access-end", grant.pk))

    assert not Grant.objects.exists()


@pytest.mark.parametrize("role", ["reader", "contributor", "reviewer", "auditor"])
def test_who_does_not_manage_the_model_neither_sees_nor_changes_access(repo, owner, role):
    member = add_member(repo.namespace.organization, make_user("member"), role)
    grant = grant_repo(repo, make_user("ada"), role="reader", actor=acting(owner))
    client = browser(member)

    with recording() as events:
        answers = [
            client.get(address("access")),
            client.post(address("access"), {"kind": "person", "to": "member", "role": "reader"}),
            client.get(address("access-change", grant.pk)),
            client.post(address("access-change", grant.pk), {"role": "maintainer"}),
            client.post(address("access-end", grant.pk)),
        ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert names(events) == []


def test_the_rights_of_a_person_are_explained_to_who_manages_the_model(repo, owner):
    add_member(repo.namespace.organization, make_user("ada"), "reviewer")

    said = text_of(browser(owner).get(address("access"), {"person": "ada"}))

    assert "What ada may do here" in said
    assert "Reviewer of savanna" in said
    assert "comes with these roles: Contributor, Maintainer" in said
    assert "Nobody here is called" in text_of(
        browser(owner).get(address("access"), {"person": "x"})
    )


def test_every_reader_of_a_model_finds_what_they_may_do_and_why_not(repo):
    stranger = browser()

    assert address("own-access") in text_of(stranger.get(reverse("catalog:model", args=WHERE)))
    said = text_of(stranger.get(address("own-access")))

    assert "public to everybody" in said
    assert "Nobody is signed in" in said


def test_the_list_costs_the_same_for_one_role_and_for_many(repo, owner):
    client = browser(owner)
    grant_repo(repo, make_user("person"), role="reader", actor=acting(owner))
    with CaptureQueriesContext(connection) as first:
        client.get(address("access"))
    for number in range(19):
        grant_repo(repo, make_user(f"person-{number}"), role="reader", actor=acting(owner))

    with CaptureQueriesContext(connection) as many:
        client.get(address("access"))

    assert len(many) == len(first)


@pytest.mark.parametrize("page", ["settings", "withdraw", "access"])
def test_pages_of_settings_are_for_those_who_manage_the_model(repo, page):
    member = add_member(repo.namespace.organization, make_user("member"), "contributor")

    assert browser(member).get(address(page)).status_code == 403
