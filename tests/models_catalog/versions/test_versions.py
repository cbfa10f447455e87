from __future__ import annotations

import pytest

from hub.core.actor import ANONYMOUS
from hub.core.errors import Conflict, Gone, Invalid, NotFound
from models_catalog.repos.actions import protect_repos, withdraw_repo
from models_catalog.revisions.queries import head_of
from models_catalog.versions.actions import propose_version, reject_version, release_unreviewed
from models_catalog.versions.models import Version, VersionState
from models_catalog.versions.queries import get_revision, get_version
from tests.factories.models import commit_files, make_repo, propose
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def repo(ada):
    return make_repo("mine", owner=ada)


@pytest.fixture
def revision(repo, ada):
    return commit_files(repo, {"a.txt": b"a"}, by=ada)


def test_a_released_version_is_found_by_number_label_and_commit(repo, revision, ada):
    release_unreviewed(repo, revision=revision, label="1.0.0", actor=acting(ada))

    for name in ("v1", "1.0.0", revision.sha1, "main", "refs/heads/main"):
        assert get_revision(repo, name, actor=ANONYMOUS) == revision


@pytest.mark.parametrize("name", ["v2", "2.0.0", "0" * 40, "", "ma\0in", "\ud800", "refs/pr/1"])
def test_what_names_nothing_is_not_found(repo, revision, name):
    with pytest.raises(NotFound):
        get_revision(repo, name, actor=ANONYMOUS)


@pytest.mark.parametrize(
    "label", ["v2", "v10", "ab" * 20, "main", "refs.1", "a b", "a/b", "x" * 61, "1\0"]
)
def test_a_label_that_could_mean_something_else_is_refused(repo, ada, label):
    with pytest.raises(Invalid) as refusal:
        propose_version(repo, label=label, actor=acting(ada))

    assert refusal.value.field == "label"
    assert not Version.objects.exists()


def test_a_label_is_used_once(repo, revision, ada):
    release_unreviewed(repo, revision=revision, label="1.0.0", actor=acting(ada))

    with pytest.raises(Conflict, match=r"1\.0\.0"):
        propose_version(repo, label="1.0.0", actor=acting(ada))

    assert propose_version(repo, actor=acting(ada)).number == 2


def test_a_number_is_never_used_again(repo, ada):
    reject_version(propose_version(repo, actor=acting(ada)), actor=acting(ada))

    assert propose_version(repo, actor=acting(ada)).number == 2


def test_the_same_files_are_not_released_twice(repo, revision, ada):
    release_unreviewed(repo, revision=revision, actor=acting(ada))

    with pytest.raises(Conflict, match="nothing new"):
        release_unreviewed(repo, revision=revision, actor=acting(ada))


def test_a_release_that_was_begun_before_a_review_was_required_is_refused(repo, revision, ada):
    protect_repos(repo.namespace)

    with pytest.raises(Invalid, match="is reviewed"):
        release_unreviewed(repo, revision=revision, actor=acting(ada))

    assert not Version.objects.exists()


def test_nothing_is_released_from_a_withdrawn_model(repo, revision, ada):
    stale = type(repo).objects.get(pk=repo.pk)
    withdraw_repo(repo, reason="Leaked names", actor=acting(ada))

    with pytest.raises(Gone):
        release_unreviewed(stale, revision=revision, actor=acting(ada))


def test_readers_keep_main_when_a_released_model_is_put_under_review(repo, revision, ada):
    release_unreviewed(repo, revision=revision, actor=acting(ada))
    newer = commit_files(repo, {"b.txt": b"b"}, by=ada)
    protect_repos(repo.namespace)
    repo.refresh_from_db()
    change = propose(repo, {"c.txt": b"c"}, by=ada)

    assert get_revision(repo, "main", actor=ANONYMOUS) == newer == head_of(repo, "main")
    for name in (change.ref_name, change.head.sha1):
        with pytest.raises(NotFound):
            get_revision(repo, name, actor=ANONYMOUS)


def test_readers_of_a_reviewed_model_see_no_proposed_version(repo, revision, ada):
    release_unreviewed(repo, revision=revision, actor=acting(ada))
    protect_repos(repo.namespace)
    repo.refresh_from_db()
    proposed = propose(repo, {"c.txt": b"c"}, by=ada).version

    assert get_version(repo, proposed.number, actor=acting(ada)).state == VersionState.PROPOSED
    with pytest.raises(NotFound):
        get_version(repo, proposed.number, actor=ANONYMOUS)
    with pytest.raises(NotFound):
        get_version(repo, 10**30, actor=ANONYMOUS)
