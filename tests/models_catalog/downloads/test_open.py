"""Opening files one by one and all together."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.http import FileResponse
from django.test import RequestFactory

from hub.core.actor import ANONYMOUS, SYSTEM, Actor, Means
from hub.core.errors import Blocked, Forbidden, Locked
from models_catalog.downloads.actions import open_all, open_file
from models_catalog.downloads.archives import archive_of, sums_of
from models_catalog.repos.actions import accept_terms, change_settings
from models_catalog.storage.actions import record_verdict
from models_catalog.storage.models import Verdict
from models_catalog.web.bytes import file_response
from tests.factories.models import commit_files, judge, judge_all, make_repo
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def repo(ada):
    return make_repo("minilm", owner=ada)


@pytest.fixture
def revision(repo, ada):
    files = {"a.txt": b"a", "sub/b.bin": b"weights", "sub/empty": b""}
    revision = commit_files(repo, files, by=ada)
    judge_all(revision)
    return revision


def test_an_archive_holds_every_file_and_their_sums(repo, revision):
    found, files = open_all(repo, "main", actor=ANONYMOUS)

    archive = archive_of(found, files, title="v1")
    packed = b"".join(archive.chunks)

    assert len(packed) == archive.size
    with zipfile.ZipFile(BytesIO(packed)) as zipped:
        assert zipped.read("minilm-v1/sub/b.bin") == b"weights"
        assert zipped.read("minilm-v1/SHA256SUMS").decode() == sums_of(files)
        assert len(zipped.namelist()) == revision.file_count + 1


def test_an_archive_with_a_blocked_file_is_refused_and_names_it(repo, revision, client):
    judge(revision, "sub/b.bin", Verdict.DANGEROUS)

    with pytest.raises(Blocked, match=r"sub/b\.bin"):
        open_all(repo, "main", actor=ANONYMOUS)
    answer = client.get("/ada/minilm/archive/main.zip")
    assert answer.status_code == 403
    assert "sub/b.bin" in answer.content.decode()
    assert not answer.streaming


def test_an_archive_with_a_file_that_is_being_scanned_is_refused_and_names_it(repo, revision):
    judge(revision, "a.txt", Verdict.PENDING)

    with pytest.raises(Locked, match=r"a\.txt"):
        open_all(repo, "main", actor=ANONYMOUS)


def test_a_download_that_was_allowed_ends_although_the_bytes_move_meanwhile(
    repo, revision, django_capture_on_commit_callbacks
):
    opened = open_file(repo, "main", "sub/b.bin", actor=ANONYMOUS)
    with django_capture_on_commit_callbacks(execute=True):
        record_verdict(opened.blob, verdict=Verdict.DANGEROUS, ruleset="r2", actor=SYSTEM)

    response = file_response(RequestFactory().get("/"), opened)

    assert isinstance(response, FileResponse)
    assert b"".join(response) == b"weights"
    assert response.file_to_stream is not None
    response.file_to_stream.close()  # the response would close the database with it
    with pytest.raises(Blocked):
        open_file(repo, "main", "sub/b.bin", actor=ANONYMOUS)


def test_a_token_that_may_only_read_accepts_no_terms(repo, revision, ada):
    change_settings(
        repo, visibility="public", gating="terms", gating_terms="Be kind.", actor=acting(ada)
    )
    grace = make_user("grace")
    token = Actor(user=grace, means=Means.TOKEN, rights=frozenset({"read_models"}))

    with pytest.raises(Forbidden, match="token"):
        accept_terms(repo, actor=token)
    with pytest.raises(Forbidden):
        open_file(repo, "main", "a.txt", actor=acting(grace))
