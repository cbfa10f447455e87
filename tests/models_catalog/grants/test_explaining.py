"""Where rights come from, and why somebody may not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from guardian.shortcuts import assign_perm

from accounts.authz.policy import REPO_RIGHTS, RepoRole, Right, Role
from accounts.teams.actions import add_to_team, create_team
from hub.core.actor import ANONYMOUS, Actor, Means
from models_catalog.grants.actions import grant_repo, let_in
from models_catalog.grants.explaining import explain, why_not
from models_catalog.grants.sources import Origin, explained_rights
from models_catalog.repos.models import Repo, RepoUserPermission
from models_catalog.repos.queries import repo_rights
from tests.factories.models import make_repo
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner)


@pytest.fixture
def repo(owner, organization):
    """A private model under review before its first release."""
    return make_repo("leaf", owner=owner, organization=organization, visibility="private")


@pytest.fixture
def ada():
    return make_user("ada")


def team(organization, *people, name="Field"):
    owner = acting(organization.created_by)
    made = create_team(organization, name=name, actor=owner)
    for person in people:
        add_to_team(made, person, actor=owner)
    return made


def told(repo, person):
    """Where each right comes from, in words."""
    return {source.where for source in explained_rights(repo, person)}


def agrees(repo, person):
    """What is explained is what counts: no right without a source, no source without its right."""
    said = {
        source.right
        for source in explained_rights(repo, person)
        if source.origin not in (Origin.EVERYBODY, Origin.SIGNED_IN)
    }
    return said == repo_rights(repo, actor=acting(person))


@pytest.mark.parametrize("role", list(Role))
def test_a_role_in_the_organisation_is_named(repo, organization, role):
    member = add_member(organization, make_user("member"), role.value)

    assert agrees(repo, member)
    assert len(told(repo, member)) == 1
    assert told(repo, member).pop().endswith(" of savanna")


def test_every_way_to_a_right_is_told(repo, organization, owner, ada):
    add_member(organization, ada, "reader")
    grant_repo(repo, team(organization, ada), role="reader", actor=acting(owner))
    last = timezone.localdate() + timedelta(days=3)
    grant_repo(repo, ada, role="reviewer", expires_on=last, actor=acting(owner))

    assert agrees(repo, ada)
    assert told(repo, ada) == {
        "Reader of savanna",
        "Reader, from team Field",
        f"Reviewer, direct, until {last:%-d %b %Y}",
    }


def test_a_team_has_a_role_like_a_person(repo, organization, owner, ada):
    field = team(organization, add_member(organization, ada, "reader"))

    grant_repo(repo, field, role="maintainer", actor=acting(owner))

    assert Right.MANAGE in repo_rights(repo, actor=acting(ada))
    assert agrees(repo, ada)


def test_what_a_team_had_until_yesterday_is_not_told(repo, organization, owner, ada):
    field = team(organization, add_member(organization, ada, "reader"))
    grant = grant_repo(repo, field, role="maintainer", actor=acting(owner))
    yesterday = timezone.localdate() - timedelta(days=1)
    type(grant).objects.update(expires_on=yesterday)
    field.group.repogrouppermission_set.update(expires_on=yesterday)

    assert told(repo, ada) == {"Reader of savanna"}
    assert agrees(repo, ada)


def test_ones_own_models_are_ones_own(ada):
    repo = make_repo("own", owner=ada)

    assert agrees(repo, ada)
    assert told(repo, ada) == {"public to everybody", "a model under their own name"}


def test_a_stand_in_is_told_apart(repo, owner):
    neighbour = make_user("neighbour", is_community_reviewer=True)
    let_in(repo, [neighbour], actor=acting(owner))

    assert agrees(repo, neighbour)
    assert told(repo, neighbour) == {"stand-in reviewer, asked for by the owner of the model"}


def test_the_security_role_of_the_hub_is_told(repo):
    guard = make_user("guard", is_instance_security=True)

    assert agrees(repo, guard)
    assert told(repo, guard) == {"security role of the hub"}


def test_what_an_operator_gave_by_hand_is_told(repo, organization, ada):
    assign_perm(Right.WRITE.value, ada, repo)
    assign_perm(Right.AUDIT.value, ada, organization)
    people = Group.objects.create(name="some people")
    ada.groups.add(people)
    assign_perm(Right.REVIEW.value, people, repo)

    assert agrees(repo, ada)
    assert told(repo, ada) == {
        "given on savanna by the operator",
        "given on savanna/leaf by the operator",
    }


def test_everybody_reads_what_is_public_and_released(repo, ada):
    assert told(repo, None) == set()
    Repo.objects.filter(pk=repo.pk).update(is_protected=False, visibility="public")
    repo.refresh_from_db()

    assert told(repo, None) == {"public to everybody"}
    Repo.objects.filter(pk=repo.pk).update(visibility="internal")
    repo.refresh_from_db()
    assert told(repo, None) == set()
    assert told(repo, ada) == {"open to everybody who is signed in"}


def test_who_is_suspended_has_no_right(repo, owner, ada):
    grant_repo(repo, ada, role="maintainer", actor=acting(owner))
    ada.is_active = False
    ada.save()

    assert told(repo, ada) == set()
    assert why_not(repo, Right.WRITE, acting(ada)) == "The account of ada is suspended."


# --- why not ----------------------------------------------------------------------------------------------------------
def test_what_is_missing_and_who_can_give_it_is_said(repo, organization, owner, ada):
    add_member(organization, make_user("maria"), "maintainer")
    grant_repo(repo, ada, role="reader", actor=acting(owner))

    assert why_not(repo, Right.WRITE, acting(ada)) == (
        "It needs the right “Upload files and propose changes”, which comes with these roles: "
        "Contributor, Maintainer. Who can give it: maria, owner."
    )
    assert why_not(repo, Right.SECURITY, acting(ada)).endswith("Who can give it: owner.")


def test_not_more_than_a_few_are_named(repo, organization, ada):
    for number in range(7):
        add_member(organization, make_user(f"maria-{number}"), "maintainer")

    said = why_not(repo, Right.WRITE, acting(ada))

    assert said.endswith(
        "These and others can give it: maria-0, maria-1, maria-2, maria-3, maria-4."
    )


def test_holders_of_grants_are_not_named_to_strangers(repo, owner, ada):
    grant_repo(repo, make_user("secret"), role="maintainer", actor=acting(owner))

    assert "secret" not in why_not(repo, Right.WRITE, acting(ada))


def test_who_may_is_told_nothing(repo, owner):
    assert {
        right: why_not(repo, right, acting(owner))
        for right in REPO_RIGHTS
        if right != "review_security"
    } == {right: "" for right in REPO_RIGHTS if right != "review_security"}


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"rights": frozenset({Right.READ})}, "it was made without the right"),
        ({"namespaces": frozenset({0})}, "does not count for the models of savanna"),
        ({"repos": frozenset({0})}, "does not count for this model"),
    ],
)
def test_it_is_said_when_it_is_the_token_that_lacks_it(repo, owner, limits, said):
    token = Actor(user=owner, means=Means.TOKEN, **limits)

    assert said in why_not(repo, Right.MANAGE, token)


def test_strangers_are_told_that_nobody_is_signed_in(repo):
    assert why_not(repo, Right.WRITE, ANONYMOUS).startswith("Nobody is signed in")


def test_a_reader_of_what_is_not_released_is_told_so(repo, owner, ada):
    grant_repo(repo, ada, role="reader", actor=acting(owner))

    assert why_not(repo, Right.READ, acting(ada)).startswith("It has not been released")


def test_alone_under_ones_own_name_nobody_else_can_give_it(ada):
    repo = make_repo("own", owner=ada)

    assert why_not(repo, Right.REVIEW, acting(ada)).endswith("Nobody else here can give it.")


def test_an_archived_model_stands_in_the_way_of_those_who_may(repo, owner):
    Repo.objects.filter(pk=repo.pk).update(archived_at=timezone.now())

    by_right = {each.right: each for each in explain(repo, actor=acting(owner))}

    assert by_right[Right.WRITE].is_allowed
    assert "is archived" in by_right[Right.WRITE].obstacle
    assert by_right[Right.READ].obstacle == ""


def test_explaining_costs_the_same_for_one_source_and_for_many(
    repo, organization, owner, ada, django_assert_num_queries
):
    grant_repo(repo, ada, role="reader", actor=acting(owner))
    with django_assert_num_queries(8):
        explain(repo, actor=acting(ada))
    add_member(organization, ada, "contributor")
    for number in range(9):
        made = team(organization, ada, name=f"team-{number}")
        grant_repo(repo, made, role=list(RepoRole)[number % 3].value, actor=acting(owner))

    with django_assert_num_queries(8):
        explain(repo, actor=acting(ada))
    assert RepoUserPermission.objects.filter(user=ada).count() == 1
