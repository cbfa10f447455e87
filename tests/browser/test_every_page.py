"""Each page, in light, dark and on a telephone: axe finds nothing serious, nothing scrolls sideways, no error is logged.

And at 400 % zoom without script, where every page still shows what it is about.

With ARBORETUM_SHOTS set to a folder it leaves a picture of each there, to be looked at.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.services.hub import RunningHub, launch

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.slow]

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
RUN_AXE = """() => axe.run(document, {resultTypes: ['violations']}).then(
    (r) => r.violations.filter((v) => ['serious', 'critical'].includes(v.impact))
        .map((v) => [v.id, v.nodes.map((n) => n.html).slice(0, 3)]))"""
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"scheme": "light", "viewport": (1440, 900)},
    "dark": {"scheme": "dark", "viewport": (1440, 900)},
    "phone": {"scheme": "light", "viewport": (390, 844)},
    "phone-dark": {"scheme": "dark", "viewport": (390, 844)},
    "tiny": {"viewport": (320, 640), "javascript": False},
}
PUBLIC = {
    "home": "/",
    "models": "/models",
    "models-filtered": "/models?license=apache-2.0&task=sentence-similarity",
    "models-table": "/models?view=table",
    "models-empty": "/models?q=nothing-is-called-this&task=sentence-similarity",
    "task": "/tasks/sentence-similarity",
    "model": "/savanna/minilm",
    "model-not-reviewed": "/ada/letters",
    "model-empty": "/ada/empty",
    "files": "/savanna/minilm/tree/main",
    "folder": "/savanna/minilm/tree/main/1_Pooling",
    "files-found": "/savanna/minilm/tree/main?find=config",
    "files-empty": "/ada/empty/tree/main",
    "file-markdown": "/savanna/minilm/blob/main/README.md",
    "file-text": "/savanna/minilm/blob/main/config.json",
    "file-tensors": "/savanna/minilm/blob/main/model.safetensors",
    "commits": "/savanna/minilm/commits/main",
    "commit": "/savanna/minilm/commit/main",
    "own-access": "/savanna/minilm/access",
    "versions": "/savanna/minilm/versions",
    "version": "/savanna/minilm/versions/1",
    "stage-history": "/savanna/minilm/names?name=production&day=2030-01-01",
    "versions-none": "/ada/letters/versions",
    "scan-report": "/savanna/minilm/security/main",
    "discussions": "/savanna/minilm/discussions",
    "change-merged": "/savanna/minilm/discussions/1",
    "organisation": "/savanna",
    "person": "/ada",
    "organisation-stages": "/orgs/savanna/stages",
    "organisations": "/orgs",
    "roles": "/orgs/savanna/roles",
    "governance": "/orgs/savanna/governance",
    "hub-policy": "/policies",
    "status": "/status",
    "api": "/api/v1/docs",
    "api-models": "/api/v1/docs/models",
    "api-problems": "/api/v1/docs/problems",
    "sign-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "password-reset": "/accounts/password/reset/",
    "not-found": "/nobody/nothing",
    "withdrawn": "/savanna/withdrawn",
    "guide": "/guide",
    "guide-first-upload": "/guide/first-upload",
    "guide-programs": "/guide/clients",
    "guide-policies": "/guide/policies",
    "guide-scanning": "/guide/scanning",
    "guide-api": "/guide/api",
    "guide-webhooks": "/guide/webhooks",
}
SIGNED_IN = {
    "change-open": "/savanna/minilm/discussions/2",
    "compare": "/savanna/minilm/compare/v1...refs/pr/2",
    "change-blocked": "/savanna/leafscan/discussions/1",
    "scan-report-blocked": "/savanna/leafscan/security/refs/pr/1",
    "file-blocked": "/savanna/leafscan/blob/refs/pr/1/model.pkl",
    "terms": "/ada/letters/terms",
    "add-a-model": "/new",
    "discussion-new": "/savanna/minilm/discussions/new",
    "request-new": "/savanna/minilm/discussions/ask?kind=promote",
    "discussion": "/savanna/minilm/discussions/3",
    "discussions-all": "/savanna/minilm/discussions?state=all",
    "reviews": "/reviews",
    "reviews-decided": "/reviews?view=decided",
    "queue": "/orgs/savanna/reviews",
    "queue-decided": "/orgs/savanna/reviews?view=decided",
    "queue-narrowed": "/orgs/savanna/reviews?risk=high&blocked=on",
    "waivers": "/orgs/savanna/waivers",
    "waivers-of-files": "/orgs/savanna/waivers?of=files",
    "model-waivers": "/savanna/minilm/waivers",
    "policies": "/orgs/savanna/policies",
    "people": "/orgs/savanna/people",
    "teams": "/orgs/savanna/teams",
    "my-teams": "/settings/teams",
    "new-organisation": "/orgs/new",
    "profile": "/settings/profile",
    "tokens": "/settings/tokens",
    "token-new": "/settings/tokens/new",
    "my-audit": "/settings/audit",
    "my-webhooks": "/settings/webhooks",
    "notifications": "/notifications",
    "notifications-all": "/notifications?view=all",
    "notification-settings": "/settings/notifications",
    "watching": "/settings/notifications/watching",
    "invitations": "/invitations",
    "home-signed-in": "/",
}
AS_OWNER = {
    "card-fields": "/savanna/minilm/card-fields",
    "upload": "/savanna/minilm/upload",
    "model-access": "/savanna/minilm/settings/access?person=grace",
    "model-settings": "/savanna/minilm/settings",
    "model-webhooks": "/savanna/minilm/settings/webhooks",
    "organisation-webhooks": "/orgs/savanna/webhooks",
    "danger-zone": "/savanna/minilm/settings/danger",
    "withdraw": "/savanna/minilm/settings/withdraw",
    "version-withdraw": "/savanna/minilm/versions/1/withdraw",
    "deleted": "/orgs/savanna/deleted",
    "deleted-own": "/settings/deleted",
    "invite": "/orgs/savanna/invite",
    "outside": "/orgs/savanna/outside",
    "outside-remove": "/orgs/savanna/outside/eve/remove",
    "service-accounts": "/orgs/savanna/service-accounts",
    "service-account": "/orgs/savanna/service-accounts/savanna-ci",
    "service-account-new": "/orgs/savanna/service-accounts/new",
    "service-account-edit": "/orgs/savanna/service-accounts/savanna-ci/edit",
    "service-account-disable": "/orgs/savanna/service-accounts/savanna-ci/disable",
    "service-account-token": "/orgs/savanna/service-accounts/savanna-ci/tokens/new",
    "team": "/orgs/savanna/teams/field-station",
    "team-new": "/orgs/savanna/teams/new",
    "team-edit": "/orgs/savanna/teams/field-station/edit",
    "team-delete": "/orgs/savanna/teams/field-station/delete",
    "team-member-remove": "/orgs/savanna/teams/field-station/people/grace/remove",
    "organisation-settings": "/orgs/savanna/settings",
    "audit": "/orgs/savanna/audit",
    "draft-new": "/orgs/savanna/policies/new",
    "draft-new-for-a-model": "/orgs/savanna/policies/new?model=minilm",
    "member-roles": "/orgs/savanna/people/grace",
    "member-remove": "/orgs/savanna/people/grace/remove",
    "sign-out": "/accounts/logout/",
    "emails": "/accounts/email/",
    "password": "/accounts/password/change/",
    "sessions": "/settings/sessions",
}
PAGES = [
    *((None, name, path) for name, path in PUBLIC.items()),
    *(("grace", name, path) for name, path in SIGNED_IN.items()),
    *(("ada", name, path) for name, path in AS_OWNER.items()),
]


@pytest.fixture(scope="module")
def seeded_hub(tmp_path_factory, minilm):
    hub = launch(tmp_path_factory.mktemp("hub") / "data")
    try:
        _seed(hub, f"begin({str(minilm)!r})")
        hub.wait_until(lambda: "True" in _seed(hub, "print(is_idle())"), seconds=120)
        _seed(hub, "finish()")
        hub.wait_until(lambda: "True" in _seed(hub, "print(is_idle())"), seconds=120)
        yield hub
    finally:
        hub.stop()


def _seed(hub: RunningHub, call: str) -> str:
    code = f"from tests.journeys.seed import *; {call}"
    return hub.manage("shell", "--no-imports", "-c", code)


@pytest.fixture(scope="module")
def cookies(seeded_hub, chromium):
    """The session of each person, signed in once."""
    from tests.journeys.seed import PASSWORD

    found: dict[str | None, list] = {None: []}
    for name in ("ada", "grace"):
        context = chromium.new_context()
        page = context.new_page()
        page.goto(f"{seeded_hub.base_url}/accounts/login/")
        page.locator("input[name=login]").fill(name)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button").first.click()
        page.wait_for_url(f"{seeded_hub.base_url}/")
        found[name] = context.cookies()
        context.close()
    return found


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("person", "name", "path"), PAGES, ids=[name for _, name, _ in PAGES])
def test_a_page_is_fit_to_be_seen(
    seeded_hub, cookies, open_context, person, name, path, look
) -> None:
    context = open_context(**LOOKS[look])
    context.add_cookies(cookies[person])
    page = context.new_page()
    said = []
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    answer = page.goto(seeded_hub.base_url + path)
    _picture(page, f"{name}-{look}")
    expected = {"not-found": 404, "withdrawn": 410}.get(name, 200)
    assert answer.status == expected
    if LOOKS[look].get("javascript", True):
        page.evaluate(AXE)
        assert page.evaluate(RUN_AXE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= LOOKS[look]["viewport"][0]
    assert page.locator("h1").count() == 1
    assert len(page.locator("main").inner_text()) > 30
    assert [line for line in said if "status of 4" not in line] == []


def test_every_page_has_a_title_of_its_own(seeded_hub, cookies, open_context) -> None:
    addresses: dict[str, set[str]] = {}
    for person in cookies:
        context = open_context()
        context.add_cookies(cookies[person])
        for path in (path for who, _name, path in PAGES if who == person):
            markup = context.request.get(seeded_hub.base_url + path).text()
            title = re.search(r"<title>(.*?)</title>", markup, re.DOTALL)
            assert title is not None, path
            addresses.setdefault(title[1].strip(), set()).add(path.partition("?")[0])

    assert {title: paths for title, paths in addresses.items() if len(paths) > 1} == {}
    assert all(title.endswith(" · Arboretum") for title in addresses)


def _picture(page, name: str) -> None:
    folder = os.environ.get("ARBORETUM_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
