"""From the queue to a decision without a pointer: Tab, arrows, Space and Enter only."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Page, expect

from tests.services.hub import RunningHub

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.slow]

PASSWORD = "a long sentence that nobody guesses"
FARTHEST = 80  # presses of Tab to anything on a page
FOCUSED = """() => {
    const e = document.activeElement;
    const said = e.getAttribute("aria-label") || e.labels?.[0]?.querySelector(".t")?.innerText
        || e.labels?.[0]?.innerText || e.innerText || e.value || "";
    return [said.trim().split("\\n")[0], e.matches(":focus-visible")];
}"""
numbers = itertools.count(1)


@pytest.fixture
def reviewer(running_hub: RunningHub) -> str:
    """Somebody who reviews for an organisation in which a change waits, scanned and with every check passed."""
    number = next(numbers)
    code = f"""
from tests.factories.models import CARD, make_repo, propose
from tests.factories.people import add_member, make_organization, make_user
maker = make_user("keys-maker-{number}")
reviewer = make_user("keys-reviewer-{number}", password={PASSWORD!r})
organization = make_organization("keys-{number}", maker, preset="light")
add_member(organization, reviewer, "reviewer")
repo = make_repo("leaf", owner=maker, organization=organization)
propose(repo, {{"README.md": CARD, "config.json": b"{{}}"}}, by=maker, title="Sort more leaves")
"""
    running_hub.manage("shell", "--no-imports", "-c", code)
    idle = "from tests.journeys.seed import is_idle; print(is_idle())"
    running_hub.wait_until(
        lambda: "True" in running_hub.manage("shell", "--no-imports", "-c", idle), seconds=120
    )
    return f"keys-reviewer-{number}"


def reach(page: Page, name: str) -> None:
    """Press Tab until something called ``name`` has the focus, and shows that it has."""
    met = []
    for _press in range(FARTHEST):
        page.keyboard.press("Tab")
        said, is_visible = page.evaluate(FOCUSED)
        met.append(said)
        if said == name:
            assert is_visible, f"the focus on “{name}” cannot be seen"
            return
    raise AssertionError(f"Tab never came to “{name}”, but to {met}")


def test_a_reviewer_decides_with_the_keyboard_alone(page, running_hub, reviewer):
    page.goto(f"{running_hub.base_url}/accounts/login/")
    reach(page, "Name or email")
    page.keyboard.type(reviewer)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{running_hub.base_url}/")

    reach(page, "Reviews")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reviews")
    expect(page.locator("#queue")).to_contain_text("Checks passed, 1 approval missing")

    reach(page, "Sort more leaves")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sort more leaves")

    reach(page, "Your decision")
    page.keyboard.press("Enter")
    reach(page, "Reason (optional)")
    page.keyboard.type("I read the card and the two files.")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    expect(page.locator("[name=kind][value=approve]")).to_be_checked()
    reach(page, "Send decision")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("Your word was added.")
    expect(page.locator("#approvals")).to_contain_text("1 of 1 given")
    expect(page.get_by_text("I read the card and the two files.")).to_be_visible()

    reach(page, "Reviews")
    page.keyboard.press("Enter")
    expect(page.locator("#queue")).to_contain_text("Nothing waits here")
