"""The record of the whole hub, for those who administer it."""

from __future__ import annotations

import json

import pytest

from tests.factories.people import make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def admin():
    return make_user("keeper", is_superuser=True)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_an_administrator_reads_what_happened_everywhere(client, admin):
    make_organization("savanna")
    make_organization("tundra")
    client.force_login(admin)

    page = words(client.get("/audit"))

    assert "founded savanna" in page
    assert "founded tundra" in page
    assert "made the account keeper" in page


def test_its_filters_are_remembered_and_go_into_the_file(client, admin):
    make_organization("savanna")
    client.force_login(admin)

    page = words(client.get("/audit?event=organization:created&actor=savanna-owner"))
    rows = b"".join(client.get("/audit.jsonl?event=organization:created").streaming_content)

    assert "founded savanna" in page
    assert "made the account" not in page
    assert 'value="savanna-owner"' in page
    assert '<option value="organization:created" selected>' in page
    assert "/audit.csv?event=organization%3Acreated" in page
    assert [json.loads(line)["name"] for line in rows.splitlines()] == ["organization:created"]


@pytest.mark.parametrize("address", ["/audit", "/audit.csv", "/audit.jsonl"])
def test_others_read_why_they_may_not(client, address):
    client.force_login(make_user("ada"))

    answer = client.get(address)

    assert answer.status_code == 403
    assert b"founded" not in answer.content


def test_strangers_are_led_to_sign_in(client):
    assert client.get("/audit").status_code == 302


def test_only_administrators_find_the_way_there(client, admin):
    client.force_login(admin)
    assert 'href="/audit"' in words(client.get("/models"))

    client.force_login(make_user("ada"))
    assert 'href="/audit"' not in words(client.get("/models"))


def test_nobody_reads_there_where_somebody_was(client, admin):
    client.force_login(admin)

    assert "<dt>address</dt>" not in words(client.get("/audit"))
