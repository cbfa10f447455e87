"""What the script adds to the frame of every page: menus that close, and keys that lead somewhere."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.factories.people import make_user

pytestmark = [pytest.mark.browser, pytest.mark.data]


@pytest.fixture
def signed_in(live_server, open_context, client):
    """A page of somebody with an account."""
    client.force_login(make_user("ada", display_name="Ada Okoro"))
    context = open_context()
    session = {"name": "session", "value": client.cookies["session"].value}
    context.add_cookies([session | {"url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/orgs")
    return page


def ready(page):
    """The page, when its shortcuts have been attached."""
    expect(page.get_by_role("button", name=re.compile("Keyboard shortcuts"))).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def test_escape_closes_the_account_menu_and_the_focus_stays(signed_in) -> None:
    page = ready(signed_in)
    summary = page.locator("details.account summary")

    summary.press("Enter")
    expect(page.get_by_role("link", name="Your profile")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="Your profile")).not_to_be_visible()
    expect(summary).to_be_focused()


def test_a_menu_closes_when_the_focus_leaves_it(signed_in) -> None:
    page = ready(signed_in)

    page.locator("details.account summary").press("Enter")
    page.get_by_role("button", name="Sign out").first.focus()
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Your profile")).not_to_be_visible()


@pytest.mark.parametrize(
    ("keys", "address"),
    [("gh", "/"), ("gm", "/models"), ("gr", "/reviews"), ("gn", "/new"), ("gp", "/ada")],
)
def test_two_keys_lead_to_a_place(signed_in, live_server, keys, address) -> None:
    page = ready(signed_in)

    for key in keys:
        page.keyboard.press(key)

    page.wait_for_url(live_server.url + address)


def test_a_slash_leads_to_the_search_and_no_key_is_taken_from_it(signed_in, live_server) -> None:
    page = ready(signed_in)

    page.keyboard.press("/")
    page.keyboard.type("gm?/")

    expect(page.locator("#q")).to_have_value("gm?/")
    assert page.url == f"{live_server.url}/orgs"


def test_a_question_mark_shows_the_keys_and_they_can_be_turned_off(signed_in, live_server) -> None:
    page = ready(signed_in)

    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Turn them off").press("Enter")

    expect(page.get_by_text("Keyboard shortcuts are off.")).to_be_visible()
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#q")).not_to_be_focused()
    page.get_by_role("button", name="Turn keyboard shortcuts on").press("Enter")
    expect(page.get_by_text("Keyboard shortcuts are on.")).to_be_visible()


def test_without_script_no_shortcut_is_promised(live_server, open_context) -> None:
    page = open_context(javascript=False).new_page()

    page.goto(f"{live_server.url}/orgs")

    expect(page.get_by_role("button", name=re.compile("Keyboard shortcuts"))).not_to_be_visible()
