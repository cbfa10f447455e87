"""The commit that ends an upload."""

from __future__ import annotations

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.core.errors import Conflict, Invalid
from models_catalog.changes.actions import close_change
from models_catalog.changes.models import Change
from models_catalog.changes.queries import get_change
from models_catalog.revisions.models import Revision
from models_catalog.revisions.queries import files_of
from models_catalog.uploads.actions.commit import commit_upload, suggested_title
from models_catalog.uploads.actions.files import announce_file, receive_block
from models_catalog.uploads.actions.sessions import discard_upload, start_upload
from models_catalog.uploads.models import Upload
from tests.factories.models import propose
from tests.factories.people import acting
from tests.models_catalog.uploads.history import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def upload_of(repo, files: dict[str, bytes], *, by, change: int | None = None) -> Upload:
    actor = acting(by)
    upload = start_upload(repo, change_number=change, actor=actor)
    for path, content in files.items():
        file = announce_file(upload, path=path, size=len(content), actor=actor)
        if content:
            receive_block(file, offset=0, chunks=[content], actor=actor)
    return upload


def test_an_open_repo_gets_a_commit_on_main(repo, owner):
    upload = upload_of(repo, {"a.txt": b"a", "onnx/b.bin": b"b"}, by=owner)

    done = commit_upload(upload, title="First weights", description="Small.", actor=acting(owner))

    head = main_of(repo)
    assert done.revision_sha1 == head.sha1
    assert head.message == "First weights\n\nSmall.\n"
    assert files_of(head)["onnx/b.bin"].sha256 == hashlib.sha256(b"b").hexdigest()


def test_a_reviewed_repo_gets_a_change(reviewed, owner):
    upload = upload_of(reviewed, {"a.txt": b"a"}, by=owner)

    done = commit_upload(upload, title="First weights", description="Small.", actor=acting(owner))

    change = Change.objects.get()
    assert (done.change_number, done.revision_sha1) == (1, change.head.sha1)
    assert change.discussion.title == "First weights"
    assert "a.txt" not in files_of(main_of(reviewed))


def test_files_can_be_added_to_a_change(reviewed, owner):
    propose(reviewed, {"a.txt": b"a"}, by=owner)
    upload = upload_of(reviewed, {"b.txt": b"b"}, by=owner, change=1)

    commit_upload(upload, title="More", actor=acting(owner))

    change = get_change(reviewed, 1, actor=acting(owner))
    assert {"a.txt", "b.txt"} < set(files_of(change.head))
    assert Change.objects.count() == 1


def test_a_second_click_commits_nothing_and_answers_the_same(reviewed, owner):
    upload = upload_of(reviewed, {"a.txt": b"a"}, by=owner)
    first = commit_upload(upload, title="Weights", actor=acting(owner))
    revisions = Revision.objects.count()

    stale = commit_upload(upload, title="Weights", actor=acting(owner))
    fresh = commit_upload(Upload.objects.get(), title="Again", actor=acting(owner))

    assert stale.revision_sha1 == fresh.revision_sha1 == first.revision_sha1
    assert Change.objects.count() == 1
    assert Revision.objects.count() == revisions


def test_missing_bytes_stop_the_commit(repo, owner):
    upload = upload_of(repo, {"a.txt": b"a"}, by=owner)
    file = announce_file(upload, path="b.bin", size=10, actor=acting(owner))
    receive_block(file, offset=0, chunks=[b"012"], actor=acting(owner))

    with pytest.raises(Invalid, match="1 file is still on the way"):
        commit_upload(upload, actor=acting(owner))

    assert Upload.objects.get().revision_sha1 == ""
    assert "a.txt" not in files_of(main_of(repo))


def test_an_upload_without_files_is_no_commit(repo, owner):
    upload = start_upload(repo, actor=acting(owner))

    with pytest.raises(Invalid, match="choose files first"):
        commit_upload(upload, actor=acting(owner))


def test_names_that_differ_by_case_only_are_refused_at_the_commit(repo, owner):
    upload = upload_of(repo, {"Readme.md": b"a", "README.md": b"b"}, by=owner)

    with pytest.raises(Invalid, match="differ only by case"):
        commit_upload(upload, actor=acting(owner))


def test_files_that_are_there_already_are_no_commit(repo, owner):
    commit_upload(upload_of(repo, {"a.txt": b"a"}, by=owner), title="One", actor=acting(owner))

    with pytest.raises(Invalid, match="nothing to commit"):
        commit_upload(upload_of(repo, {"a.txt": b"a"}, by=owner), title="Two", actor=acting(owner))


@pytest.mark.parametrize(
    ("paths", "title"),
    [
        (["onnx/model.onnx"], "Add model.onnx"),
        (["a.txt", "b.txt"], "Add a.txt and b.txt"),
        (["a.txt", "b.txt", "c.txt"], "Add a.txt and 2 other files"),
    ],
)
def test_a_title_left_empty_names_the_files(repo, owner, paths, title):
    upload = upload_of(repo, dict.fromkeys(paths, b"x"), by=owner)

    assert suggested_title(upload) == title


def test_a_closed_change_takes_no_files(reviewed, owner):
    change = propose(reviewed, {"a.txt": b"a"}, by=owner)
    close_change(change, actor=acting(owner))

    with pytest.raises(Conflict, match="merged or closed"):
        start_upload(reviewed, change_number=1, actor=acting(owner))


def test_a_committed_upload_cannot_be_thrown_away(repo, owner):
    upload = commit_upload(upload_of(repo, {"a.txt": b"a"}, by=owner), actor=acting(owner))

    with pytest.raises(Conflict, match="has been committed"):
        discard_upload(upload, actor=acting(owner))


def test_the_page_of_a_committed_upload_stays_the_same(browser, repo, owner):
    upload = upload_of(repo, {"a.txt": b"a", "b.txt": b"b"}, by=owner)
    page = f"/ada/minilm/uploads/{upload.public_id}"
    first = browser.post(page, {"then": "commit"}, follow=True)

    again = browser.post(page, {"then": "commit"}, follow=True)

    for answer in (first, again, browser.get(page)):
        text = answer.content.decode()
        assert hashlib.sha256(b"a").hexdigest() in text
        assert hashlib.sha256(b"b").hexdigest() in text
        assert upload_sha1(upload) in text
    assert Revision.objects.filter(repo=repo).count() == 2


def upload_sha1(upload: Upload) -> str:
    upload.refresh_from_db()
    return upload.revision_sha1


@pytest.mark.parametrize("is_committed", [False, True])
def test_a_page_of_many_files_asks_as_often_as_a_page_of_one(browser, repo, owner, is_committed):
    counts = []
    for number in (1, 20):
        files = {f"{number}-{n}.txt": bytes([n]) for n in range(number)}
        upload = upload_of(repo, files, by=owner)
        if is_committed:
            commit_upload(upload, actor=acting(owner))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(f"/ada/minilm/uploads/{upload.public_id}").status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
