"""Signing out everywhere else."""

import pytest
from django.test import Client

from tests.accounts.recording import names, recording
from tests.factories.people import actor_with, make_token, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

PASSWORD = "correct horse battery"


def signed_in() -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    return client


@pytest.fixture
def ada():
    return make_user("ada", password=PASSWORD)


def test_every_other_session_ends_and_this_one_stays(ada):
    here, there = signed_in(), signed_in()

    with recording() as events:
        answer = here.post("/settings/sessions", follow=True)

    assert "You are signed out everywhere else." in answer.text
    assert names(events) == ["user:signed_out_elsewhere"]
    assert here.get("/settings/profile").status_code == 200
    assert there.get("/settings/profile").status_code == 302


def test_a_second_time_ends_what_began_in_between(ada):
    here = signed_in()
    here.post("/settings/sessions")
    there = signed_in()

    here.post("/settings/sessions")

    assert here.get("/settings/profile").status_code == 200
    assert there.get("/settings/profile").status_code == 302


def test_other_people_stay_signed_in(ada):
    grace = Client()
    grace.force_login(make_user("grace"))

    signed_in().post("/settings/sessions")

    assert grace.get("/settings/profile").status_code == 200


def test_a_token_does_not_end_sessions_and_goes_on_working(ada, client):
    here, (_, secret) = signed_in(), make_token(ada, scope="admin")
    bearer = {"authorization": f"Bearer {secret}"}

    refused = client.post("/settings/sessions", headers=bearer)
    here.post("/settings/sessions")

    assert refused.status_code == 403
    assert here.get("/settings/profile").status_code == 200
    assert actor_with(secret).user == ada


def test_the_page_says_since_when_and_where_to_look(ada):
    page = signed_in().get("/settings/sessions").text

    assert "You gave your password here on" in page
    assert "/settings/audit?event=user%3Asigned_in" in page
