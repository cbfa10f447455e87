"""What people who govern do in a browser, as the steps of a journey. Nothing here needs script."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys import people


def make_team(page: Page, organization: str, name: str, *, member: str) -> None:
    """``organization`` is the address of its pages: ``…/orgs/name``."""
    page.goto(f"{organization}/teams/new")
    page.locator("input[name=name]").fill(name)
    page.get_by_role("button", name="Make the team").click()
    page.locator("input[name=username]").fill(member)
    page.get_by_role("button", name="Add to the team").click()
    expect(page.get_by_role("main")).to_contain_text(member)


def grant_to_team(page: Page, model: str, team: str, *, role: str) -> None:
    page.goto(f"{model}/settings/access")
    page.locator("input[name=kind][value=team]").check()
    page.locator("input[name=to]").fill(team)
    page.locator(f"input[name=role][value={role}]").check()
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_role("table")).to_contain_text(team)


def explain(page: Page, model: str, person: str) -> str:
    """What the page on access says about somebody."""
    page.goto(f"{model}/settings/access?person={person}")
    return page.get_by_role("main").inner_text()


def write_draft(page: Page, organization: str, *, note: str, approvals: int) -> None:
    """The rules of Light with so many approvals, and a licence on the card. Ends on the page of the draft."""
    page.goto(f"{organization}/policies/new?preset=light")
    page.get_by_label("Why").fill(note)
    page.locator("input[name=rule-approvals-count]").fill(str(approvals))
    page.locator("input[name=rule-licence_present-in_force]").check()
    page.get_by_role("button", name="Keep the draft").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Draft")


def try_draft(page: Page) -> str:
    """What trying it on the models that are there says."""
    page.get_by_role("button", name="Try it").click()
    said = page.get_by_text(re.compile("tried at (its|their) newest release"))
    for _ in range(120):
        if said.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    return page.locator("#simulation").inner_text()


def propose(page: Page) -> None:
    page.get_by_role("button", name="Propose it").click()


def approve_draft(page: Page, address: str, *, reason: str) -> None:
    page.goto(address)
    page.locator("textarea[name=reason]").fill(reason)
    page.get_by_role("button", name="Approve and put in force").click()
    expect(page.get_by_role("main")).to_contain_text("In force as version")


def send_files(page: Page, model: str, files: dict[str, bytes], folder: Path, title: str) -> str:
    """Propose some files; answers the address of the change, when all of them have been scanned."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    page.goto(f"{model}/upload")
    page.locator("#files").set_input_files([folder / name for name in files])
    page.get_by_label("What this adds").fill(title)
    page.get_by_role("button", name="Ask for review").click(timeout=people.PATIENTLY)
    page.get_by_role("link", name="Go to change").click(timeout=people.PATIENTLY)
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    people.wait_until_scanned(page)
    return page.url


def answer_for_rule(page: Page, change: str, rule: str, *, reason: str) -> None:
    page.goto(change)
    page.locator("summary", has_text="Answer for a rule").click()
    form = page.locator("form[action$=waive-rule]")
    form.locator("[name=rule]").select_option(rule)
    form.locator("textarea[name=reason]").fill(reason)
    form.get_by_role("button", name="Answer for it").click()


def say_yes(page: Page, thread: str, reason: str) -> None:
    page.goto(thread)
    people.decide(page, "approve", reason)
    expect(page.get_by_role("main")).to_contain_text(reason)


def ask_to_promote(page: Page, model: str, version: str, to: str, *, why: str) -> str:
    """Ask for a review of a move to a protected stage; answers the address of the request."""
    page.goto(f"{model}/discussions/ask?kind=promote")
    page.locator("[name=version]").select_option(label=version)
    page.locator("[name=to]").select_option(f"stage:{to}")
    page.locator("textarea[name=reason]").fill(why)
    page.get_by_role("button", name="Ask for it").click()
    page.wait_for_url(re.compile(r"/discussions/\d+"))
    return page.url


def ask_for_waiver(page: Page, model: str, version: str, rule: str, *, why: str) -> str:
    """Ask people to let a released version do without a rule; answers the address of the request."""
    page.goto(f"{model}/discussions/ask?kind=waiver")
    page.locator("[name=about]").select_option(label=version)
    page.locator("[name=rule]").select_option(rule)
    page.locator("[name=days]").fill("7")
    page.locator("textarea[name=reason]").fill(why)
    page.get_by_role("button", name="Ask for it").click()
    page.wait_for_url(re.compile(r"/discussions/\d+"))
    return page.url


def carry_out(page: Page, request: str) -> None:
    page.goto(request)
    page.get_by_role("button", name="Carry it out").click()
    expect(page.get_by_role("main")).to_contain_text("carried it out")
