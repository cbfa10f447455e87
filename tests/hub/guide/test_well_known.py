from datetime import datetime, timedelta

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db


def fields(response):
    lines = response.content.decode().splitlines()
    return [tuple(line.split(": ", 1)) for line in lines]


def test_security_txt_names_the_contacts_that_the_operator_set(client, settings):
    settings.PUBLIC_URL = "https://hub.example.org"
    settings.SECURITY_CONTACTS = ["mailto:a@example.org", "https://example.org/report"]

    response = client.get("/.well-known/security.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    found = fields(response)
    assert [value for name, value in found if name == "Contact"] == settings.SECURITY_CONTACTS
    assert ("Canonical", "https://hub.example.org/.well-known/security.txt") in found
    assert ("Policy", "https://hub.example.org/guide/about#report-a-weakness") in found


def test_security_txt_ends_in_less_than_a_year(client, settings):
    settings.SECURITY_CONTACTS = ["mailto:a@example.org"]

    [expires] = [v for n, v in fields(client.get("/.well-known/security.txt")) if n == "Expires"]

    left = datetime.fromisoformat(expires) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)


def test_without_a_contact_there_is_no_security_txt_but_a_sentence(client, settings):
    settings.SECURITY_CONTACTS = []

    response = client.get("/.well-known/security.txt")

    assert response.status_code == 404
    assert "has named no place for reports" in response.content.decode()


def test_the_page_with_the_policy_names_the_same_contact(client, settings):
    settings.SECURITY_CONTACTS = ["mailto:a@example.org"]

    text = client.get("/guide/about").content.decode()

    assert 'id="report-a-weakness"' in text
    assert "mailto:a@example.org" in text


def test_password_managers_find_the_page_that_changes_passwords(client):
    response = client.get("/.well-known/change-password")

    assert (response.status_code, response.headers["Location"]) == (
        302,
        "/accounts/password/change/",
    )
