import pytest

from accounts.authz.policy import Role
from accounts.orgs.actions import invite_member
from accounts.orgs.models import Invitation, InvitationState
from accounts.orgs.queries import roles_of
from tests.accounts.recording import recording
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner)


@pytest.fixture
def ada(organization):
    return add_member(organization, make_user("ada", display_name="Ada Lovelace"), "contributor")


@pytest.fixture
def as_owner(client, owner):
    client.force_login(owner)
    return client


def roles(organization, user):
    return set(roles_of(organization, [user]).get(user.pk, ()))


def test_everybody_sees_who_belongs_and_in_which_role(client, organization, ada):
    page = client.get("/orgs/savanna/people").text

    assert "Ada Lovelace" in page
    assert "Contributor" in page
    assert "ada@example.org" not in page
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]


def test_only_those_who_may_invite_see_invitations(client, organization, owner, ada):
    invite_member(
        organization, username=make_user("grace").username, role="reader", actor=acting(owner)
    )

    client.force_login(ada)
    assert "grace" not in client.get("/orgs/savanna/people").text
    client.force_login(owner)
    assert "grace" in client.get("/orgs/savanna/people").text


def test_an_invitation_by_name_is_answered_by_its_person(as_owner, client, organization):
    grace = make_user("Grace")

    as_owner.post("/orgs/savanna/invite", {"username": "grace", "role": "reviewer"})
    client.force_login(grace)
    listed = client.get("/invitations")
    invitation = Invitation.objects.get(invitee=grace)
    answer = client.post(f"/invitations/{invitation.pk}", {"answer": "accept"})

    assert "savanna" in listed.text
    assert answer["Location"] == "/orgs/savanna/people"
    assert roles(organization, grace) == {Role.REVIEWER}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"username": "nobody", "role": "reader"}, "username"),
        ({"username": "", "role": "reader"}, "username"),
        ({"username": "ada", "role": "contributor"}, "username"),
        ({"username": "ada", "role": "emperor"}, "role"),
    ],
)
def test_a_refused_invitation_names_the_field(as_owner, ada, values, field):
    answer = as_owner.post("/orgs/savanna/invite", values)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_roles_that_only_owners_give_are_closed_to_admins(client, organization, ada):
    client.force_login(add_member(organization, make_user("admin1"), "admin"))

    page = client.get("/orgs/savanna/invite").text
    answer = client.post("/orgs/savanna/invite", {"username": "ada", "role": "owner"})

    assert page.count("Only owners give this role.") == 2
    assert answer.status_code == 422
    assert Role.OWNER not in roles(organization, ada)


@pytest.mark.parametrize("given", ["decline", "withdraw"])
def test_declining_leaves_no_role(client, organization, owner, given):
    grace = make_user("grace")
    invitation = invite_member(organization, username="grace", role="reader", actor=acting(owner))
    client.force_login(grace if given == "decline" else owner)

    client.post(f"/invitations/{invitation.pk}", {"answer": given})

    invitation.refresh_from_db()
    assert invitation.state != InvitationState.OPEN
    assert roles(organization, grace) == set()


def test_an_owner_cannot_accept_for_the_invited(as_owner, organization, owner):
    grace = make_user("grace")
    invitation = invite_member(organization, username="grace", role="reader", actor=acting(owner))

    assert as_owner.post(f"/invitations/{invitation.pk}", {"answer": "accept"}).status_code == 403
    assert roles(organization, grace) == set()


def test_somebody_elses_invitation_is_not_there(client, organization, owner):
    make_user("grace")
    invitation = invite_member(organization, username="grace", role="reader", actor=acting(owner))
    client.force_login(make_user("eve"))

    hidden = client.post(f"/invitations/{invitation.pk}", {"answer": "accept"})
    missing = client.post("/invitations/999999", {"answer": "accept"})

    assert hidden.status_code == missing.status_code == 404


def test_an_answer_that_is_none_is_refused(as_owner, organization, owner):
    make_user("grace")
    invitation = invite_member(organization, username="grace", role="reader", actor=acting(owner))

    assert as_owner.post(f"/invitations/{invitation.pk}", {"answer": "maybe"}).status_code == 400


def test_an_owner_sets_the_roles_of_a_member(as_owner, organization, ada):
    shown = as_owner.get("/orgs/savanna/people/ada")

    answer = as_owner.post("/orgs/savanna/people/ada", {"roles": ["reviewer", "auditor"]})

    assert shown.context["form"]["roles"].value() == ["contributor"]
    assert answer.status_code == 302
    assert roles(organization, ada) == {Role.REVIEWER, Role.AUDITOR}


def test_a_member_without_any_role_is_refused_beside_the_field(as_owner, organization, ada):
    answer = as_owner.post("/orgs/savanna/people/ada", {})

    assert answer.status_code == 422
    assert "at least one role" in answer.context["form"].errors["roles"][0]
    assert roles(organization, ada) == {Role.CONTRIBUTOR}


def test_the_last_owner_is_told_why_they_stay(as_owner, organization, owner):
    answer = as_owner.post("/orgs/savanna/people/owner/remove")

    assert answer.status_code == 409
    assert "needs an owner" in answer.text
    assert roles(organization, owner) == {Role.OWNER}


def test_removing_a_member_is_asked_first(as_owner, organization, ada):
    asked = as_owner.get("/orgs/savanna/people/ada/remove")
    assert "Remove Ada Lovelace from savanna?" in asked.text
    assert roles(organization, ada) == {Role.CONTRIBUTOR}

    as_owner.post("/orgs/savanna/people/ada/remove")
    assert roles(organization, ada) == set()


def test_a_member_leaves(client, organization, ada):
    client.force_login(ada)

    asked = client.get("/orgs/savanna/people/ada/remove")
    client.post("/orgs/savanna/people/ada/remove")

    assert "Leave savanna?" in asked.text
    assert roles(organization, ada) == set()


@pytest.mark.parametrize("page", ["invite", "people/ada", "people/owner/remove"])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("anonymous", 302),
        (None, 403),
        ("reader", 403),
        ("contributor", 403),
        ("maintainer", 403),
        ("auditor", 403),
    ],
)
def test_pages_for_admins_refuse_everybody_else(client, organization, ada, page, role, status):
    if role != "anonymous":
        eve = make_user("eve")
        if role:
            add_member(organization, eve, role)
        client.force_login(eve)

    with recording() as events:
        values = {"username": "ada", "role": "reader", "roles": ["admin"]}
        answers = [send(f"/orgs/savanna/{page}", values) for send in (client.get, client.post)]

    assert [answer.status_code for answer in answers] == [status] * 2
    assert events == []


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_costs_the_same_however_many_belong(
    client, organization, owner, count, django_assert_num_queries
):
    for number in range(count):
        add_member(organization, make_user(f"member{number}"), "reader")
        name = make_user(f"guest{number}").username
        invite_member(organization, username=name, role="reader", actor=acting(owner))
    client.force_login(owner)

    with django_assert_num_queries(11):
        client.get("/orgs/savanna/people")
