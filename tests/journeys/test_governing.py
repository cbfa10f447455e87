"""Four people of two organisations govern a model from its first version to its end, in real browsers.

With ARBORETUM_SHOTS set to a folder it leaves pictures of the way there.
"""

from __future__ import annotations

import os
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.journeys import governing, people

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.slow]

BARE = b"---\npipeline_tag: text-classification\n---\n# Triage\n\nSorts letters by urgency.\n"


@pytest.fixture
def look():
    """Keep a picture of a page, where somebody asked for pictures."""
    folder = os.environ.get("ARBORETUM_SHOTS")

    def keep(page, name):
        if folder:
            page.screenshot(path=Path(folder) / f"governing-{name}.png", full_page=True)

    return keep


@pytest.fixture
def four(open_context):
    """Ada and Grace of the clinic, Kofi who trains its models, Mei of the field station; each with a browser."""
    return [open_context().new_page() for _ in range(4)]


def test_a_model_is_governed_from_its_first_version_to_its_end(running_hub, four, tmp_path, look):
    base = running_hub.base_url
    ada, grace, kofi, mei = four
    for page, name in zip(four, ("ada", "grace", "kofi", "mei"), strict=True):
        people.sign_up(page, base, f"{name}-g")
    people.create_organization(ada, base, "clinic")
    people.create_organization(mei, base, "field")
    for page, name, role in (
        (grace, "grace-g", "admin"),
        (kofi, "kofi-g", "contributor"),
        (mei, "mei-g", "reader"),
    ):
        people.invite(ada, base, "clinic", member=name, role=role)
        people.accept_invitation(page, base)
    organization, model = f"{base}/orgs/clinic", f"{base}/clinic/triage"

    # A team of guests may review one model; everybody can see where that right comes from.
    people.add_model(kofi, base, owner="clinic", name="triage")
    governing.make_team(ada, organization, "guests", member="mei-g")
    governing.grant_to_team(ada, model, "guests", role="reviewer")
    look(ada, "access")
    assert "guests" in governing.explain(ada, model, "mei-g")
    look(ada, "explained")

    first = governing.send_files(kofi, model, {"README.md": BARE}, tmp_path, "First version")
    governing.say_yes(mei, first, "I read all of it.")
    kofi.goto(first)
    people.merge(kofi)
    expect(kofi.get_by_role("main")).to_contain_text("Merged")

    asked = governing.ask_to_promote(kofi, model, "v1", "production", why="It runs in ward 3.")
    governing.say_yes(mei, asked, "I saw it run.")
    governing.carry_out(kofi, asked)

    # The clinic asks for more. The draft says beforehand what it would stop.
    governing.write_draft(ada, organization, note="Letters hold diagnoses.", approvals=2)
    look(ada, "draft")
    tried = governing.try_draft(ada)
    assert "clinic/triage" in tried
    assert "1 model would be stopped that passes now" in tried
    look(ada, "simulation")
    governing.propose(ada)
    governing.approve_draft(grace, ada.url, reason="As agreed on Monday.")
    look(grace, "in-force")

    # Without a licence the second version fails; somebody answers for that, and two people approve.
    longer = BARE + b"\nTested on 400 letters.\n"
    second = governing.send_files(
        kofi, model, {"README.md": longer}, tmp_path, "Say how it was tested"
    )
    expect(kofi.locator("#checks, main").first).to_contain_text("Failed")
    look(kofi, "failed-check")
    governing.answer_for_rule(grace, second, "licence_present", reason="The lawyers need a month.")
    look(grace, "waived")
    governing.say_yes(mei, second, "The test is sound.")
    kofi.goto(second)
    assert kofi.get_by_role("button", name="Merge").is_disabled()
    governing.say_yes(grace, second, "Agreed.")
    kofi.goto(second)
    people.merge(kofi)
    expect(kofi.get_by_role("main")).to_contain_text("Merged")

    # The second version goes to production by review.
    asked = governing.ask_to_promote(kofi, model, "v2", "production", why="It is tested.")
    for page in (mei, grace):
        governing.say_yes(page, asked, "Let it run.")
    look(grace, "promotion")
    governing.carry_out(kofi, asked)

    # And back: the first one has no licence either, so people have to answer for that too.
    asked = governing.ask_for_waiver(
        kofi, model, "v1", "licence_present", why="v2 sleeps on Sundays."
    )
    for page in (mei, grace):
        governing.say_yes(page, asked, "For a week.")
    governing.carry_out(kofi, asked)
    asked = governing.ask_to_promote(kofi, model, "v1", "production", why="v2 sleeps on Sundays.")
    for page in (mei, grace):
        governing.say_yes(page, asked, "Back to v1.")
    governing.carry_out(kofi, asked)
    kofi.goto(f"{model}/versions")
    row = kofi.get_by_role("row").filter(has=kofi.get_by_role("link", name="v1", exact=True))
    expect(row).to_contain_text("Production")
    look(kofi, "versions")

    # The end: withdrawn with a reason, on every door, and those who fetched it are told.
    assert mei.context.request.get(f"{model}/resolve/v1/README.md").status == 200
    ada.goto(f"{model}/settings/withdraw")
    ada.get_by_label("Reason").fill("It missed two emergencies.")
    ada.get_by_role("button", name="Withdraw").click()
    for address in (f"{model}/resolve/v1/README.md", f"{base}/api/v1/models/clinic/triage"):
        answer = httpx.get(address, headers={"Accept": "application/json"})
        assert answer.status_code == 410
        assert "It missed two emergencies." in answer.json()["detail"]
    running_hub.wait_until(lambda: _is_told(mei, base))
    look(mei, "told")
    ada.goto(f"{organization}/governance")
    expect(ada.get_by_role("main")).to_contain_text("It missed two emergencies.")
    look(ada, "governance")


def _is_told(page, base) -> bool:
    page.goto(f"{base}/notifications")
    return "withdrew clinic/triage" in page.get_by_role("main").inner_text()
