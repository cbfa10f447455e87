"""What people do in a browser, as the steps of a journey. Nothing here needs script."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

PASSWORD = "a long sentence that nobody guesses"
PATIENTLY = 120_000  # milliseconds; scanning on a shared machine takes its time
SHA256 = re.compile(r"[0-9a-f]{64}")


def sign_up(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}/accounts/signup/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=email]").fill(f"{name}@example.org")
    page.locator("input[name=password1]").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.wait_for_url(f"{base}/")


def create_organization(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}/orgs/new")
    page.locator("input[name=name]").fill(name)
    page.get_by_role("button", name="Found the organisation").click()
    page.wait_for_url(lambda url: "/orgs/new" not in url)


def invite(page: Page, base: str, organization: str, *, member: str, role: str) -> None:
    page.goto(f"{base}/orgs/{organization}/invite")
    page.locator("input[name=username]").fill(member)
    page.locator(f"input[name=role][value={role}]").check()
    page.get_by_role("button", name="Invite").click()
    page.wait_for_url(lambda url: "/invite" not in url)


def accept_invitation(page: Page, base: str) -> None:
    page.goto(f"{base}/invitations")
    page.get_by_role("button", name="Accept").click()


def add_model(page: Page, base: str, *, owner: str, name: str) -> None:
    page.goto(f"{base}/new")
    page.locator(f"input[name=owner][value={owner}]").check()
    page.locator("input[name=name]").fill(name)
    page.get_by_role("button", name="Go on to the files").click()
    page.wait_for_url(f"{base}/{owner}/{name}/upload")


def ask_for_review(page: Page, folder: Path, *, title: str) -> dict[str, str]:
    """Send a folder and propose it; answers the digests that the hub computed, by path. The page ends on the change."""
    page.locator("#folder-files").set_input_files(folder)
    page.get_by_label("What this adds").fill(title)
    page.get_by_role("button", name="Ask for review").click(timeout=PATIENTLY)
    page.get_by_role("heading", name="files added").wait_for(timeout=PATIENTLY)
    rows = page.locator("table tbody tr").all()
    digests = {row.locator("th").inner_text(): row.locator("code").inner_text() for row in rows}
    page.get_by_role("link", name="Go to change").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    return digests


def wait_until_scanned(page: Page) -> None:
    """Reload the change until no file of it is being scanned any more."""
    for _ in range(120):
        page.reload()
        if not page.get_by_text("Scanning", exact=True).count():
            return
        page.wait_for_timeout(1000)
    raise AssertionError("scanning did not end")


def decide(page: Page, kind: str, reason: str) -> None:
    page.locator("textarea[name=reason]").first.fill(reason)
    page.locator(f"input[name=kind][value={kind}]").check()
    page.get_by_role("button", name="Send decision").click()


def merge(page: Page) -> None:
    page.get_by_role("button", name="Merge").click()
