"""The plain form: everything in one request, without script."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client

from models_catalog.changes.models import Change
from models_catalog.revisions.queries import files_of
from models_catalog.storage.store import staging_dir
from models_catalog.uploads.models import Upload, UploadFile
from tests.factories.models import propose
from tests.factories.people import make_user
from tests.models_catalog.uploads.history import digests

pytestmark = [pytest.mark.django_db, pytest.mark.data]

EDGE = "----a-browser-writes-this"


def multipart(files: Iterable[tuple[str, str, bytes]] = (), **fields: str) -> dict[str, Any]:
    """A body as browsers write it: names of files with their folders, exactly as given."""
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for field, name, content in files:
        head = f'Content-Disposition: form-data; name="{field}"; filename="{name}"'
        parts.append(
            f"--{EDGE}\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n".encode()
            + content
            + b"\r\n"
        )
    parts.append(f"--{EDGE}--\r\n".encode())
    return {"data": b"".join(parts), "content_type": f"multipart/form-data; boundary={EDGE}"}


def test_many_files_are_committed_in_one_request(browser, repo):
    content = {"config.json": b"{}", "model.bin": b"w" * 3_000_000, "empty.txt": b""}

    answer = browser.post(
        "/ada/minilm/upload",
        **multipart([("files", name, data) for name, data in content.items()], then="commit"),
        follow=True,
    )

    assert digests(repo) == {n: hashlib.sha256(data).hexdigest() for n, data in content.items()}
    page = answer.content.decode()
    assert all(hashlib.sha256(data).hexdigest() in page for data in content.values())
    assert list(staging_dir().iterdir()) == []


def test_a_chosen_folder_keeps_its_inner_folders_and_loses_its_own_name(browser, repo):
    files = [
        ("folder_files", "minilm/onnx/model.onnx", b"1"),
        ("folder_files", "minilm/card.md", b"2"),
    ]

    browser.post("/ada/minilm/upload", **multipart(files, then="commit"))

    assert set(digests(repo)) == {"onnx/model.onnx", "card.md"}


def test_files_go_into_the_folder_that_was_named(browser, repo):
    body = multipart([("files", "model.onnx", b"1")], folder="/exports/onnx/", then="commit")

    browser.post("/ada/minilm/upload", **body)

    assert set(digests(repo)) == {"exports/onnx/model.onnx"}


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..\\\\up", "nul", "a:b", "C:\\\\x"]
)
def test_a_hostile_name_writes_nothing_and_stops_the_commit(browser, repo, name, tmp_path):
    files = [("files", "good.txt", b"1"), ("files", name, b"2")]

    answer = browser.post("/ada/minilm/upload", **multipart(files, then="commit"), follow=True)

    assert digests(repo) == {}
    assert "cannot be used" in answer.content.decode()
    assert [file.path for file in UploadFile.objects.all()] == ["good.txt"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_refused_file_can_be_done_without(browser, repo):
    files = [("files", "good.txt", b"1"), ("files", "nul", b"2")]
    browser.post("/ada/minilm/upload", **multipart(files, then="commit"))
    page = f"/ada/minilm/uploads/{Upload.objects.get().public_id}"

    browser.post(page, **multipart(then="commit"))

    assert set(digests(repo)) == {"good.txt"}


def test_hidden_files_are_left_out_and_named(browser, repo):
    names = ["m/.DS_Store", "m/.git/config", "m/__pycache__/a.pyc", "m/good.txt"]
    body = multipart([("folder_files", name, b"1") for name in names], then="commit")

    answer = browser.post("/ada/minilm/upload", **body, follow=True)

    assert set(digests(repo)) == {"good.txt"}
    assert "3 hidden files" in answer.content.decode()


def test_several_requests_fill_one_upload(browser, repo):
    browser.post("/ada/minilm/upload", **multipart([("files", "a.txt", b"1")], then="more"))
    page = f"/ada/minilm/uploads/{Upload.objects.get().public_id}"

    browser.post(page, **multipart([("files", "b.txt", b"2")], then="more"))
    browser.post(page, **multipart([("files", "a.txt", b"3")], then="commit"))

    assert digests(repo) == {
        "a.txt": hashlib.sha256(b"3").hexdigest(),
        "b.txt": hashlib.sha256(b"2").hexdigest(),
    }


def test_a_file_can_be_taken_out_again(browser, repo):
    files = [("files", "a.txt", b"1"), ("files", "b.txt", b"2")]
    browser.post("/ada/minilm/upload", **multipart(files, then="more"))
    page = f"/ada/minilm/uploads/{Upload.objects.get().public_id}"

    browser.post(page, {"remove": str(UploadFile.objects.get(path="a.txt").public_id)})

    assert [file.path for file in UploadFile.objects.all()] == ["b.txt"]


def test_an_upload_can_be_thrown_away(browser, repo, django_capture_on_commit_callbacks):
    browser.post("/ada/minilm/upload", **multipart([("files", "a.txt", b"1")], then="more"))

    browser.post(f"/ada/minilm/uploads/{Upload.objects.get().public_id}", {"then": "discard"})

    assert not Upload.objects.exists()


def test_committing_nothing_is_answered_on_the_page(browser, repo):
    answer = browser.post("/ada/minilm/upload", **multipart(then="commit"))

    assert answer.status_code == 422
    assert "Choose at least one file" in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_form_that_breaks_off_keeps_whole_files_and_commits_nothing(browser, repo):
    body = multipart(
        [("files", "a.txt", b"1" * 50), ("files", "b.txt", b"2" * 5000)], then="commit"
    )
    cut = body["data"][:-2000]

    browser.post("/ada/minilm/upload", cut, content_type=body["content_type"])

    assert [file.path for file in UploadFile.objects.all()] == ["a.txt"]
    assert digests(repo) == {}
    assert list(staging_dir().iterdir()) == []


def test_a_form_above_the_limit_is_refused(browser, repo, settings):
    settings.MAX_FORM_BYTES = 1000

    answer = browser.post("/ada/minilm/upload", **multipart([("files", "a.txt", b"1" * 2000)]))

    assert answer.status_code == 413


def test_too_many_files_are_refused_with_a_sentence(browser, repo, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    body = multipart([("files", f"{n}.txt", b"1") for n in range(3)], then="commit")

    answer = browser.post("/ada/minilm/upload", **body)

    assert answer.status_code == 413
    assert "2 files" in answer.content.decode()
    assert list(staging_dir().iterdir()) == []


def test_a_form_from_another_site_is_refused_and_leaves_nothing(owner, repo):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(owner)

    answer = careful.post(
        "/ada/minilm/upload", **multipart([("files", "a.txt", b"1")], then="commit")
    )

    assert answer.status_code == 403
    assert list(staging_dir().iterdir()) == []
    assert not Upload.objects.exists()


def test_whoever_may_not_write_is_refused_before_a_byte_is_kept(client, repo):
    client.force_login(make_user("eve"))

    answer = client.post(
        "/ada/minilm/upload", **multipart([("files", "a.txt", b"1")], then="commit")
    )

    assert answer.status_code == 403
    assert digests(repo) == {}
    assert list(staging_dir().iterdir()) == []


def test_files_for_a_reviewed_model_become_a_change_and_the_page_leads_there(browser, reviewed):
    body = multipart([("files", "a.txt", b"1")], title="First weights", then="commit")

    answer = browser.post("/savanna/reviewed/upload", **body, follow=True)

    assert 'href="/savanna/reviewed/discussions/1"' in answer.content.decode()
    assert Change.objects.get().discussion.title == "First weights"


def test_files_are_added_to_the_change_that_the_address_names(browser, reviewed, owner):
    change = propose(reviewed, {"a.txt": b"1"}, by=owner)
    body = multipart([("files", "b.txt", b"2")], then="commit")

    browser.post("/savanna/reviewed/upload?change=1", **body)

    change.refresh_from_db()
    assert {"a.txt", "b.txt"} < set(files_of(change.head))


@pytest.mark.parametrize(("number", "status"), [("2", 404), ("two", 400)])
def test_a_change_that_does_not_exist_takes_no_files(browser, reviewed, number, status):
    assert browser.get(f"/savanna/reviewed/upload?change={number}").status_code == status
