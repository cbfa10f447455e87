from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from accounts.authz.policy import Role
from governance.audit.models import AuditEvent
from hub.core.actor import ANONYMOUS, SYSTEM
from hub.core.errors import Conflict, DomainError, Forbidden, Gone, Invalid, NotFound
from hub.core.jobs.models import Job
from models_catalog.cards.actions import render_card
from models_catalog.changes.actions import add_comment, open_discussion
from models_catalog.integrity.collection import collect_garbage
from models_catalog.lifecycle.actions import delete_repo, purge_repo, restore_repo
from models_catalog.lifecycle.actions.purging import _belonging
from models_catalog.lifecycle.queries import deleted_repos, get_deleted_repo
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import get_repo
from models_catalog.revisions.queries import files_of
from models_catalog.search.actions import refresh
from models_catalog.search.models import SearchRow
from models_catalog.stages.actions import set_alias
from models_catalog.storage.models import Blob, BlobReceipt, BlobState
from tests.factories.models import commit_files, judge_all, make_repo, propose, release
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=1)


@pytest.fixture
def savanna():
    return make_organization("savanna", preset="open")


@pytest.fixture
def ada(savanna):
    return add_member(savanna, make_user("ada"), Role.MAINTAINER)


@pytest.fixture
def ben(savanna):
    return add_member(savanna, make_user("ben"), Role.MAINTAINER)


@pytest.fixture
def repo(ada, savanna):
    repo = make_repo("first", owner=ada, organization=savanna)
    revision = commit_files(repo, {"README.md": b"# First\n", "w.bin": b"only here"}, by=ada)
    judge_all(revision)
    return repo


def _deleted(repo, by, *, days=settings.REPO_GRACE.days + 1):
    delete_repo(repo, reason="A mistake.", actor=acting(by))
    then = timezone.now() - timedelta(days=days)
    Repo.objects.filter(pk=repo.pk).update(deleted_at=then)
    return Repo.objects.get(pk=repo.pk)


def test_a_deleted_model_is_gone_for_readers_and_listed_for_its_managers(repo, ada, savanna):
    delete_repo(repo, reason="A mistake.", actor=acting(ada))

    with pytest.raises(Gone, match=r"A mistake\."):
        get_repo(namespace="savanna", name="first", actor=ANONYMOUS)
    assert list(deleted_repos(savanna.namespace, actor=acting(ada))) == [repo]
    with pytest.raises(Forbidden):
        deleted_repos(savanna.namespace, actor=acting(make_user("eve")))


def test_restoring_brings_it_back_as_it_was(repo, ada):
    deleted = delete_repo(repo, reason="A mistake.", actor=acting(ada))

    restore_repo(deleted, actor=acting(ada))

    assert get_repo(namespace="savanna", name="first", actor=ANONYMOUS) == repo
    assert "more.txt" in files_of(commit_files(repo, {"more.txt": b"more"}, by=ada))


def test_the_name_of_a_deleted_model_stays_taken(repo, ada, savanna):
    delete_repo(repo, reason="A mistake.", actor=acting(ada))

    with pytest.raises(Conflict):
        make_repo("first", owner=ada, organization=savanna)


def test_deleting_needs_a_reason_and_the_right(repo, ada):
    with pytest.raises(Invalid):
        delete_repo(repo, reason=" ", actor=acting(ada))
    with pytest.raises(Forbidden):
        delete_repo(repo, reason="Because.", actor=acting(make_user("eve")))


def test_a_deleted_model_cannot_be_purged_while_it_can_be_restored(repo, ada, ben):
    deleted = _deleted(repo, ada, days=settings.REPO_GRACE.days - 1)

    with pytest.raises(Conflict, match="can be restored until"):
        purge_repo(deleted, reason="Over.", actor=acting(ben))


def test_who_deleted_it_cannot_purge_it(repo, ada):
    deleted = _deleted(repo, ada)

    with pytest.raises(Forbidden, match="somebody else has to purge it"):
        purge_repo(deleted, reason="Over.", actor=acting(ada))
    assert Repo.objects.get(pk=repo.pk).purged_at is None


