import pytest

from accounts.authz.policy import ROLE_RIGHTS, Right, Role, rights_of_role
from accounts.orgs.actions import change_defaults
from accounts.orgs.queries import organization_rights
from hub.core.errors import Conflict, Forbidden, Invalid
from models_catalog.repos.actions import create_repo
from models_catalog.repos.queries import namespaces_to_create_in
from tests.accounts.recording import names, recording
from tests.factories.people import (
    acting,
    actor_of,
    add_member,
    make_organization,
    make_token,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner)


def test_a_new_model_begins_as_the_organisation_says(organization, owner):
    with recording() as events:
        change_defaults(organization, default_visibility="private", actor=acting(owner))

    namespace = organization.namespace
    assert create_repo("one", namespace=namespace, actor=acting(owner)).visibility == "private"
    asked = create_repo("two", namespace=namespace, visibility="internal", actor=acting(owner))
    assert asked.visibility == "internal"
    assert names(events) == ["organization:defaults_changed"]


def test_under_ones_own_name_a_new_model_is_public(owner):
    repo = create_repo("one", namespace=owner.namespace, actor=acting(owner))

    assert repo.visibility == "public"


@pytest.mark.parametrize("creator", ["contributor", "maintainer", "admin"])
@pytest.mark.parametrize("role", list(Role))
def test_only_the_chosen_role_and_those_above_add_models(organization, owner, role, creator):
    person = acting(add_member(organization, make_user("ada"), role.value))
    may = Right.CREATE in ROLE_RIGHTS[role] and list(Role).index(role) <= list(Role).index(
        Role(creator)
    )

    change_defaults(organization, who_creates=creator, actor=acting(owner))

    held = organization_rights(organization, actor=person)
    assert held == rights_of_role(role, who_creates=creator)
    assert (Right.CREATE in held) is may
    assert (organization.namespace in namespaces_to_create_in(actor=person)) is may


def test_a_write_token_of_an_admin_still_adds_models(organization, owner):
    change_defaults(organization, who_creates="admin", actor=acting(owner))

    token = actor_of(make_token(owner, scope="write"))

    repo = create_repo("one", namespace=organization.namespace, actor=token)

    assert repo.created_by == owner


def test_the_choice_can_be_taken_back(organization, owner):
    ada = acting(add_member(organization, make_user("ada"), "contributor"))
    change_defaults(organization, who_creates="admin", actor=acting(owner))

    with pytest.raises(Forbidden):
        create_repo("one", namespace=organization.namespace, actor=ada)
    change_defaults(organization, who_creates="contributor", actor=acting(owner))
    repo = create_repo("one", namespace=organization.namespace, actor=ada)

    assert repo.created_by == ada.user


def test_an_admin_does_not_choose(organization):
    admin = add_member(organization, make_user("admin1"), "admin")

    with recording() as events, pytest.raises(Forbidden):
        change_defaults(organization, who_creates="admin", actor=acting(admin))

    organization.refresh_from_db()
    assert organization.who_creates == "contributor"
    assert events == []


@pytest.mark.parametrize(
    ("field", "value"), [("default_visibility", "secret"), ("who_creates", "reader")]
)
def test_what_is_no_choice_is_refused(organization, owner, field, value):
    with pytest.raises(Invalid) as refused:
        change_defaults(organization, **{field: value}, actor=acting(owner))

    assert refused.value.field == field


def test_who_saw_older_settings_is_told(organization, owner):
    change_defaults(organization, default_visibility="private", actor=acting(owner))

    with recording() as events, pytest.raises(Conflict):
        change_defaults(
            organization,
            default_visibility="internal",
            actor=acting(owner),
            expected=("public", "contributor"),
        )

    assert events == []
