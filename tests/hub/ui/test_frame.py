"""The frame of every page: what it links to, what it remembers, what it says afterwards."""

from __future__ import annotations

import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def frame_links(page: str) -> set[str]:
    """Addresses in the masthead, in the footer and among the shortcuts."""
    main = page.index("<main"), page.index("</main>")
    around = page[: main[0]] + page[main[1] :]
    return set(re.findall(r'<(?:a|link)\b[^>]*? href="(/[^"#]*)"', around))


@pytest.mark.parametrize("is_signed_in", [False, True], ids=["stranger", "ada"])
def test_no_link_of_the_frame_is_dead(client, is_signed_in) -> None:
    if is_signed_in:
        client.force_login(make_user("ada"))
    links = frame_links(client.get("/orgs").content.decode())

    answers = {
        link: client.get(link).status_code for link in links if not link.startswith("/static")
    }

    assert {"/models", "/orgs", "/status", "/manifest.webmanifest"} <= set(answers)
    assert {link: status for link, status in answers.items() if status != 200} == {}


def test_parts_that_a_hub_does_not_have_are_not_linked(client, settings) -> None:
    settings.ROOT_URLCONF = "tests.hub.ui.routes"
    settings.DEBUG = True

    page = client.get("/_ui/").content.decode()

    assert "Guide</a>" not in page
    assert "/guide" not in page
    assert "Status</a>" not in page


def test_the_source_is_linked_when_the_operator_says_where_it_is(client, settings) -> None:
    assert "Source code" not in client.get("/orgs").content.decode()

    settings.HUB_SOURCE_URL = "https://code.example.org/arboretum"

    assert (
        '<a href="https://code.example.org/arboretum">Source code</a>'
        in client.get("/orgs").content.decode()
    )


def test_the_footer_leads_to_where_weaknesses_are_reported(client) -> None:
    page = client.get("/orgs").content.decode()

    assert '<a href="/guide/about#report-a-weakness">Report a weakness</a>' in page
    assert 'id="report-a-weakness"' in client.get("/guide/about").content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"theme": "dark"}, "Pages are dark in this browser from now on."),
        ({"theme": "system"}, "Pages are light or dark as this device is."),
        ({"saver": "on"}, "Data saver is on: pages come without their font."),
        ({"shortcuts": "off"}, "Keyboard shortcuts are off."),
    ],
)
def test_every_choice_leaves_a_notice(values, sentence) -> None:
    client = Client()

    page = client.post("/preferences", values | {"next": "/models"}, follow=True)

    assert [str(each) for each in get_messages(page.wsgi_request)] == [sentence]
    assert sentence in page.content.decode()
    assert sentence not in client.get("/models").content.decode()


def test_a_choice_of_looks_begins_no_session() -> None:
    client = Client()
    client.post("/preferences", {"theme": "dark"})
    client.get("/")

    assert "session" not in client.cookies


def test_shortcuts_that_are_off_leave_no_trace(client) -> None:
    client.post("/preferences", {"shortcuts": "off"})
    client.get("/")

    page = client.get("/").content.decode()

    assert 'data-behaviour="search"' not in page
    assert "<dialog" not in page
    assert "Turn keyboard shortcuts on" in page


def test_save_data_is_honoured_and_the_visitors_own_choice_is_stronger(client) -> None:
    asked = client.get("/", headers={"Save-Data": "on"}).content.decode()
    client.post("/preferences", {"saver": "off"})
    chosen = client.get("/", headers={"Save-Data": "on"}).content.decode()

    assert " data-saver" in asked.split("<head>")[0]
    assert " data-saver" not in chosen.split("<head>")[0]


def test_the_manifest_names_this_hub_and_its_icons(client, settings) -> None:
    settings.HUB_NAME = "Herbarium"

    answer = client.get("/manifest.webmanifest")

    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert answer.json()["name"] == "Herbarium"
    assert [icon["sizes"] for icon in answer.json()["icons"]] == ["192x192", "512x512"]


def test_where_somebody_is_is_marked_in_the_masthead(client) -> None:
    page = client.get("/models").content.decode()

    assert '<a href="/models" aria-current="true">Models</a>' in page
    assert page.count('<a href="/orgs" aria-current="true">') == 0
