"""Versions made at the same moment, each with a connection of its own."""

from __future__ import annotations

import pytest
from django.db import connection

from hub.core.errors import Conflict
from models_catalog.versions.actions import (
    propose_version,
    release_unreviewed,
)
from models_catalog.versions.models import Version
from tests.factories.models import commit_files, make_repo
from tests.factories.people import acting, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite has one writer: its transaction is the lock.",
    ),
]


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def repo(owner):
    return make_repo("mine", owner=owner)


def test_a_label_used_twice_at_once_is_used_once(outcomes, repo, owner):
    actor = acting(owner)

    done = outcomes(*[lambda: propose_version(repo, label="1.0.0", actor=actor)] * 3)

    assert sorted(isinstance(each, Conflict) for each in done) == [False, True, True]


def test_the_same_files_released_twice_at_once_are_one_version(outcomes, repo, owner):
    revision, actor = commit_files(repo, {"a.txt": b"a"}, by=owner), acting(owner)

    done = outcomes(*[lambda: release_unreviewed(repo, revision=revision, actor=actor)] * 2)

    assert sorted(isinstance(each, Conflict) for each in done) == [False, True]
    assert Version.objects.filter(repo=repo).count() == 1
