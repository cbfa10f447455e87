"""The tus protocol, as a client sees it."""

from __future__ import annotations

import hashlib
import zlib

import pytest
from django.test import Client

from models_catalog.storage import staging
from models_catalog.storage.models import Blob
from models_catalog.storage.queries import open_blob
from models_catalog.uploads.models import Upload, UploadFile

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_options_say_what_the_hub_can_do(client, repo, tus, settings):
    answer = Client().options(tus.begin())

    assert answer.status_code == 204
    assert answer["Tus-Version"] == answer["Tus-Resumable"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,termination"
    assert answer["Tus-Max-Size"] == str(settings.MAX_FILE_BYTES)


def test_an_announced_file_has_an_address_and_no_bytes(tus):
    answer = tus.announce("weights/model.bin", 10)

    assert answer.status_code == 201
    assert answer["Location"].startswith(tus.files_url + "/")
    assert answer["Upload-Offset"] == "0"
    head = tus.head(answer["Location"])
    assert (head["Upload-Offset"], head["Upload-Length"]) == ("0", "10")
    assert head["Cache-Control"] == "no-store"


def test_blocks_become_one_blob_with_the_digest_of_the_whole(tus):
    content = bytes(range(256)) * 40
    url = tus.announce("model.bin", len(content))["Location"]

    first = tus.append(url, 0, content[:4000])
    last = tus.append(url, 4000, content[4000:])

    digest = hashlib.sha256(content).hexdigest()
    assert (first.status_code, first["Upload-Offset"]) == (204, "4000")
    assert "X-Content-SHA256" not in first
    assert (last.status_code, last["X-Content-SHA256"]) == (204, digest)
    with open_blob(Blob.objects.get(sha256=digest)) as stored:
        assert stored.read() == content


def test_sending_goes_on_after_the_server_forgot_the_digest_so_far(tus):
    content = b"0123456789" * 100
    url = tus.announce("model.bin", len(content))["Location"]
    tus.append(url, 0, content[:500])
    staging._digests = staging.Digests()  # what a restarted process knows

    answer = tus.append(url, tus.offset(url), content[500:])

    assert answer["X-Content-SHA256"] == hashlib.sha256(content).hexdigest()


def test_an_empty_file_is_complete_at_once(tus):
    answer = tus.announce("weights/__init__.txt", 0)

    assert answer["X-Content-SHA256"] == hashlib.sha256(b"").hexdigest()


def test_the_same_file_announced_again_goes_on_where_it_stopped(tus):
    url = tus.announce("model.bin", 10)["Location"]
    tus.append(url, 0, b"0123")

    again = tus.announce("model.bin", 10)

    assert (again["Location"], again["Upload-Offset"]) == (url, "4")
    assert again["Upload-Sample"] == f"{zlib.adler32(b'0123'):08x}"


def test_a_long_file_is_recognised_by_its_begin_middle_and_end(tus):
    content = bytes(index % 251 for index in range(400_000))
    url = tus.announce("model.bin", 500_000)["Location"]
    tus.append(url, 0, content)

    again = tus.announce("model.bin", 500_000)

    piece, middle = 65536, (400_000 - 65536) // 2
    sampled = content[:piece] + content[middle : middle + piece] + content[-piece:]
    assert again["Upload-Sample"] == f"{zlib.adler32(sampled):08x}"


def test_a_file_of_another_size_takes_the_place_of_the_one_before(tus):
    url = tus.announce("model.bin", 10)["Location"]
    tus.append(url, 0, b"0123")

    again = tus.announce("model.bin", 5)

    assert again["Location"] != url
    assert again["Upload-Offset"] == "0"
    assert tus.head(url).status_code == 404
    assert UploadFile.objects.count() == 1


def test_a_removed_file_leaves_nothing(tus, django_capture_on_commit_callbacks):
    url = tus.announce("model.bin", 10)["Location"]
    tus.append(url, 0, b"0123")
    name = url.rsplit("/", 1)[1]

    with django_capture_on_commit_callbacks(execute=True):
        answer = tus.delete(url)

    assert answer.status_code == 204
    assert not staging.staged_path(name).exists()
    assert tus.head(url).status_code == 404


def test_a_crash_before_the_last_step_is_mended_by_asking_for_the_offset(tus):
    url = tus.announce("model.bin", 4)["Location"]
    staging.append(url.rsplit("/", 1)[1], offset=0, chunks=[b"0123"], limit=4)

    head = tus.head(url)

    assert head["X-Content-SHA256"] == hashlib.sha256(b"0123").hexdigest()
    assert UploadFile.objects.get().blob is not None


def test_a_post_may_stand_for_a_patch(tus, browser):
    url = tus.announce("model.bin", 4)["Location"]

    answer = browser.post(
        url,
        b"0123",
        content_type="application/offset+octet-stream",
        headers={**tus.headers, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"},
    )

    assert (answer.status_code, answer["Upload-Offset"]) == (204, "4")


def test_every_block_counts_as_a_sign_of_life(tus, time_machine_at):
    url = tus.announce("model.bin", 4)["Location"]
    before = Upload.objects.get().touched_at

    with time_machine_at(hours=3):
        tus.append(url, 0, b"01")

    assert (Upload.objects.get().touched_at - before).total_seconds() > 10_000
