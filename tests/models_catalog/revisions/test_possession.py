"""Naming a digest in a commit is no way around the three questions of a download."""

from __future__ import annotations

import pytest

from accounts.users.models import User
from hub.core.actor import Actor
from hub.core.errors import Forbidden
from models_catalog.repos.actions import change_settings, withdraw_repo
from models_catalog.repos.models import Repo
from models_catalog.revisions.actions import commit
from models_catalog.revisions.models import Revision
from models_catalog.revisions.operations import AddFile
from models_catalog.revisions.queries import file_of, files_of, head_of
from models_catalog.storage.models import Verdict
from models_catalog.versions.models import Version, VersionState
from tests.factories.models import (
    commit_files,
    judge,
    judge_all,
    make_repo,
    propose,
    release,
    send,
)
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def grace():
    return make_user("grace")


@pytest.fixture
def organization():
    return make_organization("savanna", make_user("owner"))


def _take(digest: str, *, by: User) -> Revision:
    """A commit of these bytes in a model of one's own, by their digest alone."""
    repo = Repo.objects.filter(namespace=by.namespace).first() or make_repo("mine", owner=by)
    actor: Actor = acting(by)
    work = [AddFile("w.bin", digest)]
    return commit(repo, ref="main", operations=work, message="m", actor=actor)


def _published(owner: User, *, verdict: Verdict = Verdict.SAFE) -> tuple[Repo, str]:
    """An open model, and the digest of its file."""
    repo = make_repo("open", owner=owner)
    revision = commit_files(repo, {"w.bin": b"public weights"}, by=owner)
    judge_all(revision)
    judge(revision, "w.bin", verdict)
    return repo, files_of(revision)["w.bin"].sha256


def test_knowing_a_digest_is_not_having_the_bytes(ada, grace):
    secret = send(b"secret weights", actor=acting(grace))

    with pytest.raises(Forbidden, match="has not received"):
        _take(secret.sha256, by=ada)


def test_bytes_that_one_may_read_elsewhere_may_be_committed(ada, grace):
    _, digest = _published(grace)

    revision = _take(digest, by=ada)

    assert file_of(revision, "w.bin").sha256 == digest


@pytest.mark.parametrize("verdict", [Verdict.PENDING, Verdict.ERROR, Verdict.DANGEROUS])
def test_bytes_that_are_held_back_from_readers_are_not_to_be_had_by_a_commit(ada, grace, verdict):
    _, digest = _published(grace, verdict=verdict)

    with pytest.raises(Forbidden, match="has not received"):
        _take(digest, by=ada)


def test_bytes_behind_terms_are_not_to_be_had_by_a_commit(ada, grace):
    repo, digest = _published(grace)
    change_settings(
        repo, visibility="public", gating="terms", gating_terms="Be kind.", actor=acting(grace)
    )

    with pytest.raises(Forbidden, match="has not received"):
        _take(digest, by=ada)


def test_bytes_of_a_withdrawn_model_are_not_to_be_had_by_a_commit(ada, grace):
    repo, digest = _published(grace)
    withdraw_repo(repo, reason="Leaked names", actor=acting(grace))

    with pytest.raises(Forbidden, match="has not received"):
        _take(digest, by=ada)


def test_bytes_of_a_withdrawn_version_are_not_to_be_had_by_a_commit(ada, grace):
    repo, digest = _published(grace)
    version = release(repo, _main(repo), by=grace, approvals=0)
    Version.objects.filter(pk=version.pk).update(state=VersionState.WITHDRAWN)

    with pytest.raises(Forbidden, match="has not received"):
        _take(digest, by=ada)


def test_bytes_of_a_released_version_may_be_committed(ada, grace):
    repo, digest = _published(grace)
    release(repo, _main(repo), by=grace, approvals=0)

    revision = _take(digest, by=ada)

    assert file_of(revision, "w.bin").sha256 == digest


def test_bytes_of_an_unreleased_change_are_not_to_be_had_by_a_commit(ada, organization):
    owner = organization.created_by
    repo = make_repo("reviewed", owner=owner, organization=organization)
    release(repo, _main(repo), by=owner)
    change = propose(repo, {"w.bin": b"next year's weights"}, by=owner)
    judge_all(change.head)
    digest = files_of(change.head)["w.bin"].sha256

    with pytest.raises(Forbidden, match="has not received"):
        _take(digest, by=ada)


def test_those_who_work_on_a_model_may_commit_its_bytes_elsewhere(ada, organization):
    owner = organization.created_by
    repo = make_repo("reviewed", owner=owner, organization=organization)
    change = propose(repo, {"w.bin": b"next year's weights"}, by=owner)
    add_member(organization, ada)

    revision = _take(files_of(change.head)["w.bin"].sha256, by=ada)

    assert "w.bin" in files_of(revision)


def test_a_token_that_does_not_reach_a_model_does_not_reach_its_bytes(ada, grace, organization):
    owner = organization.created_by
    repo = make_repo("reviewed", owner=owner, organization=organization)
    change = propose(repo, {"w.bin": b"weights"}, by=add_member(organization, grace))
    digest = files_of(change.head)["w.bin"].sha256
    mine = make_repo("mine", owner=owner)
    actor = acting(owner)
    token = type(actor)(user=owner, means=actor.means, namespaces=frozenset({owner.namespace_id}))

    with pytest.raises(Forbidden, match="has not received"):
        commit(mine, ref="main", operations=[AddFile("w", digest)], message="m", actor=token)


def _main(repo: Repo) -> Revision:
    head = head_of(repo, "main")
    assert head is not None
    return head
