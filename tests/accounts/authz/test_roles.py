"""The table of roles and rights, written out a second time: a change of it must be meant."""

import pytest

from accounts.authz.policy import (
    PERSONAL_RIGHTS,
    RIGHT_TITLES,
    ROLE_RIGHTS,
    ROLE_TITLES,
    TOKEN_SCOPES,
    Right,
    Role,
)
from accounts.orgs.queries import namespaces_with_right, organization_rights, people_with_right
from hub.core.actor import ANONYMOUS, SYSTEM
from tests.factories.people import acting, add_member, make_organization, make_user

TABLE = """
                   read see  create write manage review security members policies settings audit
owner              x    x    x      x     x      x      .        x       x        x        x
admin              x    x    x      x     x      x      .        x       x        .        x
maintainer         x    x    x      x     x      x      .        .       .        .        .
contributor        x    x    x      x     .      .      .        .       .        .        .
reviewer           x    x    .      .     .      x      .        .       .        .        .
security_reviewer  x    x    .      .     .      x      x        .       .        .        .
auditor            x    x    .      .     .      .      .        .       .        .        x
reader             x    .    .      .     .      .      .        .       .        .        .
"""
COLUMNS = {"see": Right.SEE_UNRELEASED} | {right.name.lower(): right for right in Right}


def rows():
    head, *lines = TABLE.strip().splitlines()
    columns = [COLUMNS[word] for word in head.split()]
    for line in lines:
        role, *marks = line.split()
        yield (
            Role(role),
            frozenset(right for right, mark in zip(columns, marks, strict=True) if mark == "x"),
        )


@pytest.mark.parametrize(("role", "rights"), list(rows()))
def test_a_role_carries_exactly_its_rights(role, rights):
    assert ROLE_RIGHTS[role] == rights


def test_every_role_and_right_has_a_row_and_a_title():
    assert {role for role, _ in rows()} == set(Role) == set(ROLE_TITLES)
    assert set(RIGHT_TITLES) == set(Right)


def test_nobody_reviews_their_own_models_by_owning_the_namespace():
    assert not PERSONAL_RIGHTS & {Right.REVIEW, Right.SECURITY}


def test_each_scope_holds_the_one_before():
    assert TOKEN_SCOPES["read"] < TOKEN_SCOPES["write"] < TOKEN_SCOPES["admin"] == set(Right)


@pytest.mark.django_db
@pytest.mark.data
@pytest.mark.parametrize(("role", "rights"), list(rows()))
def test_a_member_holds_the_rights_of_their_role_in_that_organisation_alone(role, rights):
    organization, other = make_organization("savanna"), make_organization("tundra")
    member = add_member(organization, make_user("ada"), role.value)

    assert organization_rights(organization, actor=acting(member)) == rights
    assert organization_rights(other, actor=acting(member)) == frozenset()


@pytest.mark.django_db
@pytest.mark.data
def test_roles_add_up():
    organization = make_organization()
    member = add_member(organization, make_user("ada"), "contributor")
    add_member(organization, member, "auditor")

    assert (
        organization_rights(organization, actor=acting(member))
        == ROLE_RIGHTS[Role.CONTRIBUTOR] | ROLE_RIGHTS[Role.AUDITOR]
    )


@pytest.mark.django_db
@pytest.mark.data
def test_strangers_hold_nothing_and_the_hub_itself_everything():
    organization = make_organization()

    assert organization_rights(organization, actor=ANONYMOUS) == frozenset()
    assert organization_rights(organization, actor=acting(make_user("eve"))) == frozenset()
    assert organization_rights(organization, actor=SYSTEM) == frozenset(Right)


@pytest.mark.django_db
@pytest.mark.data
def test_administrators_of_the_instance_hold_nothing_in_organisations():
    administrator = make_user("chief", is_superuser=True)

    assert organization_rights(make_organization(), actor=acting(administrator)) == frozenset()


@pytest.mark.django_db
@pytest.mark.data
def test_nobody_signed_in_has_rights_in_no_namespace():
    make_organization()

    assert list(namespaces_with_right(Right.READ, actor=ANONYMOUS)) == []


@pytest.mark.django_db
@pytest.mark.data
def test_the_namespaces_with_a_right_are_those_of_ones_roles():
    savanna, tundra = make_organization("savanna"), make_organization("tundra")
    ada = add_member(savanna, make_user("ada"), "reviewer")
    add_member(tundra, ada, "reader")

    assert list(namespaces_with_right(Right.REVIEW, actor=acting(ada))) == [savanna.namespace_id]
    assert set(namespaces_with_right(Right.READ, actor=acting(ada))) == {
        savanna.namespace_id,
        tundra.namespace_id,
    }


@pytest.mark.django_db
@pytest.mark.data
def test_people_with_a_right_are_listed_once_and_only_while_active():
    owner = make_user("owner")
    organization = make_organization("savanna", owner)
    add_member(organization, owner, "reviewer")
    gone = add_member(organization, make_user("gone"), "reviewer")
    gone.is_active = False
    gone.save()

    assert list(people_with_right(Right.REVIEW, organization=organization)) == [owner]
