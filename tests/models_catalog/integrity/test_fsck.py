from __future__ import annotations

import os
import time

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.core.actor import SYSTEM
from models_catalog.changes.models import Change
from models_catalog.revisions.models import FileObject, GitObject, Occurrence, Ref, Revision
from models_catalog.storage import staging
from models_catalog.storage.actions import record_verdict
from models_catalog.storage.models import Blob, BlobState, Verdict
from models_catalog.storage.places import key_of, settle
from models_catalog.storage.queries import open_blob
from models_catalog.storage.store import store
from models_catalog.versions.models import Version
from tests.factories.models import commit_files, make_repo, send
from tests.factories.people import acting

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_a_sound_hub_has_no_problems(shelf, run):
    code, lines = run("fsck")

    objects = GitObject.objects.count() + FileObject.objects.count()
    size = sum(Blob.objects.values_list("size", flat=True))
    assert lines == [
        f"fsck: {objects} objects, {Blob.objects.count()} blobs, {size} B, 0 problems, 0 leftovers"
    ]
    assert code == 0


def test_bytes_that_are_gone_are_a_problem_that_says_who_needs_them(shelf, run):
    shelf.path_of(shelf.weights).unlink()

    code, lines = run("fsck", "--quick")

    assert code == 1
    assert lines[0].startswith(
        f"problem: blob {shelf.weights.sha256} (sub/w.bin of ada/minilm (ARB-"
    )
    assert "there are no bytes at blobs/sha256/" in lines[0]
    assert lines[1].endswith("1 problems, 0 leftovers")


def test_bytes_that_changed_are_a_problem(shelf, run):
    _write(shelf, shelf.weights, b"WEIGHTS")

    code, lines = run("fsck")

    assert code == 1
    assert "the bytes have changed: their SHA-256 is" in lines[0]


def test_a_quick_look_does_not_read_the_bytes(shelf, run):
    _write(shelf, shelf.weights, b"WEIGHTS")

    assert run("fsck", "--quick")[0] == 0


def test_a_quick_look_sees_another_size(shelf, run):
    _write(shelf, shelf.weights, b"weight")

    code, lines = run("fsck", "--quick")

    assert code == 1
    assert "has 6 bytes, not 7" in lines[0]


def test_dangerous_bytes_within_reach_after_a_crash_are_a_problem(shelf, run):
    _quarantine_without_moving(shelf.weights)

    code, lines = run("fsck")

    assert code == 1
    assert "dangerous bytes lie within reach at blobs/sha256/" in lines[0]


def test_repair_moves_bytes_that_a_crash_left_behind(shelf, run):
    _quarantine_without_moving(shelf.weights)

    code, lines = run("fsck", "--repair")

    assert code == 0
    assert lines[0].startswith(f"repaired: blob {shelf.weights.sha256}")
    assert store().size(key_of(shelf.weights.sha256, BlobState.STORED)) is None
    assert store().size(key_of(shelf.weights.sha256, BlobState.QUARANTINED)) == 7
    assert run("fsck")[1][-1].endswith("0 problems, 0 leftovers")


def test_cleared_bytes_that_a_crash_left_in_quarantine_are_brought_back(shelf, run):
    blob = shelf.weights
    _quarantine_without_moving(blob)
    settle(blob.pk)
    record_verdict(blob, verdict=Verdict.SAFE, ruleset="r2", actor=SYSTEM)

    first, again = run("fsck")[0], run("fsck", "--repair")[0]

    assert (first, again) == (1, 0)
    assert store().size(key_of(blob.sha256, BlobState.STORED)) == 7


def test_a_second_copy_in_quarantine_is_a_leftover_that_repair_removes(shelf, own_store, run):
    blob = shelf.weights
    copy = own_store / key_of(blob.sha256, BlobState.QUARANTINED)
    copy.parent.mkdir(parents=True)
    copy.write_bytes(b"damaged")

    first, again = run("fsck"), run("fsck", "--repair")

    assert first[0] == again[0] == 0
    assert first[1][0].startswith(f"leftover: blob {blob.sha256}")
    assert not copy.exists()
    with open_blob(blob) as file:
        assert file.read() == b"weights"


def test_an_object_that_does_not_have_its_id_is_a_problem(shelf, run):
    tree = GitObject.objects.get(repo=shelf.repo, sha1=shelf.revision.tree_sha1)
    GitObject.objects.filter(pk=tree.pk).update(data=bytes(tree.data)[:-1] + b"\0")

    code, lines = run("fsck", "--quick")

    assert code == 1
    assert f"problem: tree {tree.sha1} of ada/minilm" in lines[0]


def test_a_tree_that_is_gone_is_a_problem_of_each_revision_that_holds_it(shelf, run):
    GitObject.objects.get(repo=shelf.repo, sha1=shelf.revision.tree_sha1).delete()

    _, lines = run("fsck", "--quick")

    assert _problems(lines) == [
        f"revision {shelf.revision.sha1}: the tree {shelf.revision.tree_sha1} is missing or cannot be read"
    ]


def test_a_commit_that_is_gone_is_a_problem(shelf, run):
    GitObject.objects.get(repo=shelf.repo, sha1=shelf.revision.sha1).delete()

    _, lines = run("fsck", "--quick")

    assert _problems(lines) == [
        f"revision {shelf.revision.sha1}: there is no commit object with its id"
    ]


@pytest.mark.parametrize("data", [b"", b"garbage", b"parent 00\n\nno tree"])
def test_a_commit_that_cannot_be_read_is_a_problem(shelf, run, data):
    GitObject.objects.filter(repo=shelf.repo, sha1=shelf.revision.sha1).update(data=data)

    _, lines = run("fsck", "--quick")

    assert f"revision {shelf.revision.sha1}: its commit object cannot be read" in _problems(lines)


