import pytest

from accounts.namespaces.models import Namespace
from accounts.users.actions import register_user
from accounts.users.models import User
from accounts.users.queries import get_user
from hub.core.actor import ANONYMOUS, SYSTEM, Actor, Means
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.accounts.recording import names, personal, recording
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def newcomer(name="ada", **more):
    user = User(username=name, email="ada@example.org", **more)
    user.set_unusable_password()
    return user


def test_a_new_person_owns_the_namespace_of_their_name():
    user = register_user(newcomer("Ada"), actor=ANONYMOUS)

    assert user.namespace.name == "Ada"
    assert user.namespace.preset == "open"
    assert get_user("ADA") == user


def test_the_preset_of_people_follows_the_instance(settings):
    settings.PERSONAL_PRESET = "light"

    assert register_user(newcomer(), actor=ANONYMOUS).namespace.is_reviewed


def test_making_ones_own_account_is_recorded_with_the_email_beside_the_chain():
    with recording() as events:
        user = register_user(newcomer(), actor=Actor(address="192.0.2.7"))

    assert names(events) == ["user:registered"]
    assert events[0].actor_id == user.pk
    assert events[0].means == Means.SESSION
    assert "ada@example.org" not in str(events[0].data)
    assert personal(events[0], "email") == "ada@example.org"


def test_a_taken_name_leaves_nothing_behind():
    make_user("ada")

    with recording() as events, pytest.raises(Conflict) as refusal:
        register_user(newcomer("Ada"), actor=ANONYMOUS)

    assert refusal.value.field == "username"
    assert User.objects.count() == Namespace.objects.count() == 1
    assert events == []


def test_nobody_signs_up_where_sign_up_is_closed(settings):
    settings.SIGN_UP_OPEN = False

    with pytest.raises(Forbidden, match="does not take sign-ups"):
        register_user(newcomer(), actor=ANONYMOUS)


def test_the_hub_itself_makes_accounts_where_sign_up_is_closed(settings):
    settings.SIGN_UP_OPEN = False

    assert register_user(newcomer(), actor=SYSTEM).pk


@pytest.mark.parametrize(
    "role", ["is_superuser", "is_staff", "is_instance_security", "is_community_reviewer"]
)
def test_nobody_gives_themselves_a_role_on_the_hub(role):
    with pytest.raises(Forbidden):
        register_user(newcomer(**{role: True}), actor=ANONYMOUS)


def test_only_administrators_make_accounts_for_others():
    with pytest.raises(Forbidden, match="Only administrators"):
        register_user(newcomer(), actor=acting(make_user("grace")))

    assert register_user(newcomer(), actor=acting(make_user("root1", is_superuser=True))).pk


def test_an_email_that_is_none_is_refused():
    user = newcomer()
    user.email = "not an address"

    with pytest.raises(Invalid) as refusal:
        register_user(user, actor=ANONYMOUS)

    assert refusal.value.field == "email"


def test_a_closed_account_is_not_found():
    user = make_user("ada")
    user.is_active = False
    user.save()

    with pytest.raises(NotFound):
        get_user("ada")
