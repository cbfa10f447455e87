"""Commits, merges and closings at the same moment, each with a connection of its own."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from accounts.authz.policy import Role
from hub.core.errors import Conflict
from models_catalog.changes.actions import add_to_change, close_change, merge_change
from models_catalog.changes.models import Change, DiscussionState
from models_catalog.changes.queries import get_change
from models_catalog.repos.standing import hold_repo
from models_catalog.revisions.actions import commit
from models_catalog.revisions.models import Revision
from models_catalog.revisions.queries import files_of, head_of
from tests.factories.models import additions, make_repo, propose
from tests.factories.people import acting, make_organization, make_user
from tests.factories.reviews import approve, make_scene

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


def test_of_commits_on_the_same_parent_one_wins_and_none_is_lost(outcomes, repo, owner):
    actor, parent = acting(owner), head_of(repo, "main")
    assert parent is not None
    operations = [additions({f"{n}.txt": b"%d" % n}, actor=actor) for n in range(4)]

    done = outcomes(
        *(
            lambda some=some: commit(
                repo, ref="main", operations=some, message="m", actor=actor, parent=parent.sha1
            )
            for some in operations
        ),
    )

    made = [each for each in done if isinstance(each, Revision)]
    assert len(made) == 1
    assert sum(isinstance(each, Conflict) for each in done) == 3
    assert head_of(repo, "main") == made[0]
    assert len(files_of(made[0])) == 2


def test_threads_and_versions_opened_at_once_have_numbers_of_their_own(outcomes, owner):
    repo = make_repo("reviewed", owner=owner, organization=make_organization("savanna", owner))

    done = outcomes(
        *(
            lambda n=n: propose(repo, {f"{n}.txt": b"%d" % n}, by=owner, title=f"Change {n}")
            for n in range(4)
        ),
    )

    assert all(isinstance(each, Change) for each in done), done
    assert sorted(each.discussion.number for each in done) == [1, 2, 3, 4]
    assert sorted(each.version.number for each in done) == [1, 2, 3, 4]


def test_a_merge_and_a_closing_at_once_do_not_lock_each_other_out(at_once, until_somebody_waits):
    scene = make_scene()
    approve(scene.change, scene.member(Role.REVIEWER))
    maker, change = acting(scene.maker), scene.fresh()

    with (
        transaction.atomic()
    ):  # a merge begins while the closing holds the model, which both take first
        hold_repo(change.repo)
        merging = at_once(lambda: merge_change(scene.fresh(), actor=maker))
        until_somebody_waits()
        close_change(change, actor=maker)

    with pytest.raises(Conflict):
        merging.result()
    assert head_of(scene.repo, "main") == change.base


def test_a_commit_and_a_merge_at_once_leave_nothing_unreviewed_on_main(outcomes):
    scene = make_scene()
    approve(scene.change, scene.member(Role.REVIEWER))
    maker, approved = acting(scene.maker), scene.change.head
    operations = additions({"late.txt": b"late"}, actor=maker)

    outcomes(
        lambda: merge_change(scene.fresh(), actor=maker),
        lambda: add_to_change(scene.fresh(), operations=operations, message="late", actor=maker),
    )

    change = get_change(scene.repo, 1, actor=maker)
    main = head_of(scene.repo, "main")
    if change.discussion.state == DiscussionState.MERGED:
        assert main == change.head == approved
    else:
        assert main == change.base
        assert "late.txt" in files_of(change.head)
