"""What two people do to one model at the same moment, each with a connection of their own."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from hub.core.actor import ANONYMOUS
from hub.core.errors import Conflict, Forbidden, Gone, Moved
from models_catalog.downloads.actions import open_file
from models_catalog.lifecycle.actions import (
    delete_repo,
    purge_repo,
    recall_blob,
    rename_repo,
    transfer_repo,
)
from models_catalog.repos.models import FormerName, Repo
from models_catalog.repos.queries import get_repo
from models_catalog.revisions.actions import commit
from models_catalog.revisions.models import Revision
from models_catalog.storage.models import Blob, BlobState
from models_catalog.storage.places import key_of
from models_catalog.storage.store import store
from models_catalog.versions.actions import release_unreviewed
from models_catalog.versions.models import Version
from tests.factories.models import additions, commit_files, judge_all, make_repo, release, send
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite has one writer: its transaction is the lock.",
    ),
]
BYTES = b"what nobody should have"
SHA256 = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def savanna():
    return make_organization("savanna", preset="open")


@pytest.fixture
def ada(savanna):
    return add_member(savanna, make_user("ada"), "maintainer")


@pytest.fixture
def ben(savanna):
    return add_member(savanna, make_user("ben"), "maintainer")


@pytest.fixture
def repo(ada, savanna):
    return make_repo("first", owner=ada, organization=savanna)


def _of(kind, done):
    return [each for each in done if isinstance(each, kind)]


def test_of_two_models_renamed_to_one_name_one_gets_it(outcomes, repo, ada, savanna):
    other = make_repo("other", owner=ada, organization=savanna)

    done = outcomes(
        lambda: rename_repo(repo, name="wanted", actor=acting(ada)),
        lambda: rename_repo(other, name="Wanted", actor=acting(ada)),
        lambda: make_repo("wanted", owner=ada, organization=savanna),
    )

    assert len(_of(Repo, done)) == 1
    assert len(_of(Conflict, done)) == 2


def test_a_name_is_not_given_out_while_its_model_leaves_it(outcomes, repo, ada, savanna):
    outcomes(
        lambda: rename_repo(repo, name="second", actor=acting(ada)),
        lambda: make_repo("first", owner=ada, organization=savanna),
    )

    with pytest.raises(Moved):
        get_repo(namespace="savanna", name="first", actor=ANONYMOUS)
    assert FormerName.objects.get().repo == repo


def test_what_is_pushed_while_a_model_moves_arrives_in_it(outcomes, repo, ada):
    operations = additions({"a.txt": b"a"}, actor=acting(ada))

    done = outcomes(
        lambda: transfer_repo(repo, namespace=ada.namespace, actor=acting(ada)),
        lambda: commit(repo, ref="main", operations=operations, message="m", actor=acting(ada)),
    )

    assert len(_of(Repo, done)) == len(_of(Revision, done)) == 1
    assert Repo.objects.get(pk=repo.pk).full_name == "ada/first"


def test_nothing_is_released_in_a_model_that_is_being_deleted(
    at_once, until_somebody_waits, repo, ada
):
    revision = commit_files(repo, {"a.txt": b"a"}, by=ada)
    with transaction.atomic():
        delete_repo(repo, reason="Twice.", actor=acting(ada))
        released = at_once(lambda: release_unreviewed(repo, revision=revision, actor=acting(ada)))
        until_somebody_waits()

    with pytest.raises(Gone, match=r"Twice\."):
        released.result()
    assert not Version.objects.filter(repo=repo).exists()


def test_of_two_who_purge_at_once_one_does(outcomes, repo, ada, ben, savanna):
    eve = add_member(savanna, make_user("eve"), "maintainer")
    release(repo, commit_files(repo, {"a.txt": b"a"}, by=ada), by=ada)
    deleted = delete_repo(repo, reason="Twice.", actor=acting(ada))
    Repo.objects.update(deleted_at=timezone.now() - timedelta(days=40))

    done = outcomes(
        lambda: purge_repo(deleted, reason="Over.", actor=acting(ben)),
        lambda: purge_repo(deleted, reason="Over.", actor=acting(eve)),
    )

    assert len(_of(Repo, done)) == len(_of((Gone, Forbidden), done)) == 1
    assert not Revision.objects.filter(repo=repo).exists()


def test_bytes_that_are_sent_while_they_are_recalled_stay_out_of_reach(outcomes, ada):
    guard = make_user("guard", is_instance_security=True)

    outcomes(
        lambda: recall_blob(SHA256, reason="A court.", actor=acting(guard)),
        *[lambda: send(BYTES, actor=acting(ada))] * 2,
    )

    blob = Blob.objects.get(sha256=SHA256)
    assert blob.recalled_at is not None
    assert blob.state in (BlobState.QUARANTINED, BlobState.DELETED)
    assert store().size(key_of(SHA256, BlobState.STORED)) is None


def test_after_a_recall_no_door_opens_however_many_ask(outcomes, repo, ada):
    guard = make_user("guard", is_instance_security=True)
    judge_all(commit_files(repo, {"a.bin": BYTES}, by=ada))

    outcomes(
        lambda: recall_blob(SHA256, reason="A court.", actor=acting(guard)),
        *[lambda: open_file(repo, "main", "a.bin", actor=ANONYMOUS)] * 3,
    )

    with pytest.raises(Gone):
        open_file(repo, "main", "a.bin", actor=ANONYMOUS)
