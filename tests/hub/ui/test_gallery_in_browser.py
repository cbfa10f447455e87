"""Every component as a browser shows it: light and dark, wide and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.data, pytest.mark.urls("tests.hub.ui.routes")]

AXE = (Path(__file__).parents[2] / "vendor" / "axe.min.js").read_text()
RUN_AXE = "axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations.map((v) => [v.id, v.nodes[0].html]))"
ADDRESSES = ["/_ui/", "/_ui/?page=model", "/error/404"]


@pytest.fixture
def address(settings, live_server):
    settings.DEBUG = True
    return live_server.url


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(address, open_context, path, scheme, width) -> None:
    page = open_context(scheme=scheme, viewport=(width, 900)).new_page()
    page.goto(address + path)

    page.evaluate(AXE)

    assert page.evaluate(RUN_AXE) == []


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_scrolls_sideways_on_the_narrowest_screen(
    address, open_context, path, direction
) -> None:
    page = open_context(viewport=(320, 640)).new_page()
    page.goto(address + path)

    page.evaluate("(direction) => { document.documentElement.dir = direction }", direction)

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_strict_policy_refuses_nothing_of_ours(address, page) -> None:
    said = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type == "error" else None
    )

    page.goto(address + "/_ui/", wait_until="networkidle")

    assert said == []


def test_data_saver_fetches_no_font(address, open_context) -> None:
    page = open_context(extra_http_headers={"Save-Data": "on"}).new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(address + "/_ui/", wait_until="networkidle")

    assert not [url for url in asked if "fonts/" in url]


def test_slash_moves_to_the_search(address, page) -> None:
    page.goto(address + "/_ui/?page=model", wait_until="networkidle")

    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.id") == "q"


def test_a_snippet_is_copied_as_it_is_shown(address, open_context) -> None:
    context = open_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + "/_ui/?page=model", wait_until="networkidle")

    page.locator(".snip label", has_text="git").click()
    page.locator("[data-copy]").click()
    page.get_by_text("Copied").first.wait_for()

    assert page.evaluate("navigator.clipboard.readText()").startswith("git clone")


def test_a_dropped_file_lands_in_the_input(address, page) -> None:
    page.goto(address + "/_ui/", wait_until="networkidle")

    page.evaluate(
        "const data = new DataTransfer(); data.items.add(new File(['x'], 'a.bin'));"
        "document.querySelector('.drop').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}))"
    )

    assert page.evaluate("document.querySelector('#drop').files[0].name") == "a.bin"


def test_without_script_the_filters_open_as_a_sheet(address, open_context) -> None:
    page = open_context(javascript=False, viewport=(390, 844)).new_page()
    page.goto(address + "/_ui/")

    page.get_by_role("link", name="Filters (1)").click()

    assert page.get_by_role("button", name="Apply filters").is_visible()


def test_a_chosen_theme_stays(address, page) -> None:
    page.goto(address + "/_ui/?page=model")

    page.get_by_role("button", name="Dark").click()

    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.url.endswith("/_ui/?page=model")
