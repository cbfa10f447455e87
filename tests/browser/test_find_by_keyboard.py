"""From the search to the file without a mouse; what has the focus is always to be seen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories.people import make_organization, make_user
from tests.factories.shelf import card_source, shelve

pytestmark = [pytest.mark.browser, pytest.mark.data]

MOST_STOPS = 80
WEIGHTS = b"these are the weights"
SEEN = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const middle = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 10)];
  const top = document.elementFromPoint(...middle);
  return {
    name: at.outerHTML.slice(0, 120),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    uncovered: top !== null && (at.contains(top) || top.contains(at) || at.labels?.length > 0),
  };
}"""


@pytest.fixture
def shelf():
    ada = make_user("ada", display_name="Ada Okoro")
    organization = make_organization("savanna", ada, preset="open")
    for name in ("karibu", "karibu-instruct", "tafsiri"):
        shelve(
            name,
            by=ada,
            organization=organization,
            card=card_source(title=name, license="mit", pipeline_tag="translation", language="sw"),
            files={"model.safetensors": WEIGHTS},
        )


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until ``wanted`` has the focus; every stop on the way must show that it has it."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        seen = page.evaluate(SEEN)
        assert seen["outlined"], f"nobody can see that this has the focus: {seen['name']}"
        assert seen["uncovered"], f"something covers what has the focus: {seen['name']}"
        if wanted.evaluate("(each) => each === document.activeElement"):
            return
    raise AssertionError(f"{MOST_STOPS} times Tab do not lead to {wanted}")


def test_a_model_is_found_and_downloaded_by_keyboard_alone(live_server, shelf, page) -> None:
    page.goto(live_server.url)

    tab_to(page, page.locator("#hero-q"))
    page.keyboard.type("karibu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/models?q=karibu")
    expect(page.get_by_role("heading", level=2)).to_have_text("2 models")

    tab_to(page, page.get_by_label("Swahili"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Apply filters"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/models?q=karibu&language=sw")

    tab_to(page, page.locator("#sort"))
    page.keyboard.press("End")
    tab_to(page, page.get_by_role("button", name="Sort"))
    page.keyboard.press("Enter")
    page.wait_for_url("**sort=name**")

    tab_to(page, page.locator(".rows h3 a").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/savanna/karibu")
    expect(page.get_by_role("heading", level=1)).to_have_text("karibu")

    tab_to(page, page.get_by_role("navigation", name="Model").get_by_role("link", name="Files"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/tree/main")

    tab_to(page, page.locator("a[href*='/resolve/main/model.safetensors']").first)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.path().read_bytes() == WEIGHTS


def test_the_first_stop_leads_past_the_masthead(live_server, page) -> None:
    page.goto(f"{live_server.url}/models")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_filters_on_a_phone_keep_the_focus_and_give_it_back(
    live_server, shelf, open_context
) -> None:
    page = open_context(viewport=(390, 844)).new_page()
    page.goto(f"{live_server.url}/models")
    opener = page.get_by_role("link", name=re.compile("^Filters"))

    opener.focus()
    page.keyboard.press("Enter")
    close = page.get_by_role("link", name="Close filters")
    expect(close).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Apply filters")).to_be_focused()
    page.keyboard.press("Tab")
    expect(close).to_be_focused()
    page.keyboard.press("Escape")

    expect(close).not_to_be_visible()
    expect(opener).to_be_focused()
