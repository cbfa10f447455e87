from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from governance.audit.models import AuditEvent
from hub.core.actor import SYSTEM
from hub.core.errors import Conflict, Forbidden
from models_catalog.integrity.collection import collect_garbage
from models_catalog.revisions.actions import Work, commit, prepare_revision, store_draft
from models_catalog.revisions.operations import AddFile
from models_catalog.revisions.queries import files_of, head_of
from models_catalog.storage.actions import mark_deleted, record_verdict
from models_catalog.storage.models import Blob, BlobReceipt, BlobState, Verdict
from models_catalog.storage.queries import local_path, open_blob
from models_catalog.uploads.models import Upload, UploadFile
from tests.factories.models import make_repo, send
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def actor():
    return acting(make_user("grace"))


def _path(blob: Blob) -> Path:
    path = local_path(blob)
    assert path is not None
    return path


def _age(*blobs: Blob) -> None:
    """Let the blobs have been sent longer ago than the grace period."""
    then = timezone.now() - settings.BLOB_GRACE - timedelta(hours=1)
    for blob in blobs:
        Blob.objects.filter(pk=blob.pk).update(created_at=then)
        BlobReceipt.objects.filter(blob=blob).update(received_at=then)
        os.utime(_path(blob), (then.timestamp(), then.timestamp()))


def test_what_nothing_reaches_is_measured_and_not_deleted_unless_told(shelf, run, actor):
    blob = send(b"nobody wants this", actor=actor)
    _age(blob, shelf.weights)

    code, lines = run("collect_garbage")

    assert (code, lines) == (
        0,
        ["collect_garbage: 1 blobs, 17 B can be freed; --no-dry-run does it"],
    )
    assert shelf.path_of(blob).exists()


def test_what_nothing_reaches_is_deleted_and_the_bytes_are_freed(shelf, run, actor):
    blob = send(b"nobody wants this", actor=actor)
    path = shelf.path_of(blob)
    _age(blob, shelf.weights)

    _, lines = run("collect_garbage", "--no-dry-run")

    assert lines == ["collect_garbage: 1 blobs, 17 B freed"]
    assert not path.exists()
    assert Blob.objects.get(pk=blob.pk).state == BlobState.DELETED
    assert AuditEvent.objects.filter(name="blob:deleted", subject=f"blob:{blob.sha256}").exists()
    assert run("fsck")[1][-1].endswith("0 problems, 0 leftovers")


def test_what_was_sent_lately_is_kept(own_store, actor):
    blob = send(b"sent again today", actor=actor)
    _age(blob)
    send(b"sent again today", actor=actor)

    assert collect_garbage(actor=SYSTEM).objects == 0
    assert Blob.objects.get(pk=blob.pk).state == BlobState.STORED


def test_what_an_upload_holds_is_kept(shelf, actor):
    blob = send(b"on its way", actor=actor)
    upload = Upload.objects.create(repo=shelf.repo, user=actor.user)
    UploadFile.objects.create(upload=upload, path="a", size=blob.size, blob=blob)
    _age(blob)

    assert collect_garbage(actor=SYSTEM).objects == 0


def test_what_a_revision_holds_is_kept_however_old(shelf):
    _age(*Blob.objects.all())

    assert collect_garbage(actor=SYSTEM).objects == 0


def test_dangerous_bytes_are_kept_as_evidence(own_store, actor, django_capture_on_commit_callbacks):
    blob = send(b"evil", actor=actor)
    with django_capture_on_commit_callbacks(execute=True):
        record_verdict(blob, verdict=Verdict.DANGEROUS, ruleset="r1", actor=SYSTEM)
    _age(Blob.objects.get(pk=blob.pk))

    assert collect_garbage(actor=SYSTEM).objects == 0


def test_bytes_without_a_blob_are_freed_after_the_grace_period(own_store, actor):
    old, new = send(b"old and forgotten", actor=actor), send(b"just arrived", actor=actor)
    _age(old)
    Blob.objects.all().delete()

    garbage = collect_garbage(actor=SYSTEM)

    assert (garbage.objects, garbage.size) == (1, 17)
    assert (_path(old).exists(), _path(new).exists()) == (False, True)
    assert not Blob.objects.exists()


def test_a_deletion_that_a_crash_cut_short_is_finished(own_store, actor):
    blob = send(b"half deleted", actor=actor)
    _age(blob)
    mark_deleted(Blob.objects.get(pk=blob.pk), actor=SYSTEM)

    assert collect_garbage(actor=SYSTEM).size == 12
    assert not _path(blob).exists()


def test_deleted_bytes_may_be_sent_again(own_store, actor):
    blob = send(b"second thoughts", actor=actor)
    _age(blob)
    collect_garbage(actor=SYSTEM)

    again = send(b"second thoughts", actor=actor)

    assert again.pk == blob.pk
    with open_blob(again) as file:
        assert file.read() == b"second thoughts"


def test_deleted_bytes_cannot_be_committed_by_their_digest(shelf, actor):
    mine = acting(shelf.owner)
    blob = send(b"sent long ago", actor=mine)
    _age(blob)
    collect_garbage(actor=SYSTEM)

    with pytest.raises(Forbidden, match="Upload the file first"):
        commit(
            shelf.repo,
            ref="main",
            operations=[AddFile("x", blob.sha256)],
            message="m",
            actor=mine,
        )


def test_a_commit_that_names_bytes_which_were_deleted_meanwhile_is_a_conflict(shelf):
    mine, head = acting(shelf.owner), head_of(shelf.repo, "main")
    blob = send(b"sent long ago", actor=mine)
    _age(blob)
    work = Work([AddFile("x", blob.sha256)], "m")
    draft = prepare_revision(base=head, work=work, actor=mine)
    collect_garbage(actor=SYSTEM)

    with pytest.raises(Conflict, match="Upload"):
        store_draft(shelf.repo, draft, ref="main", expected=head, actor=mine)

    assert head_of(shelf.repo, "main") == head


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_a_commit_that_has_named_the_bytes_keeps_them(at_once, until_somebody_waits, own_store):
    owner = make_user("ada")
    repo, mine = make_repo("mine", owner=owner), acting(owner)
    blob, head = send(b"named just in time", actor=mine), head_of(repo, "main")
    _age(blob)
    draft = prepare_revision(base=head, work=Work([AddFile("x", blob.sha256)], "m"), actor=mine)

    with transaction.atomic():
        revision = store_draft(repo, draft, ref="main", expected=head, actor=mine)
        collecting = at_once(lambda: collect_garbage(actor=SYSTEM))
        until_somebody_waits()

    assert collecting.result().objects == 0
    assert files_of(revision)["x"].blob_id == blob.pk
    assert _path(Blob.objects.get(pk=blob.pk)).exists()