def test_a_row_that_disagrees_with_its_commit_is_a_problem(shelf, run):
    older = shelf.revision.parent
    Revision.objects.filter(pk=shelf.revision.pk).update(
        tree_sha1=older.tree_sha1, parent=older.parent
    )

    _, lines = run("fsck", "--quick")

    said = " ".join(_problems(lines))
    assert f"its commit holds the tree {shelf.revision.tree_sha1}" in said
    assert "its commit has other parents than the record" in said
    assert "its files have the manifest digest" in said
    assert f"the record {shelf.revision.file_count} files" in said


def test_a_file_that_stands_for_other_bytes_is_a_problem(shelf, run):
    other = Blob.objects.get(occurrences__path="README.md")
    FileObject.objects.filter(repo=shelf.repo, blob=shelf.weights).update(blob=other)

    _, lines = run("fsck", "--quick")

    said = " ".join(_problems(lines))
    assert f"it stands for blob {other.sha256}, but git names the pointer to it" in said
    assert "its files have the manifest digest" in said
    assert "it is not written down that these blobs occur here: “sub/w.bin”" in said


def test_a_file_nothing_is_known_of_is_a_problem(shelf, run):
    FileObject.objects.filter(repo=shelf.repo, blob=shelf.weights).delete()

    _, lines = run("fsck", "--quick")

    assert (
        f"revision {shelf.revision.sha1}: nothing is known of the bytes of “sub/w.bin”"
        in _problems(lines)
    )


def test_a_file_whose_blob_was_deleted_is_a_problem(shelf, run):
    Blob.objects.filter(pk=shelf.weights.pk).update(state=BlobState.DELETED)

    _, lines = run("fsck", "--quick")

    assert f"the bytes of blob {shelf.weights.sha256} have been deleted" in " ".join(lines)


def test_a_blob_whose_place_is_not_written_down_is_a_problem(shelf, run):
    Occurrence.objects.filter(repo=shelf.repo, path="a/b/c.txt").delete()

    _, lines = run("fsck", "--quick")

    assert (
        f"revision {shelf.revision.sha1}: it is not written down that these blobs occur here: “a/b/c.txt”"
        in _problems(lines)
    )


def test_a_change_whose_head_is_not_its_ref_is_a_problem(shelf, run):
    Change.objects.filter(pk=shelf.change.pk).update(head=shelf.revision)

    _, lines = run("fsck", "--quick")

    assert _problems(lines) == ["change 1: its head is not where refs/pr/1 leads"]


def test_names_that_lead_into_another_repo_are_problems(shelf, run):
    other = make_repo("other", owner=shelf.owner)
    stranger = Revision.objects.get(repo=other)
    Ref.objects.filter(repo=shelf.repo, name="main").update(revision=stranger)
    Version.objects.filter(repo=shelf.repo, number=1).update(revision=stranger)

    _, lines = run("fsck", "--quick")

    assert _problems(lines) == [
        "ref main: it leads to another repo’s revision",
        "version 1: it leads to another repo’s revision",
    ]


def test_a_repo_without_main_is_a_problem(shelf, run):
    Ref.objects.filter(repo=shelf.repo, name="main").delete()

    code, lines = run("fsck", "--quick")

    assert code == 1
    assert "it has no ref called main" in lines[0]


def test_bytes_that_no_blob_has_are_leftovers_and_no_problem(shelf, run):
    Blob.objects.filter(pk=send(b"forgotten", actor=acting(shelf.owner)).pk).delete()

    code, lines = run("fsck")

    assert code == 0
    assert lines[0].startswith("leftover: blobs/sha256/")
    assert "9 bytes that belong to no blob" in lines[0]
    assert lines[1].endswith("0 problems, 1 leftovers")


def test_staging_files_are_leftovers_once_no_upload_could_need_them(shelf, run):
    staging.append("fresh", offset=0, chunks=[b"x"], limit=1)
    staging.append("stale", offset=0, chunks=[b"x"], limit=1)
    long_ago = time.time() - settings.UPLOAD_EXPIRY.total_seconds() - 60
    os.utime(staging.staged_path("stale"), (long_ago, long_ago))

    _, lines = run("fsck")

    assert [line for line in lines if line.startswith("leftover")] == [
        "leftover: staging/stale: it belongs to no upload. The hub removes it by itself once an hour while it runs."
    ]


def test_the_number_of_queries_does_not_grow_with_the_files_of_a_revision(shelf, run):
    with CaptureQueriesContext(connection) as few:
        run("fsck", "--quick")
    revision = commit_files(
        shelf.repo, {f"d/{n}.txt": str(n).encode() for n in range(40)}, by=shelf.owner
    )
    with CaptureQueriesContext(connection) as many:
        run("fsck", "--quick")

    assert revision.file_count > 40
    assert len(many) - len(few) < 10


def _write(shelf, blob: Blob, content: bytes) -> None:
    path = shelf.path_of(blob)
    path.chmod(0o640)
    path.write_bytes(content)


def _quarantine_without_moving(blob: Blob) -> None:
    """What a crash between the commit and the move leaves (in a test nothing is committed, so nothing moves)."""
    record_verdict(blob, verdict=Verdict.DANGEROUS, ruleset="r1", actor=SYSTEM)


def _problems(lines: list[str]) -> list[str]:
    """Where and what, without the repo's name and the advice."""
    found = [line.removeprefix("problem: ") for line in lines if line.startswith("problem: ")]
    return [
        line.rsplit(". ", 1)[0].replace(line[line.index(" of ada/") : line.index("): ") + 1], "", 1)
        for line in found
    ]
