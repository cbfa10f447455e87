from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.core.actor import ANONYMOUS
from models_catalog.downloads.actions import count_download
from models_catalog.downloads.models import Downloader
from tests.factories.models import commit_files, judge_all, make_repo, release
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def repo(ada):
    return make_repo(owner=ada)


def test_who_fetches_a_version_is_kept_with_it(repo, ada, client):
    revision = commit_files(repo, {"a.bin": b"a"}, by=ada)
    judge_all(revision)
    version = release(repo, revision, by=ada)
    grace = make_user("grace")
    client.force_login(grace)

    answer = client.get(f"/{repo.full_name}/resolve/main/a.bin")
    assert b"".join(answer.streaming_content) == b"a"

    kept = Downloader.objects.get()
    assert (kept.user, kept.version, kept.repo) == (grace, version, repo)


def test_a_thousand_files_of_a_day_are_written_once(repo, ada):
    revision = commit_files(repo, {"a.bin": b"a"}, by=ada)
    count_download(repo, revision, actor=acting(ada))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        count_download(repo, revision, actor=acting(ada))

    assert [each for each in queries.captured_queries if "downloader" in each["sql"]] == []
    assert Downloader.objects.count() == 1


def test_another_day_moves_the_date(repo, ada):
    revision = commit_files(repo, {"a.bin": b"a"}, by=ada)
    count_download(repo, revision, actor=acting(ada))
    kept = Downloader.objects.get()
    Downloader.objects.update(last_at=kept.last_at - timedelta(days=3))
    cache.clear()

    count_download(repo, revision, actor=acting(ada))

    assert Downloader.objects.get().last_at == kept.last_at


def test_each_version_is_kept_for_itself(repo, ada):
    for number in (1, 2):
        revision = commit_files(repo, {"a.bin": bytes([number])}, by=ada)
        release(repo, revision, by=ada)
        count_download(repo, revision, actor=acting(ada))

    assert Downloader.objects.exclude(version=None).count() == 2


def test_strangers_leave_no_trace(repo, ada):
    revision = commit_files(repo, {"a.bin": b"a"}, by=ada)

    count_download(repo, revision, actor=ANONYMOUS)

    assert not Downloader.objects.exists()
