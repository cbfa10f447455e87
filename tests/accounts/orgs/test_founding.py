import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Namespace
from accounts.orgs.actions import create_organization, describe_organization
from accounts.orgs.models import Organization
from accounts.orgs.queries import get_organization, organization_page, organizations_of, roles_of
from hub.core.actor import ANONYMOUS
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound, SignInRequired
from tests.accounts.recording import names, personal, recording
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
def ada():
    return make_user("ada")


def found(name="Savanna", *, actor, **more):
    return create_organization(name, actor=actor, **({"preset": "light"} | more))


def test_the_founder_is_its_owner(ada):
    with recording() as events:
        organization = found(actor=acting(ada))

    assert roles_of(organization, [ada]) == {ada.pk: (Role.OWNER,)}
    assert names(events) == ["organization:created", "organization:role_given"]
    assert events[0].namespace_id == organization.namespace_id


@pytest.mark.parametrize(
    ("preset", "is_reviewed"), [("open", False), ("light", True), ("strict", True)]
)
def test_the_preset_says_whether_models_are_reviewed(ada, preset, is_reviewed):
    organization = found(actor=acting(ada), preset=preset)

    assert organization.namespace.preset == preset
    assert organization.namespace.is_reviewed == is_reviewed


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"preset": "lax"}, "preset"),
        ({"display_name": "x" * 121}, "display_name"),
        ({"display_name": "two\nlines"}, "display_name"),
        ({"description": "x" * 2001}, "description"),
        ({"name": "no spaces"}, "name"),
    ],
)
def test_what_does_not_fit_names_the_field(ada, more, field):
    with recording() as events, pytest.raises(Invalid) as refusal:
        found(actor=acting(ada), **more)

    assert refusal.value.field == field
    assert Organization.objects.count() == 0
    assert events == []


def test_a_taken_name_leaves_nothing_behind(ada):
    with recording() as events, pytest.raises(Conflict):
        found("ADA", actor=acting(ada))

    assert Organization.objects.count() == 0
    assert Namespace.objects.count() == 1
    assert events == []


def test_a_stranger_founds_nothing():
    with pytest.raises(SignInRequired):
        found(actor=ANONYMOUS)


def test_a_token_needs_every_right(ada):
    with pytest.raises(Forbidden, match="admin"):
        found(actor=actor_of(make_token(ada, scope="write")))

    assert found(actor=actor_of(make_token(ada, scope="admin"))).pk


def test_a_token_limited_to_an_organisation_founds_no_other(ada):
    home = make_organization("home", ada)

    with pytest.raises(Forbidden, match="without limits"):
        found(actor=actor_of(make_token(ada, scope="admin", organizations=(home,))))


def test_an_owner_describes_it(ada):
    organization = found(actor=acting(ada))

    with recording() as events:
        describe_organization(
            organization,
            display_name=" Savanna Labs ",
            description="Languages.",
            contact="hello@savanna.example",
            actor=acting(ada),
        )

    stored = get_organization("SAVANNA")
    assert (stored.display_name, stored.description) == ("Savanna Labs", "Languages.")
    assert names(events) == ["organization:described"]
    assert personal(events[0], "contact") == "hello@savanna.example"


@pytest.mark.parametrize("role", ["admin", "maintainer", "auditor"])
def test_nobody_below_an_owner_describes_it(ada, role):
    organization = found(actor=acting(ada))
    member = add_member(organization, make_user("eve"), role)

    with recording() as events, pytest.raises(Forbidden):
        describe_organization(
            organization, display_name="Mine", description="", contact="", actor=acting(member)
        )

    assert events == []


@pytest.mark.parametrize(
    ("change", "field"),
    [({"display_name": " "}, "display_name"), ({"contact": "nobody"}, "contact")],
)
def test_a_bad_description_names_the_field(ada, change, field):
    organization = found(actor=acting(ada))
    values = {"display_name": "Savanna", "description": "", "contact": ""} | change

    with pytest.raises(Invalid) as refusal:
        describe_organization(organization, **values, actor=acting(ada))

    assert refusal.value.field == field


def test_what_is_not_there_is_not_found(ada):
    with pytest.raises(NotFound):
        get_organization("ada")


def test_the_list_runs_by_name_in_pages_without_gaps(ada):
    for name in ("delta", "Alpha", "charlie", "Bravo", "echo"):
        found(name, actor=acting(ada))

    first = organization_page(size=2)
    second = organization_page(size=2, cursor=first.next_cursor)
    third = organization_page(size=2, cursor=second.next_cursor)

    listed = [each.namespace.name for page in (first, second, third) for each in page.rows]
    assert listed == ["Alpha", "Bravo", "charlie", "delta", "echo"]
    assert third.next_cursor is None
    back = organization_page(size=2, cursor=third.previous_cursor)
    assert [each.namespace.name for each in back.rows] == ["charlie", "delta"]


def test_somebodys_organisations_are_those_with_a_role(ada):
    mine = found("mine", actor=acting(ada))
    add_member(mine, ada, "auditor")
    make_organization("other")

    assert list(organizations_of(ada)) == [mine]
