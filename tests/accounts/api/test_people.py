import pytest

from accounts.orgs.actions import invite_member
from accounts.orgs.models import Invitation
from accounts.orgs.queries import holds_any_role, roles_of
from tests.accounts.recording import names, recording
from tests.factories.api import Program
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

ORG = "/orgs/savanna"


@pytest.fixture
def owner():
    return make_user("ada")


@pytest.fixture
def savanna(owner):
    return make_organization("savanna", owner)


@pytest.fixture
def program(owner, savanna):
    return Program(owner)


@pytest.fixture
def guest():
    return make_user("guest")


@pytest.fixture
def invitation(savanna, owner, guest):
    return invite_member(savanna, username="guest", role="reviewer", actor=acting(owner))


def roles(organization, user):
    return {role.value for role in roles_of(organization, [user]).get(user.pk, ())}


def test_a_member_holds_exactly_the_roles_that_are_sent(program, savanna):
    wanda = add_member(savanna, make_user("wanda"), "contributor")

    with recording() as events:
        answer = program("PATCH", f"{ORG}/members/wanda", {"roles": ["auditor", "maintainer"]})

    assert answer.status_code == 200
    assert [role["code"] for role in answer.json()["roles"]] == ["maintainer", "auditor"]
    assert roles(savanna, wanda) == {"auditor", "maintainer"}
    assert sorted(names(events)) == [
        "organization:role_given",
        "organization:role_given",
        "organization:role_taken",
    ]


def test_roles_that_changed_meanwhile_are_not_overwritten(program, savanna):
    wanda = add_member(savanna, make_user("wanda"), "contributor")
    etag = program.get(f"{ORG}/members/wanda").headers["ETag"]
    program("PATCH", f"{ORG}/members/wanda", {"roles": ["auditor"]})

    answer = program(
        "PATCH", f"{ORG}/members/wanda", {"roles": ["reader"]}, headers={"If-Match": etag}
    )

    assert answer.status_code == 412
    assert roles(savanna, wanda) == {"auditor"}


@pytest.mark.parametrize("role", ["owner", "security_reviewer"])
def test_an_admin_makes_nobody_what_owners_make(savanna, role):
    admin = add_member(savanna, make_user("adam"), "admin")
    program = Program(admin)

    with recording() as events:
        answer = program("PATCH", f"{ORG}/members/adam", {"roles": ["admin", role]})

    assert answer.status_code == 403
    assert "Change the settings of the organisation" in answer.json()["detail"]
    assert roles(savanna, admin) == {"admin"}
    assert events == []


def test_no_roles_at_all_are_refused_by_name(program, savanna):
    add_member(savanna, make_user("wanda"), "contributor")

    answer = program("PATCH", f"{ORG}/members/wanda", {"roles": []})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "roles"


def test_the_last_owner_stays(program, savanna, owner):
    with recording() as events:
        left = program("DELETE", f"{ORG}/members/ada")
        changed = program("PATCH", f"{ORG}/members/ada", {"roles": ["reader"]})

    assert (left.status_code, changed.status_code) == (409, 409)
    assert roles(savanna, owner) == {"owner"}
    assert events == []


def test_a_member_leaves(savanna):
    wanda = add_member(savanna, make_user("wanda"), "contributor")
    theirs = Program(wanda)

    with recording() as events:
        answer = theirs("DELETE", f"{ORG}/members/wanda")

    assert answer.status_code == 204
    assert not holds_any_role(savanna, wanda)
    assert names(events) == ["organization:role_taken", "organization:member_left"]


def test_a_program_with_less_than_everything_does_not_leave_for_its_person(savanna):
    wanda = add_member(savanna, make_user("wanda"), "contributor")

    assert Program(wanda, scope="write")("DELETE", f"{ORG}/members/wanda").status_code == 403
    assert holds_any_role(savanna, wanda)


def test_an_invitation_is_made_found_and_accepted(program, savanna, guest):
    made = program.post(f"{ORG}/invitations", {"username": "Guest", "role": "reviewer"})
    theirs = Program(guest)
    (found,) = theirs.get("/me/invitations").json()["items"]

    with recording() as events:
        answer = theirs.post(f"/invitations/{found['id']}/answer", {"answer": "accept"})

    assert made.status_code == 201
    assert made.json() == found
    assert answer.json()["state"] == "accepted"
    assert roles(savanna, guest) == {"reviewer"}
    assert names(events) == ["organization:invitation_answered", "organization:role_given"]


def test_an_invitation_is_declined_once(guest, savanna, invitation):
    theirs = Program(guest)
    path = f"/invitations/{invitation.pk}/answer"

    first, second = (theirs.post(path, {"answer": "decline"}) for _ in range(2))

    assert first.json()["state"] == "declined"
    assert second.status_code == 404
    assert not holds_any_role(savanna, guest)


def test_who_may_invite_withdraws(program, invitation):
    answer = program.post(f"/invitations/{invitation.pk}/answer", {"answer": "withdraw"})

    assert answer.json()["state"] == "withdrawn"
    assert program.get(f"{ORG}/invitations").json()["items"] == []


@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_program_with_less_than_everything_does_not_accept(guest, savanna, invitation, scope):
    with_token = Program(guest, scope=scope)

    with recording() as events:
        answer = with_token.post(f"/invitations/{invitation.pk}/answer", {"answer": "accept"})

    assert answer.status_code == 403
    assert events == []
    assert not holds_any_role(savanna, guest)


@pytest.mark.parametrize(
    ("username", "status"), [("nobody-here", 400), ("guest", 409), ("two\nlines", 400)]
)
def test_who_cannot_be_invited_is_named(program, invitation, username, status):
    with recording() as events:
        answer = program.post(f"{ORG}/invitations", {"username": username, "role": "reader"})

    assert answer.status_code == status
    assert answer.json()["errors"][0]["field"] == "username"
    assert Invitation.objects.count() == 1
    assert events == []
