import pytest

from accounts.users.actions import describe_user
from hub.core.actor import ANONYMOUS
from hub.core.errors import Forbidden, Invalid, SignInRequired
from tests.accounts.recording import names, recording
from tests.factories.people import acting, actor_of, make_token, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_people_choose_what_pages_call_them():
    ada = make_user("ada")

    with recording() as events:
        describe_user(ada, display_name="  Ada Lovelace ", actor=acting(ada))

    ada.refresh_from_db()
    assert ada.name == "Ada Lovelace"
    assert names(events) == ["user:described"]


def test_without_a_display_name_pages_use_the_account():
    assert make_user("ada").name == "ada"


@pytest.mark.parametrize("text", ["x" * 121, "Ada\nAdmin", "Ada\u202e"])
def test_a_name_that_could_mislead_is_refused(text):
    ada = make_user("ada")

    with recording() as events, pytest.raises(Invalid):
        describe_user(ada, display_name=text, actor=acting(ada))

    assert events == []


def test_somebody_else_may_not_describe():
    ada, eve = make_user("ada"), make_user("eve")

    with pytest.raises(Forbidden):
        describe_user(ada, display_name="Eve", actor=acting(eve))


def test_a_stranger_has_to_sign_in():
    with pytest.raises(SignInRequired):
        describe_user(make_user("ada"), display_name="x", actor=ANONYMOUS)


def test_a_token_may_not_change_an_account():
    ada = make_user("ada")

    with pytest.raises(Forbidden, match="browser"):
        describe_user(ada, display_name="x", actor=actor_of(make_token(ada, scope="admin")))
