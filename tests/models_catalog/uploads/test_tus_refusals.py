"""What the tus door does not take."""

from __future__ import annotations

import io
import uuid

import pytest
from django.test import Client
from django.test.client import FakePayload

from hub.core.errors import Conflict
from models_catalog.storage.models import Blob, Verdict
from models_catalog.uploads.actions.commit import commit_upload
from models_catalog.uploads.actions.files import announce_file, receive_block
from models_catalog.uploads.actions.sessions import start_upload
from models_catalog.uploads.models import UploadFile
from tests.factories.models import make_repo, send
from tests.factories.people import acting, make_user
from tests.models_catalog.uploads.tus_client import TusClient

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def url(tus):
    return tus.announce("model.bin", 10)["Location"]


def test_a_wrong_offset_is_a_conflict_and_changes_nothing(tus, url):
    tus.append(url, 0, b"0123")

    for offset in (0, 3, 5):
        assert tus.append(url, offset, b"45").status_code == 409
    assert tus.offset(url) == 4


def test_more_bytes_than_announced_are_refused_before_they_are_read(tus, url):
    answer = tus.append(url, 0, b"0123456789a")

    assert answer.status_code == 413
    assert tus.offset(url) == 0


def test_a_file_above_the_limit_of_the_hub_is_refused(tus, settings):
    settings.MAX_FILE_BYTES = 100

    answer = tus.announce("model.bin", 101)

    assert answer.status_code == 413
    assert "100" in answer.json()["detail"]
    assert not UploadFile.objects.exists()


def test_an_upload_holds_two_thousand_files_at_most(tus, owner, repo, monkeypatch):
    monkeypatch.setattr("models_catalog.uploads.actions.files.MAX_FILES", 2)
    tus.announce("a", 1)
    tus.announce("b", 1)

    assert tus.announce("c", 1).status_code == 413
    assert tus.announce("b", 1).status_code == 201


@pytest.mark.parametrize(
    "path",
    [
        "../up.bin",
        "/etc/passwd",
        "a/../b",
        "a//b",
        ".git/config",
        "a/.GIT/hooks/x",
        "con.txt",
        "a\\b",
        "x:stream",
        "end.",
        "zero\u200bwidth",
        "new\nline",
        "n" * 256,
        "",
    ],
)
def test_hostile_paths_are_refused_with_a_sentence(tus, path):
    answer = tus.announce(path, 1)

    assert answer.status_code == 400
    assert answer.json()["detail"].endswith(".")
    assert not UploadFile.objects.exists()


@pytest.mark.parametrize("path", [".DS_Store", "weights/Thumbs.db", "src/__pycache__/a.pyc"])
def test_hidden_files_of_the_system_are_left_out(tus, path):
    answer = tus.announce(path, 1)

    assert answer.status_code == 400
    assert "hidden file" in answer.json()["detail"]


def test_names_that_look_alike_on_a_mac_are_one_name(tus):
    url = tus.announce("e\u0301tude.bin", 3)["Location"]

    assert tus.announce("\u00e9tude.bin", 3)["Location"] == url


def test_somebody_elses_upload_does_not_exist(tus, url, repo):
    stranger = Client()
    stranger.force_login(make_user("eve"))
    other = TusClient(stranger, repo)
    missing = url[:-36] + str(uuid.uuid4())

    for attempt in (other.head, other.delete, lambda at: other.append(at, 0, b"x")):
        found, never_was = attempt(url), attempt(missing)
        assert found.status_code == never_was.status_code == 404
        assert found.content == never_was.content
    assert tus.offset(url) == 0


def test_whoever_may_not_write_cannot_begin(client, repo):
    client.force_login(make_user("eve"))

    assert client.post(f"/{repo.full_name}/uploads").status_code == 403


def test_strangers_get_an_answer_that_a_program_understands(url):
    answer = Client().head(url, headers={"Tus-Resumable": "1.0.0"})

    assert answer.status_code == 401


def test_an_upload_belongs_to_its_repo_alone(tus, url, browser, owner):
    other = make_repo("other", owner=owner)

    moved = url.replace("/minilm/", f"/{other.name}/")

    assert tus.head(moved).status_code == 404


def test_another_version_of_the_protocol_is_refused(tus, url):
    tus.headers = {"Tus-Resumable": "0.2.2"}

    answer = tus.append(url, 0, b"0123")

    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


def test_a_block_of_another_type_is_refused(browser, tus, url):
    answer = browser.patch(
        url, b"0123", content_type="text/plain", headers={**tus.headers, "Upload-Offset": "0"}
    )

    assert answer.status_code == 415


@pytest.mark.parametrize("offset", ["", "-1", "two", "1.5", "٣", "9" * 30])
def test_an_offset_is_a_number(tus, url, offset):
    assert tus.append(url, 0, b"0123", **{"Upload-Offset": offset}).status_code == 400


def test_a_chunked_body_is_refused_because_its_bytes_would_be_lost(tus, url):
    answer = tus.append(url, 0, b"4\r\n0123\r\n", **{"Transfer-Encoding": "chunked"})

    assert answer.status_code == 411


def test_a_body_that_breaks_off_keeps_what_arrived(browser, tus, url):
    answer = browser.generic(
        "PATCH",
        url,
        headers={**tus.headers, "Upload-Offset": "0"},
        CONTENT_TYPE="application/offset+octet-stream",
        CONTENT_LENGTH="10",
        **{"wsgi.input": io.BytesIO(b"0123")},
    )

    assert (answer.status_code, answer["Upload-Offset"]) == (204, "4")
    assert tus.offset(url) == 4


def test_a_connection_that_is_reset_keeps_what_arrived(browser, tus, url):
    class Broken(FakePayload):
        def read(self, size=None):
            read = super().read(min(4, len(self)))
            if not read:
                raise ConnectionResetError("gone")
            return read

    browser.generic(
        "PATCH",
        url,
        headers={**tus.headers, "Upload-Offset": "0"},
        CONTENT_TYPE="application/offset+octet-stream",
        CONTENT_LENGTH="10",
        **{"wsgi.input": Broken(b"012345")},
    )

    assert 4 <= tus.offset(url) <= 6


def test_a_forged_request_from_another_site_is_refused(tus, url, owner):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(owner)
    forged = TusClient(careful, tus.repo)

    assert forged.append(url, 0, b"0123").status_code == 403
    assert tus.offset(url) == 0


def test_bytes_in_quarantine_are_not_taken_again(tus, url, owner, repo):
    blob = send(b"0123456789", actor=acting(owner))
    Blob.objects.filter(pk=blob.pk).update(state="quarantined", verdict=Verdict.DANGEROUS)

    answer = tus.append(url, 0, b"0123456789")

    assert answer.status_code == 403
    assert "blocked" in answer.json()["detail"]


def test_nothing_is_added_to_an_upload_that_is_committed(tus, owner, repo):
    tus.send("a.txt", b"a")
    upload = UploadFile.objects.get().upload
    commit_upload(upload, actor=acting(owner))

    assert tus.announce("b.txt", 1).status_code == 409


def test_two_windows_cannot_write_one_file_at_the_same_time(owner, repo):
    actor = acting(owner)
    file = announce_file(start_upload(repo, actor=actor), path="a.bin", size=4, actor=actor)

    def chunks():
        yield b"01"
        with pytest.raises(Conflict, match="Another request"):
            receive_block(file, offset=0, chunks=[b"xx"], actor=actor)
        yield b"23"

    assert receive_block(file, offset=0, chunks=chunks(), actor=actor).blob is not None
