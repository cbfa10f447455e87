import pytest

from accounts.authz.policy import Role
from accounts.orgs.actions import answer_invitation, give_role, invite_member
from accounts.orgs.models import Invitation, InvitationState
from accounts.orgs.queries import (
    get_open_invitation,
    open_invitation_page,
    own_invitation_page,
    roles_of,
)
from hub.core.actor import ANONYMOUS, SYSTEM
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
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner)


@pytest.fixture
def admin(organization):
    return add_member(organization, make_user("admin1"), "admin")


@pytest.fixture
def ada():
    return make_user("Ada")


@pytest.fixture
def invitation(organization, admin, ada):
    return invite_member(organization, username="ada", role="reviewer", actor=acting(admin))


def roles(organization, user):
    return roles_of(organization, [user]).get(user.pk, ())


def test_an_invitation_alone_gives_nothing(organization, admin, ada):
    with recording() as events:
        invite_member(organization, username=" ADA ", role="reviewer", actor=acting(admin))

    assert roles(organization, ada) == ()
    assert names(events) == ["organization:member_invited"]
    assert personal(events[0], "invitee") == "Ada"


def test_accepting_gives_the_role(organization, ada, invitation):
    with recording() as events:
        answer_invitation(invitation, accept=True, actor=acting(ada))

    assert roles(organization, ada) == (Role.REVIEWER,)
    assert invitation.state == InvitationState.ACCEPTED
    assert names(events) == ["organization:invitation_answered", "organization:role_given"]


def test_accepting_what_one_holds_by_now_records_no_second_gift(organization, owner, admin):
    offered = invite_member(organization, username="admin1", role="auditor", actor=acting(owner))
    give_role(organization, admin, role="auditor", actor=acting(owner))

    with recording() as events:
        answer_invitation(offered, accept=True, actor=acting(admin))

    assert names(events) == ["organization:invitation_answered"]


def test_declining_gives_nothing(organization, ada, invitation):
    with recording() as events:
        answer_invitation(invitation, accept=False, actor=acting(ada))

    assert roles(organization, ada) == ()
    assert invitation.state == InvitationState.DECLINED
    assert names(events) == ["organization:invitation_answered"]


def test_an_admin_withdraws_it(admin, invitation):
    answer_invitation(invitation, accept=False, actor=acting(admin))

    assert invitation.state == InvitationState.WITHDRAWN


def test_a_withdrawn_invitation_cannot_be_accepted(organization, admin, ada, invitation):
    answer_invitation(invitation, accept=False, actor=acting(admin))

    with recording() as events, pytest.raises(Conflict, match="withdrawn already"):
        answer_invitation(invitation, accept=True, actor=acting(ada))

    assert roles(organization, ada) == ()
    assert events == []


def test_nobody_accepts_for_somebody_else(organization, owner, ada, invitation):
    with pytest.raises(Forbidden, match="Only the invited person"):
        answer_invitation(invitation, accept=True, actor=acting(owner))

    assert roles(organization, ada) == ()


def test_an_outsider_can_neither_answer_nor_see_it(invitation):
    eve = make_user("eve")

    with pytest.raises(Forbidden):
        answer_invitation(invitation, accept=False, actor=acting(eve))
    with pytest.raises(NotFound):
        get_open_invitation(invitation.pk, actor=acting(eve))
    with pytest.raises(NotFound):
        get_open_invitation(invitation.pk, actor=ANONYMOUS)


@pytest.mark.parametrize("scope", ["read", "write"])
@pytest.mark.parametrize("accept", [True, False])
def test_a_weak_token_does_not_answer_in_its_owners_name(ada, invitation, scope, accept):
    with pytest.raises(Forbidden, match="token"):
        answer_invitation(invitation, accept=accept, actor=actor_of(make_token(ada, scope=scope)))

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.OPEN


@pytest.mark.parametrize("role", ["owner", "security_reviewer"])
def test_an_admin_offers_no_role_above_their_own(organization, admin, ada, role):
    with pytest.raises(Forbidden):
        invite_member(organization, username="ada", role=role, actor=acting(admin))


def test_an_admin_does_not_withdraw_what_an_owner_offered_above_them(
    organization, owner, admin, ada
):
    offered = invite_member(organization, username="ada", role="owner", actor=acting(owner))

    with pytest.raises(Forbidden):
        answer_invitation(offered, accept=False, actor=acting(admin))


def test_somebody_unknown_cannot_be_invited(organization, admin):
    with pytest.raises(Invalid, match="sign up first") as refusal:
        invite_member(organization, username="nobody", role="reader", actor=acting(admin))

    assert refusal.value.field == "username"


def test_a_second_open_invitation_is_refused(organization, admin, invitation):
    with recording() as events, pytest.raises(Conflict, match="open invitation"):
        invite_member(organization, username="ada", role="reader", actor=acting(admin))

    assert Invitation.objects.count() - 1 == 1  # the admin's own, accepted, and this one
    assert events == []


def test_a_member_is_not_invited_to_a_role_they_hold(organization, owner, admin):
    with pytest.raises(Conflict, match="Admin already"):
        invite_member(organization, username="admin1", role="admin", actor=acting(owner))


def test_a_member_can_be_invited_again_after_declining(organization, admin, ada, invitation):
    answer_invitation(invitation, accept=False, actor=acting(ada))

    assert invite_member(organization, username="ada", role="reader", actor=acting(admin)).pk


@pytest.mark.parametrize("role", ["maintainer", "contributor", "reviewer", "auditor", "reader"])
def test_nobody_below_an_admin_invites(organization, ada, role):
    eve = add_member(organization, make_user("eve"), role)

    with pytest.raises(Forbidden):
        invite_member(organization, username="ada", role="reader", actor=acting(eve))


@pytest.mark.parametrize("actor", [ANONYMOUS, SYSTEM])
def test_an_invitation_comes_from_a_person(organization, ada, actor):
    with pytest.raises(SignInRequired):
        invite_member(organization, username="ada", role="reader", actor=actor)


def test_open_invitations_are_listed_for_both_sides(organization, admin, ada, invitation):
    assert own_invitation_page(actor=acting(ada)).rows == [invitation]
    assert open_invitation_page(organization, actor=acting(admin)).rows == [invitation]
    assert own_invitation_page(actor=ANONYMOUS).rows == []


def test_open_invitations_are_for_those_who_may_invite(organization, ada, invitation):
    with pytest.raises(Forbidden, match="Invite people"):
        open_invitation_page(organization, actor=acting(ada))
