"""Forty nasty cards: through the bounded child, and all of them on the pages of a living hub in Chromium."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

from hub.core.actor import SYSTEM
from models_catalog.cards.actions import MAX_SECONDS, render_card
from models_catalog.cards.render import MAX_HTML
from tests.factories.models import send
from tests.factories.people import acting, make_user
from tests.security.nasty_cards import ALL, source_of
from tests.services.hub import launch

WIDTH = 390
TRIES = 2  # children per card: rendered, and as plain text when that took too much
SLACK = 4.0  # seconds for starting a child on a busy machine
MEMORY = 768 * 2**20  # what hub.core.bounded gives a child
SEED = """
from tests.factories.models import commit_files, make_repo
from tests.factories.people import make_user
from tests.security.nasty_cards import ALL, source_of
ada = make_user("ada")
for name in ALL:
    commit_files(make_repo(name, owner=ada), {"README.md": source_of(name)}, by=ada)
"""
IDLE = """
from hub.core.jobs.models import Job, JobState
print(Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).count())
"""
LEFT = """
from models_catalog.cards.models import Card
print(Card.objects.count(), max(len(html) for html in Card.objects.values_list("html", flat=True)))
"""
ACTIVE_PARTS = """() => {
  const card = document.querySelector("#card");
  const found = [];
  if (window.pwned) found.push("script ran");
  for (const each of card.querySelectorAll("*")) {
    const name = each.localName;
    if (["script", "style", "iframe", "object", "embed", "form", "base", "meta", "link", "svg", "math", "template", "video",
         "audio", "portal", "frame"].includes(name) && !each.closest("[data-hub]")) found.push(name);
    for (const attribute of each.attributes) {
      if (attribute.name.startsWith("on") || ["style", "srcdoc", "formaction", "ping", "data-behaviour", "accesskey", "autofocus"]
          .includes(attribute.name)) found.push(name + " " + attribute.name);
      if (/^(href|src|action)$/.test(attribute.name) && /^\\s*(javascript|data|vbscript):/i.test(attribute.value))
        found.push(attribute.value.slice(0, 40));
    }
    if (each.id && !each.id.startsWith("user-content-")) found.push("#" + each.id);
    if (each.name && name !== "a" && !String(each.name).startsWith("user-content-")) found.push("name " + each.name);
  }
  return found.slice(0, 5);
}"""


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.parametrize("name", ["brackets", "nested-elements", "yaml-anchors"])
def test_a_flood_takes_no_more_than_a_child_is_given(name):
    blob = send(source_of(name), actor=acting(make_user("ada")))
    began = time.monotonic()

    card = render_card(blob, actor=SYSTEM)

    assert time.monotonic() - began < TRIES * (MAX_SECONDS + SLACK)
    assert len(card.html) <= MAX_HTML
    assert card.html
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < MEMORY
    assert not Path("/tmp/pwned").exists()


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """A living hub with a model per nasty card, all rendered by its worker."""
    running = launch(tmp_path_factory.mktemp("hub") / "data")
    try:
        running.manage("shell", "--no-imports", "-c", SEED)
        running.wait_until(
            lambda: running.manage("shell", "--no-imports", "-c", IDLE).strip() == "0", seconds=240
        )
        yield running
    finally:
        running.stop()


class Witness:
    """Notes what a page does that no card may bring about."""

    def __init__(self, page: Page, base_url: str) -> None:
        """Listen to ``page``."""
        self.noticed: list[tuple[str, str]] = []
        self.name = ""
        self._base = f"{base_url}/"
        page.on("dialog", self._dialog)
        page.on("request", self._request)
        page.on("pageerror", lambda error: self.note(f"error {error}"))
        page.on("popup", lambda _: self.note("popup"))
        page.on("console", self._console)

    def note(self, what: str) -> None:
        """Something happened on the page of the present card."""
        self.noticed.append((self.name, what))

    def _console(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.note(said.text[:200])

    def _dialog(self, shown: Dialog) -> None:
        self.note(f"dialog {shown.message}")
        shown.dismiss()

    def _request(self, sent: Request) -> None:
        if not sent.url.startswith(self._base):
            self.note(f"asked for {sent.url[:60]}")


@pytest.mark.browser
@pytest.mark.journey
@pytest.mark.slow
def test_nothing_of_them_acts_or_breaks_a_page(hub, open_context):
    page = open_context(viewport=(WIDTH, 844)).new_page()
    witness = Witness(page, hub.base_url)
    for name in ALL:
        witness.name, address = name, f"{hub.base_url}/ada/{name}"
        answer = page.goto(address)
        if answer.status != 200 or page.url != address:
            witness.note(f"{answer.status}, led to {page.url}")
        for part in page.evaluate(ACTIVE_PARTS):
            witness.note(part)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > WIDTH:
            witness.note(f"{width} px wide")
        if not page.locator("h1").first.is_visible():
            witness.note("covered its page")

    assert witness.noticed == []
    assert "csp_violation" not in hub.log("web")
    assert "Traceback" not in hub.log("web") + hub.log("worker")


@pytest.mark.journey
@pytest.mark.slow
def test_the_worker_rendered_all_of_them_and_stayed_small(hub):
    count, longest = hub.manage("shell", "--no-imports", "-c", LEFT).split()

    assert int(count) == len(ALL)
    assert int(longest) <= MAX_HTML
    assert peak(hub.pid_of("worker")) < MEMORY / 2


def peak(pid: int) -> int:
    """The most memory that a process held, in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024
