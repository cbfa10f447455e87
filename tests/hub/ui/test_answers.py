from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from hub.ui.errors import WORDS, Action, render_error
from hub.ui.rendering import render_page

pytestmark = pytest.mark.urls("tests.hub.ui.routes")


@pytest.fixture
def developing(settings) -> None:
    settings.DEBUG = True


@pytest.mark.parametrize("status", WORDS)
def test_every_error_page_needs_neither_request_nor_database(status: int) -> None:
    response = render_error(None, status)

    assert response.status_code == status
    assert response.content.decode().count("<h1>") == 1


def test_an_error_page_says_what_its_caller_says_and_escapes_it() -> None:
    response = render_error(
        None, 410, title="Withdrawn", detail="By <b>Ada</b>.", action=Action("Successor", "/a/b")
    )
    body = response.content.decode()

    assert "By &lt;b&gt;Ada&lt;/b&gt;." in body
    assert '<a class="btn primary" href="/a/b">Successor</a>' in body


def test_the_page_for_missing_and_hidden_things_is_the_same_to_the_byte() -> None:
    requests = RequestFactory()

    assert (
        render_error(requests.get("/meadow/secret"), 404).content
        == render_error(requests.get("/meadow/nothing"), 404).content
    )


def test_an_error_page_keeps_the_theme() -> None:
    request = RequestFactory().get("/", headers={"Cookie": "theme=dark"})

    assert b'data-theme="dark"' in render_error(request, 500).content


def test_a_theme_is_remembered_and_the_visitor_goes_back() -> None:
    response = Client().post("/preferences", {"theme": "dark", "next": "/models?q=a"})

    assert (response.status_code, response.headers["Location"]) == (302, "/models?q=a")
    assert response.cookies["theme"].value == "dark"
    assert response.cookies["theme"]["samesite"] == "Lax"
    assert response.cookies["theme"]["httponly"]


def test_the_system_theme_forgets_the_choice() -> None:
    client = Client()
    client.post("/preferences", {"theme": "dark"})
    client.post("/preferences", {"theme": "system"})

    assert client.cookies["theme"].value == ""


def test_unknown_themes_are_not_kept() -> None:
    assert not Client().post("/preferences", {"theme": '"><script>'}).cookies


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""]
)
def test_nobody_is_sent_to_another_site(target: str) -> None:
    response = Client().post("/preferences", {"saver": "on", "next": target})

    assert response.headers["Location"] == "/"


def test_without_an_address_the_linking_page_is_used() -> None:
    response = Client().post(
        "/preferences", {"saver": "on"}, headers={"Referer": "http://testserver/a/b"}
    )

    assert response.headers["Location"] == "http://testserver/a/b"


def test_preferences_only_answer_to_forms() -> None:
    assert Client().get("/preferences").status_code == 405


@pytest.mark.parametrize(
    ("headers", "is_on"),
    [
        ({}, False),
        ({"Save-Data": "on"}, True),
        ({"Save-Data": "on", "Cookie": "saver=off"}, False),
        ({"Cookie": "saver=on"}, True),
    ],
)
def test_data_saver_follows_the_visitor_and_then_the_browser(
    headers: dict[str, str], is_on: bool
) -> None:
    body = render_error(RequestFactory().get("/", headers=headers), 500).content

    assert (b" data-saver>" in body) is is_on


@pytest.mark.usefixtures("developing")
def test_the_header_picks_the_part_and_brings_its_icons() -> None:
    response = Client().get("/_ui/", headers={"X-Fragment": "polled"})
    body = response.content.decode()

    assert body.startswith('<div id="polled"')
    assert body.count("<symbol") == 1
    assert "X-Fragment" in response.headers["Vary"]


@pytest.mark.usefixtures("developing")
def test_an_unknown_part_gets_the_whole_page() -> None:
    assert b"<!doctype html>" in Client().get("/_ui/", headers={"X-Fragment": "layouts"}).content


@pytest.mark.usefixtures("developing")
@pytest.mark.parametrize("page", ["parts", "model"])
def test_the_gallery_has_neither_inline_style_nor_inline_script(page: str) -> None:
    body = Client().get(f"/_ui/?page={page}").content.decode()

    assert " style=" not in body
    assert "<style" not in body
    assert body.count("<script") == body.count('<script type="module" src=')


def test_strangers_do_not_see_the_gallery() -> None:
    assert Client().get("/_ui/").status_code == 404


def test_a_page_has_the_status_it_is_given() -> None:
    assert (
        render_page(
            RequestFactory().get("/"), "errors/page.html", {"title": "x"}, status=422
        ).status_code
        == 422
    )
