import pytest
from django.core import mail

from accounts.users.models import User
from tests.accounts.recording import names, recording
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

PASSWORD = "correct horse battery"


def sign_up(client, name="Ada", email="ada@example.org", password=PASSWORD, **more):
    return client.post(
        "/accounts/signup/", {"username": name, "email": email, "password1": password} | more
    )


def test_signing_up_claims_the_name_and_signs_in(client):
    with recording() as events:
        answer = sign_up(client)

    user = User.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert user.namespace.name == user.username == "Ada"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert names(events)[:2] == ["user:registered", "user:signed_in"]
    assert events[0].actor_id == user.pk


def test_signing_up_leads_back_to_where_one_came_from(client):
    assert sign_up(client, next="/orgs/new")["Location"] == "/orgs/new"


def test_signing_up_never_leads_to_another_site(client):
    assert sign_up(client, next="https://evil.example/")["Location"] == "/"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("grace", "is taken, or too much like a name that is"),
        ("GRACE", "is taken, or too much like a name that is"),
        ("w1lliam", "is taken, or too much like a name that is"),
        ("settings", "is kept for the hub’s own addresses"),
        ("Ap1", "is kept for the hub’s own addresses"),
        ("ada lovelace", "Use letters a to z"),
        ("a--da", "Use letters a to z"),
    ],
)
def test_a_name_that_cannot_be_had_is_refused_beside_its_field(client, name, sentence):
    make_user("grace")
    make_user("william")

    with recording() as events:
        answer = sign_up(client, name)

    assert sentence in answer.context["form"].errors["username"][0]
    assert f'value="{name}"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert User.objects.count() == 2
    assert events == []


@pytest.mark.parametrize("password", ["short", "1234567890", "ada-lovelace-1", ""])
def test_a_weak_password_is_refused(client, password):
    answer = sign_up(client, "ada-lovelace", password=password)

    assert answer.context["form"].errors["password1"]
    assert User.objects.count() == 0


def test_a_password_is_not_sent_back(client):
    assert PASSWORD not in sign_up(client, "settings").text


def test_nobody_signs_up_where_it_is_closed(client, settings):
    settings.SIGN_UP_OPEN = False

    answer = sign_up(client)

    assert "does not take sign-ups" in answer.text
    assert User.objects.count() == 0


def test_nobody_makes_themselves_an_administrator(client):
    sign_up(client, is_superuser="on", is_staff="on", is_instance_security="on")

    user = User.objects.get()
    assert [user.is_superuser, user.is_staff, user.is_instance_security] == [False] * 3


def test_with_confirmation_an_email_in_use_looks_like_any_other(
    client, settings, django_capture_on_commit_callbacks
):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    make_user("grace", email="grace@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        known = sign_up(client, "Ada", email="grace@example.org")
        client.cookies.clear()
        unknown = sign_up(client, "Eve", email="eve@example.org")

    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"]
    assert [message.to for message in mail.outbox] == [["grace@example.org"], ["eve@example.org"]]
    assert "There is one already" in mail.outbox[0].body
    assert not User.objects.filter(username="Ada").exists()


def test_the_form_needs_no_script_and_tells_what_it_wants(client):
    page = client.get("/accounts/signup/").text

    for field in ("username", "email", "password1"):
        assert f'for="id_{field}"' in page
    assert 'aria-describedby="id_username-hint' in page
    assert "<script>" not in page
    assert "style=" not in page


def test_without_confirmation_an_email_in_use_is_said_and_the_input_remembered(client):
    make_user("grace", email="grace@example.org")

    answer = sign_up(client, "Ada", email="grace@example.org")

    assert "There is an account with this email already." in answer.text
    assert 'value="grace@example.org"' in answer.text
    assert 'value="Ada"' in answer.text
    assert not User.objects.filter(username="Ada").exists()
