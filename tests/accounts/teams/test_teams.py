import pytest
from django.db import connection, transaction

from accounts.orgs.actions import remove_member, take_role
from accounts.teams.actions import (
    add_to_team,
    create_team,
    delete_team,
    describe_team,
    remove_from_team,
    rename_team,
)
from accounts.teams.models import Team
from accounts.teams.queries import (
    get_team,
    get_visible_team,
    own_team_page,
    people_in,
    team_member_page,
    team_page,
    teams_of_person,
)
from hub.core.actor import ANONYMOUS
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.accounts.recording import names, personal, recording
from tests.factories.people import (
    acting,
    actor_of,
    add_member,
    make_organization,
    make_robot,
    make_team,
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


@pytest.fixture
def ada(organization):
    return add_member(organization, make_user("ada"), "reader")


def test_an_admin_makes_a_team(organization):
    admin = add_member(organization, make_user("admin1"), "admin")

    with recording() as events:
        create_team(organization, name="Field", description="Who measures.", actor=acting(admin))

    assert get_team(organization, "field").description == "Who measures."
    assert names(events) == ["team:created"]


@pytest.mark.parametrize("role", ["maintainer", "contributor", "reviewer", "auditor", "reader"])
def test_nobody_below_an_admin_makes_teams(organization, role):
    eve = add_member(organization, make_user("eve"), role)

    with recording() as events, pytest.raises(Forbidden):
        create_team(organization, name="field", actor=acting(eve))

    assert not Team.objects.exists()
    assert events == []


def test_a_write_token_of_an_owner_makes_no_team(organization, owner):
    with pytest.raises(Forbidden):
        create_team(organization, name="field", actor=actor_of(make_token(owner, scope="write")))


def test_two_teams_of_an_organisation_never_look_alike(organization, owner):
    make_team(organization, "field")

    with recording() as events, pytest.raises(Conflict, match="too much like it"):
        create_team(organization, name="F1ELD", actor=acting(owner))

    assert events == []


def test_two_organisations_may_have_teams_of_one_name(organization, owner):
    elsewhere = make_organization("tundra", owner)

    assert make_team(organization).group != make_team(elsewhere).group


def test_a_team_is_renamed_and_keeps_its_members(organization, owner, ada):
    team = make_team(organization, "field", ada)

    with recording() as events:
        rename_team(team, name="station", actor=acting(owner))

    assert [each.name for each in teams_of_person(ada)] == ["station"]
    assert names(events) == ["team:renamed"]


def test_a_team_does_not_take_the_name_of_another(organization, owner):
    make_team(organization, "field")
    other = make_team(organization, "station")

    with recording() as events, pytest.raises(Conflict):
        rename_team(other, name="Field", actor=acting(owner))

    assert get_team(organization, "station").pk == other.pk
    assert events == []


def test_the_same_description_again_is_no_event(organization, owner):
    team = make_team(organization)
    describe_team(team, description="Who measures.", actor=acting(owner))

    with recording() as events:
        describe_team(team, description=" Who measures. ", actor=acting(owner))

    assert events == []


def test_a_member_is_put_into_a_team(organization, owner, ada):
    team = make_team(organization)

    with recording() as events:
        add_to_team(team, ada, actor=acting(owner))

    assert [user.username for user in team_member_page(team).rows] == ["ada"]
    assert names(events) == ["team:member_added"]
    assert personal(events[0], "member") == "ada"


def test_a_member_is_put_into_a_team_once(organization, owner, ada):
    team = make_team(organization, "field", ada)

    with recording() as events, pytest.raises(Conflict, match="already"):
        add_to_team(team, ada, actor=acting(owner))

    assert events == []


def test_strangers_are_not_put_into_teams(organization, owner):
    team, eve = make_team(organization), make_user("eve")

    with recording() as events, pytest.raises(Invalid, match="Invite them"):
        add_to_team(team, eve, actor=acting(owner))

    assert not teams_of_person(eve).exists()
    assert events == []


def test_a_service_account_belongs_to_teams_of_its_own_organisation_only(organization, owner):
    team = make_team(organization)
    elsewhere = make_robot(make_organization("tundra", owner))

    add_to_team(team, make_robot(organization).user, actor=acting(owner))
    with pytest.raises(Invalid):
        add_to_team(team, elsewhere.user, actor=acting(owner))

    assert [user.username for user in team_member_page(team).rows] == ["savanna-ci"]


def test_a_member_leaves_a_team_by_themselves(organization, ada):
    team = make_team(organization, "field", ada)

    with recording() as events:
        remove_from_team(team, ada, actor=acting(ada))

    assert not teams_of_person(ada).exists()
    assert names(events) == ["team:member_removed"]


def test_a_member_does_not_remove_another(organization, owner, ada):
    team = make_team(organization, "field", owner, ada)

    with recording() as events, pytest.raises(Forbidden):
        remove_from_team(team, owner, actor=acting(ada))

    assert teams_of_person(owner).exists()
    assert events == []


def test_who_is_removed_from_the_organisation_is_in_none_of_its_teams(organization, owner, ada):
    make_team(organization, "field", ada)
    make_team(organization, "station", ada)
    elsewhere = make_organization("tundra", ada)
    make_team(elsewhere, "ice", ada)

    with recording() as events:
        remove_member(organization, ada, actor=acting(owner))

    assert [team.name for team in teams_of_person(ada)] == ["ice"]
    assert names(events) == [
        "organization:role_taken",
        "organization:member_left",
        "team:member_removed",
        "team:member_removed",
    ]


def test_who_keeps_a_role_keeps_the_teams(organization, ada):
    add_member(organization, ada, "auditor")
    make_team(organization, "field", ada)

    take_role(organization, ada, role="reader", actor=acting(ada))

    assert teams_of_person(ada).exists()


def test_a_service_account_without_a_role_stays_in_its_teams(organization, owner):
    account = make_robot(organization, roles=("contributor",))
    make_team(organization, "field", account.user)

    take_role(organization, account.user, role="contributor", actor=acting(owner))

    assert teams_of_person(account.user).exists()


def test_a_deleted_team_leaves_its_members_alone(organization, owner, ada):
    team = make_team(organization, "field", ada)

    with recording() as events:
        delete_team(team, actor=acting(owner))

    assert not Team.objects.exists()
    assert not ada.groups.filter(pk=team.group.pk).exists()
    assert names(events) == ["team:deleted"]
    with pytest.raises(NotFound):
        delete_team(team, actor=acting(owner))


def test_strangers_find_no_teams(organization):
    team = make_team(organization)
    eve = acting(make_user("eve"))

    for actor in (eve, ANONYMOUS):
        with pytest.raises(NotFound):
            get_visible_team(organization, team.name, actor=actor)
        with pytest.raises(NotFound):
            team_page(organization, actor=actor)


def test_a_token_for_another_organisation_finds_no_teams(organization, owner):
    elsewhere = make_organization("tundra", owner)
    token = actor_of(make_token(owner, scope="admin", organizations=(elsewhere,)))
    make_team(organization, "field", owner)

    with pytest.raises(NotFound):
        team_page(organization, actor=token)
    assert own_team_page(actor=token).rows == []


@pytest.mark.parametrize("count", [1, 20])
def test_teams_cost_the_same_however_many_there_are(
    organization, owner, ada, count, django_assert_num_queries
):
    for number in range(count):
        make_team(organization, f"team{number:02}", ada, owner)

    with django_assert_num_queries(3):
        teams = team_page(organization, actor=acting(owner)).rows
        people = people_in(teams)
        told = [(team.name, people[team.pk], team.organization.namespace.name) for team in teams]

    assert told == [(f"team{number:02}", 2, "savanna") for number in range(count)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time"
)
def test_who_is_added_while_they_are_removed_ends_outside(
    organization, owner, ada, at_once, until_somebody_waits
):
    team = make_team(organization)

    with transaction.atomic():
        remove_member(organization, ada, actor=acting(owner))
        late = at_once(lambda: add_to_team(team, ada, actor=acting(owner)))
        until_somebody_waits()

    with pytest.raises(Invalid):
        late.result(5)
    assert not teams_of_person(ada).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time"
)
def test_who_loses_two_roles_at_once_loses_the_teams(organization, owner, ada, outcomes):
    add_member(organization, ada, "auditor")
    make_team(organization, "field", ada)

    outcomes(
        lambda: take_role(organization, ada, role="reader", actor=acting(owner)),
        lambda: take_role(organization, ada, role="auditor", actor=acting(owner)),
    )

    assert not teams_of_person(ada).exists()