def test_an_administrator_of_the_hub_may_be_the_second_person(repo, ada):
    root = make_user("root-of-all", is_superuser=True)

    assert purge_repo(_deleted(repo, ada), reason="Over.", actor=acting(root)).purged_at


def test_a_purge_leaves_nothing_but_a_tombstone(repo, ada, ben, savanna):
    change = propose(repo, {"b.bin": b"proposed"}, by=ada)
    thread = open_discussion(repo, title="Hello", body="There", actor=acting(ben))
    add_comment(thread, body="Yes", actor=acting(ada))
    version = release(repo, change.head, by=ada)
    deleted = _deleted(repo, ada)
    refresh(repo.pk)

    purged = purge_repo(deleted, reason="Over.", actor=acting(ben))

    left = {
        model.__name__: model._default_manager.filter(**{path: repo.pk}).count()
        for model, paths in _belonging().items()
        for path in paths
    }
    assert version.number == 2
    assert {name: count for name, count in left.items() if count} == {}
    assert not SearchRow.objects.filter(pk=repo.pk).exists()
    with pytest.raises(Gone, match=r"deleted for good by ben on .*: Over\."):
        get_repo(namespace="savanna", name="first", actor=ANONYMOUS)
    with pytest.raises(Conflict):
        make_repo("first", owner=ada, organization=savanna)
    with pytest.raises(Gone):
        restore_repo(purged, actor=acting(ada))


def test_the_bytes_that_no_other_model_holds_are_freed(repo, ada, ben, savanna):
    other = make_repo("other", owner=ada, organization=savanna)
    commit_files(other, {"README.md": b"# First\n"}, by=ada)
    purge_repo(_deleted(repo, ada), reason="Over.", actor=acting(ben))
    then = timezone.now() - settings.BLOB_GRACE - timedelta(hours=1)
    Blob.objects.update(created_at=then)
    BlobReceipt.objects.update(received_at=then)
    settings_grace, settings.BLOB_GRACE = settings.BLOB_GRACE, timedelta(0)
    try:
        collect_garbage(actor=SYSTEM)
    finally:
        settings.BLOB_GRACE = settings_grace

    states = {blob.size: blob.state for blob in Blob.objects.filter(size__in=[8, 9])}
    assert states == {8: BlobState.STORED, 9: BlobState.DELETED}


def test_the_store_and_the_record_are_whole_after_a_purge(repo, ada, ben):
    purge_repo(_deleted(repo, ada), reason="Over.", actor=acting(ben))
    Job.objects.all().delete()

    for command in ("fsck", "verify_audit"):
        call_command(command, stdout=StringIO())
    assert AuditEvent.objects.filter(name="repo:purged", repo_id=repo.pk).count() == 1


def test_a_model_that_others_were_made_from_is_not_purged(repo, ada, ben, savanna):
    child = make_repo("child", owner=ada, organization=savanna)
    card = b"---\nbase_model: savanna/first\n---\n# Child\n"
    judge_all(commit_files(child, {"README.md": card}, by=ada))
    for occurrence in child.occurrences.filter(path="README.md"):
        render_card(occurrence.blob, actor=SYSTEM)
    refresh(child.pk)

    with pytest.raises(Conflict, match=r"1 other model says .* \(savanna/child\)"):
        purge_repo(_deleted(repo, ada), reason="Over.", actor=acting(ben))


def test_a_model_with_a_version_in_use_is_not_purged(repo, ada, ben):
    version = release(repo, repo.refs.get(name="main").revision, by=ada)
    set_alias(repo, "champion", version, actor=acting(ada), expected=None)

    with pytest.raises(Conflict, match="is called “champion”"):
        purge_repo(_deleted(repo, ada), reason="Over.", actor=acting(ben))


def test_strangers_learn_nothing_of_what_is_deleted(repo, ada):
    deleted = delete_repo(repo, reason="A mistake.", actor=acting(ada))

    with pytest.raises(DomainError) as refused:
        get_deleted_repo(deleted.public_id, actor=acting(make_user("eve")))
    assert isinstance(refused.value, NotFound | Forbidden)
