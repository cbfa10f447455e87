import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.users.queries import get_user
from tests.accounts.recording import names, personal, recording
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

PASSWORD, NEW = "correct horse battery", "staple paper window"


@pytest.fixture
def ada(client):
    user = make_user("ada", password=PASSWORD)
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    return user


@pytest.fixture
def post(client, django_capture_on_commit_callbacks):
    """Send a form; mails leave as they do outside of a test's transaction."""

    def send(address, **values):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, values)

    return send


def link_in(message):
    return re.findall(r"http://testserver(/\S+)", str(message.body))[0]


def prove(post):
    post("/accounts/reauthenticate/", password=PASSWORD)


def change(post, old=PASSWORD, new=NEW):
    return post("/accounts/password/change/", oldpassword=old, password1=new, password2=new)


def test_changing_the_password_takes_the_old_one_and_is_recorded(client, ada, post):
    with recording() as events:
        change(post)

    assert get_user("ada").check_password(NEW)
    assert names(events) == ["user:password_changed"]
    assert events[0].data["how"] == "changed"
    assert NEW not in str(events[0].data)


def test_a_wrong_old_password_changes_nothing(client, ada, post):
    with recording() as events:
        answer = change(post, old="wrong horse battery")

    assert "not your present password" in answer.text
    assert get_user("ada").check_password(PASSWORD)
    assert events == []


def test_a_new_password_ends_every_other_session(client, ada, post):
    elsewhere = Client()
    elsewhere.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    change(post)

    assert client.get("/settings/profile").status_code == 200
    assert elsewhere.get("/settings/profile").status_code == 302


def test_a_change_of_password_is_told_by_mail(client, ada, post):
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)

    change(post)

    assert mail.outbox[0].to == [ada.email]
    assert "set a new password at once" in mail.outbox[0].body


def ask_for_link(post, email):
    return post("/accounts/password/reset/", email=email)


def test_a_link_by_mail_sets_a_new_password_once(client, ada, post):
    client.logout()
    ask_for_link(post, ada.email)
    link = link_in(mail.outbox[0])
    form = client.get(link)["Location"]

    with recording() as events:
        post(form, password1=NEW, password2=NEW)

    assert get_user("ada").check_password(NEW)
    assert names(events) == ["user:password_changed"]
    assert events[0].data["how"] == "reset"
    client.logout()
    assert "no longer works" in client.get(link).text


def test_asking_for_a_link_does_not_tell_whether_there_is_an_account(client, ada, post):
    client.logout()

    known, unknown = ask_for_link(post, ada.email), ask_for_link(post, "nobody@example.org")

    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"]
    assert len(mail.outbox) == 2
    assert "There is no such account here" in mail.outbox[1].body


def test_mails_carry_the_name_of_the_hub(client, ada, post):
    ask_for_link(post, ada.email)

    assert mail.outbox[0].subject == "[Arboretum] Set a new password"
    assert "-- \nArboretum" in mail.outbox[0].body


def test_an_address_is_added_only_after_the_password(client, ada, post):
    with recording() as events:
        answer = post("/accounts/email/", action_add="", email="eve@example.org")

    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert not EmailAddress.objects.filter(email="eve@example.org").exists()
    assert events == []


def test_an_added_address_is_recorded_and_asked_to_confirm(client, ada, post):
    prove(post)

    with recording() as events:
        post("/accounts/email/", action_add="", email="work@example.org")

    assert names(events) == ["user:email_changed"]
    assert events[0].data["change"] == "added"
    assert personal(events[0], "email") == "work@example.org"
    assert mail.outbox[-1].to == ["work@example.org"]


def test_confirming_and_removing_an_address_are_recorded(client, ada, post):
    prove(post)
    post("/accounts/email/", action_add="", email="work@example.org")
    link = link_in(mail.outbox[-1])

    assert "Yes, confirm" in client.get(link).text
    with recording() as events:
        post(link)
        post("/accounts/email/", action_primary="", email="work@example.org")
        post("/accounts/email/", action_remove="", email="ada@example.org")

    assert [event.data["change"] for event in events] == ["confirmed", "primary", "removed"]
    ada.refresh_from_db()
    assert ada.email == "work@example.org"


def test_the_pages_of_the_settings_lead_to_each_other(client, ada, post):
    for address in ("/accounts/email/", "/accounts/password/change/", "/settings/profile"):
        page = client.get(address)

        assert page.status_code == 200
        assert page.text.count('aria-current="page"') == 1
        assert "/settings/tokens" in page.text
