"""Finding an upload again, and losing one that nobody came back to."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from hub.core.actor import SYSTEM
from hub.core.errors import Conflict
from models_catalog.storage import staging
from models_catalog.uploads.actions.commit import commit_upload
from models_catalog.uploads.actions.sessions import MAX_OPEN, expire_uploads, start_upload
from models_catalog.uploads.models import Upload
from models_catalog.uploads.tasks import expire_uploads_nobody_touched
from tests.factories.people import acting, add_member, make_user
from tests.models_catalog.uploads.history import digests

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def begun(tus):
    """The staging name of a file of which 4 of 10 bytes have arrived."""
    url = tus.announce("model.bin", 10)["Location"]
    tus.append(url, 0, b"0123")
    return url.rsplit("/", 1)[1]


def grow_old(upload: Upload, settings, *, by: timedelta = timedelta(hours=1)) -> None:
    long_ago = timezone.now() - settings.UPLOAD_EXPIRY - by
    Upload.objects.filter(pk=upload.pk).update(touched_at=long_ago)
    for file in upload.files.all():
        path = staging.staged_path(str(file.public_id))
        if path.exists():
            os.utime(path, (long_ago.timestamp(), long_ago.timestamp()))


def test_the_upload_page_lists_what_is_unfinished(browser, begun):
    upload = Upload.objects.get()

    page = browser.get("/ada/minilm/upload").content.decode()

    assert f"/ada/minilm/uploads/{upload.public_id}" in page
    assert "1 file, 0 received" in page


def test_the_page_of_an_upload_says_how_much_has_arrived(browser, begun):
    page = browser.get(f"/ada/minilm/uploads/{Upload.objects.get().public_id}").content.decode()

    assert "4 B of 10 B have arrived" in page
    assert begun in page


def test_a_colleague_does_not_see_my_uploads(client, reviewed, owner):
    upload = start_upload(reviewed, actor=acting(owner))
    client.force_login(add_member(reviewed.namespace.organization, make_user("bo")))

    assert client.get(f"/savanna/reviewed/uploads/{upload.public_id}").status_code == 404
    assert str(upload.public_id) not in client.get("/savanna/reviewed/upload").content.decode()


def test_finished_uploads_are_not_offered_again(browser, tus, owner):
    tus.send("a.txt", b"a")
    commit_upload(Upload.objects.get(), actor=acting(owner))

    assert "Unfinished" not in browser.get("/ada/minilm/upload").content.decode()


def test_a_person_has_so_many_open_uploads_at_most(repo, owner):
    for _ in range(MAX_OPEN):
        start_upload(repo, actor=acting(owner))

    with pytest.raises(Conflict, match="unfinished uploads"):
        start_upload(repo, actor=acting(owner))


def test_an_upload_nobody_touched_is_removed_with_its_bytes(
    begun, settings, django_capture_on_commit_callbacks
):
    grow_old(Upload.objects.get(), settings)

    with django_capture_on_commit_callbacks(execute=True):
        expire_uploads_nobody_touched()

    assert not Upload.objects.exists()
    assert not staging.staged_path(begun).exists()


def test_an_upload_that_is_still_young_stays(begun, settings):
    grow_old(Upload.objects.get(), settings, by=-timedelta(hours=1))

    assert expire_uploads(actor=SYSTEM) == 0

    assert staging.staged_size(begun) == 4


def test_bytes_of_an_old_file_stay_while_its_upload_is_alive(begun, settings):
    upload = Upload.objects.get()
    grow_old(upload, settings)
    Upload.objects.filter(pk=upload.pk).update(touched_at=timezone.now())

    expire_uploads(actor=SYSTEM)

    assert staging.staged_size(begun) == 4


def test_bytes_that_belong_to_no_upload_are_swept(db, settings):
    path = staging.staged_path("once-of-a-killed-request")
    path.write_bytes(b"left")
    old = (timezone.now() - settings.UPLOAD_EXPIRY - timedelta(hours=1)).timestamp()
    os.utime(path, (old, old))

    expire_uploads(actor=SYSTEM)

    assert not path.exists()


def test_the_files_of_an_expired_commit_stay_in_the_model(tus, repo, owner, settings):
    tus.send("a.txt", b"a")
    commit_upload(Upload.objects.get(), actor=acting(owner))
    grow_old(Upload.objects.get(), settings)

    assert expire_uploads(actor=SYSTEM) == 1

    assert not Upload.objects.exists()
    assert "a.txt" in digests(repo)
