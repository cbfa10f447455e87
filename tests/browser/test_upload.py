"""Adding a model and its files in a real browser, with script and without."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.services.hub import RunningHub

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.slow]

PASSWORD = "a long enough password"
FILES = {
    "config.json": b'{"hidden_size": 384}\n',
    "onnx/model.onnx": os.urandom(300_000),
    "notes/leer.txt": b"",
}
numbers = itertools.count(1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as people have them: with hidden files in it."""
    for path, content in {**FILES, ".DS_Store": b"x", "__pycache__/a.pyc": b"y"}.items():
        target = tmp_path / "minilm" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return tmp_path / "minilm"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def add_model(page: Page, hub: RunningHub) -> str:
    """Sign somebody new in, add a model, stand on its upload page; answers the model's address."""
    person = f"uploader{next(numbers)}"
    hub.manage("create_user", person, "--password", PASSWORD)
    page.goto(f"{hub.base_url}/accounts/login/?next=/new")
    page.fill("[name=login]", person)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/new")
    page.get_by_label("Name", exact=True).fill("minilm")
    page.get_by_role("button", name="Go on to the files").click()
    page.wait_for_url("**/upload")
    return f"{hub.base_url}/{person}/minilm"


def slow_line(page: Page, bytes_per_second: int) -> CDPSession:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    speed = {"downloadThroughput": -1, "uploadThroughput": bytes_per_second, "latency": 0}
    line.send("Network.emulateNetworkConditions", {"offline": False, **speed})
    return line


def row(page: Page, path: str):
    return page.locator(f"[data-rows] [data-path='{path}']")


def expect_digests(page: Page, files: dict[str, bytes]) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("added")
    shown = {
        line.locator("th").inner_text(): line.locator("code").inner_text()
        for line in page.locator("tbody tr").all()
    }
    assert shown == {path: digest(content) for path, content in files.items()}


def test_a_folder_is_sent_and_committed_and_its_digests_are_shown(page, running_hub, folder):
    add_model(page, running_hub)

    page.set_input_files("#folder-files", folder)

    for path, content in FILES.items():
        expect(row(page, path)).to_contain_text(digest(content))
    expect(page.locator("[data-note]")).to_contain_text("2 hidden files")
    page.get_by_role("button", name="Commit").click()
    expect_digests(page, FILES)
    page.reload()
    expect_digests(page, FILES)


def test_the_same_without_script(open_context, running_hub, folder):
    page = open_context(javascript=False).new_page()
    add_model(page, running_hub)

    page.set_input_files("#folder-files", folder)
    page.get_by_role("button", name="Commit").click()

    expect_digests(page, FILES)
    expect(page.get_by_text("2 hidden files")).to_be_visible()


def test_an_upload_goes_on_after_the_page_was_closed(page, running_hub, tmp_path):
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(os.urandom(9_000_000))
    model = add_model(page, running_hub)
    line = slow_line(page, 1_500_000)
    page.set_input_files("#files", weights)
    expect(row(page, weights.name)).to_contain_text(re.compile(r"[2-8]\S* MB of 9 MB"))

    page.goto(f"{model}/upload")
    page.get_by_role("link", name="Continue").click()
    expect(row(page, weights.name)).to_contain_text("have arrived")
    line.send("Network.disable")
    offsets: list[int] = []
    page.on(
        "request",
        lambda r: offsets.append(int(r.headers["upload-offset"])) if r.method == "PATCH" else None,
    )
    page.set_input_files("#files", weights)

    expect(row(page, weights.name)).to_contain_text(digest(weights.read_bytes()))
    assert offsets[0] > 1_000_000


def test_a_file_that_changed_meanwhile_is_sent_from_the_start(page, running_hub, tmp_path):
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"1" * 400_000)
    add_model(page, running_hub)
    page.set_input_files("#files", weights)
    expect(row(page, weights.name)).to_contain_text(digest(b"1" * 400_000))

    weights.write_bytes(b"2" * 400_000)
    page.set_input_files("#files", weights)

    expect(row(page, weights.name)).to_contain_text(digest(b"2" * 400_000))


def test_a_refused_file_says_why_and_holds_the_commit_until_it_is_removed(
    page, running_hub, tmp_path
):
    add_model(page, running_hub)
    for name in ("aux.txt", "good.txt"):
        (tmp_path / name).write_bytes(name.encode())

    page.set_input_files("#files", [tmp_path / "aux.txt", tmp_path / "good.txt"])

    expect(row(page, "aux.txt")).to_contain_text("is a device name on Windows")
    expect(row(page, "good.txt")).to_contain_text(digest(b"good.txt"))
    commit = page.get_by_role("button", name="Commit")
    expect(commit).to_be_disabled()
    row(page, "aux.txt").get_by_role("button", name="Remove").click()
    expect(row(page, "aux.txt")).to_have_count(0)
    commit.click()
    expect_digests(page, {"good.txt": b"good.txt"})


def test_a_file_is_paused_and_continued_by_keyboard(page, running_hub, tmp_path):
    weights = tmp_path / "model.gguf"
    weights.write_bytes(os.urandom(3_000_000))
    add_model(page, running_hub)
    line = slow_line(page, 600_000)
    page.set_input_files("#files", weights)
    expect(row(page, weights.name)).to_contain_text(re.compile(r"[1-9]\S* (k|M)B of 3 MB"))

    row(page, weights.name).get_by_role("button", name="Pause").press("Enter")
    expect(row(page, weights.name)).to_contain_text("Paused at")
    line.send("Network.disable")
    row(page, weights.name).get_by_role("button", name="Continue").press("Enter")

    expect(row(page, weights.name)).to_contain_text(digest(weights.read_bytes()))
