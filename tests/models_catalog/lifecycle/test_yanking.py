import pytest

from hub.core.actor import ANONYMOUS
from hub.core.errors import Conflict, Gone, Invalid
from models_catalog.downloads.actions import open_file
from models_catalog.lifecycle.actions import (
    archive_repo,
    deprecate_repo,
    unarchive_repo,
    undeprecate_repo,
    unyank_version,
    withdraw_version,
    yank_version,
)
from models_catalog.lifecycle.reasons import StillNeeded
from models_catalog.revisions.queries import files_of
from models_catalog.stages.actions import set_alias
from models_catalog.versions.models import VersionState
from models_catalog.versions.queries import newest_version
from tests.factories.models import commit_files, judge_all, make_repo, release
from tests.factories.people import acting, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def repo(ada):
    return make_repo(owner=ada)


@pytest.fixture
def versions(repo, ada):
    made = []
    for text in (b"one", b"two"):
        revision = commit_files(repo, {"a.txt": text}, by=ada, message=text.decode())
        judge_all(revision)
        made.append(release(repo, revision, by=ada))
    return made


def test_a_yanked_version_is_nobodys_newest_and_still_had_by_its_number(repo, versions, ada):
    one, two = versions

    yank_version(two, reason="It is slow.", actor=acting(ada))

    assert newest_version(repo) == one
    assert open_file(repo, "v2", "a.txt", actor=ANONYMOUS).entry.size == 3


def test_yanking_can_be_taken_back(repo, versions, ada):
    two = yank_version(versions[1], reason="It is slow.", actor=acting(ada))

    unyank_version(two, reason="It was the weather.", actor=acting(ada))

    assert newest_version(repo) == two
    with pytest.raises(Conflict):
        unyank_version(two, reason="Again.", actor=acting(ada))


def test_a_withdrawn_version_is_gone_with_the_reason(repo, versions, ada):
    withdraw_version(versions[0], reason="It mixes up two languages.", actor=acting(ada))

    with pytest.raises(Gone, match=r"v1 was withdrawn by ada on .*It mixes up two languages"):
        open_file(repo, "v1", "a.txt", actor=ANONYMOUS)
    assert open_file(repo, "v2", "a.txt", actor=ANONYMOUS).entry.size == 3


def test_a_version_in_use_is_withdrawn_only_by_somebody_who_says_they_know(repo, versions, ada):
    set_alias(repo, "champion", versions[1], actor=acting(ada), expected=None)

    with pytest.raises(StillNeeded) as refused:
        withdraw_version(versions[1], reason="It is wrong.", actor=acting(ada))
    gone = withdraw_version(
        versions[1], reason="It is wrong.", though_needed=True, actor=acting(ada)
    )

    assert refused.value.reasons == ("v2 is called “champion”.",)
    assert gone.state == VersionState.WITHDRAWN


def test_a_deprecated_model_works_as_before(repo, versions, ada):
    better = make_repo("better", owner=ada)

    deprecated = deprecate_repo(repo, reason="Old.", successor=better, actor=acting(ada))

    assert (deprecated.deprecated_reason, deprecated.successor) == ("Old.", better)
    assert open_file(repo, "v2", "a.txt", actor=ANONYMOUS).entry.size == 3
    assert undeprecate_repo(deprecated, actor=acting(ada)).successor is None


def test_no_model_succeeds_itself(repo, ada):
    with pytest.raises(Invalid):
        deprecate_repo(repo, reason="Old.", successor=repo, actor=acting(ada))


def test_an_archived_model_is_read_as_before_until_it_is_unarchived(repo, versions, ada):
    archive_repo(repo, actor=acting(ada))

    assert open_file(repo, "v2", "a.txt", actor=ANONYMOUS).entry.size == 3
    with pytest.raises(Conflict, match="archived"):
        commit_files(repo, {"b.txt": b"b"}, by=ada)
    unarchive_repo(repo, actor=acting(ada))
    assert "b.txt" in files_of(commit_files(repo, {"b.txt": b"b"}, by=ada))
