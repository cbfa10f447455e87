from __future__ import annotations

import pytest

from accounts.authz.policy import Right
from hub.core.actor import Actor, Means
from hub.core.errors import Conflict, Forbidden, Gone, Invalid
from models_catalog.changes.actions import (
    add_comment,
    add_to_change,
    close_change,
    open_discussion,
    update_change,
)
from models_catalog.changes.models import Change, DiscussionState
from models_catalog.changes.queries import changed_files, comments_of, get_change, pushers_of
from models_catalog.repos.actions import withdraw_repo
from models_catalog.repos.models import Repo
from models_catalog.revisions.actions import move_ref
from models_catalog.revisions.queries import files_of, head_of
from models_catalog.versions.models import Version, VersionState
from tests.factories.models import additions, make_repo, propose
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def organization(owner):
    return make_organization("savanna", owner)


@pytest.fixture
def repo(owner, organization):
    return make_repo("model", owner=owner, organization=organization)


def test_a_change_has_a_number_a_ref_and_a_reserved_version(repo, owner):
    change = propose(repo, {"a.txt": b"a"}, by=owner)

    assert change.discussion.number == 1
    assert head_of(repo, "refs/pr/1") == change.head
    assert (change.version.number, change.version.state) == (1, VersionState.PROPOSED)
    assert head_of(repo, "main") == change.base


def test_threads_of_all_kinds_are_numbered_together(repo, owner):
    propose(repo, {"a.txt": b"a"}, by=owner)
    thread = open_discussion(repo, title="A question", body="Why?", actor=acting(owner))

    change = propose(repo, {"b.txt": b"b"}, by=owner)

    assert (thread.number, change.discussion.number) == (2, 3)


def test_a_change_that_changes_nothing_leaves_no_thread(repo, owner):
    with pytest.raises(Invalid, match="nothing to commit"):
        propose(repo, {".gitattributes": _first(repo)}, by=owner)

    repo.refresh_from_db()
    assert (repo.discussion_count, repo.version_count) == (0, 0)


def _first(repo: Repo) -> bytes:
    from models_catalog.revisions.actions import FIRST_ATTRIBUTES

    return FIRST_ATTRIBUTES


def test_a_new_commit_moves_the_head_and_counts_its_author_as_pusher(repo, owner, organization):
    change = propose(repo, {"a.txt": b"a"}, by=owner)
    helper = add_member(organization, make_user("helper"))
    actor = acting(helper)

    revision = add_to_change(
        change, operations=additions({"b.txt": b"b"}, actor=actor), message="more", actor=actor
    )

    assert Change.objects.get(pk=change.pk).head == revision
    assert pushers_of(change) == {owner.pk, helper.pk}


def test_the_files_that_differ_are_listed(repo, owner):
    change = propose(repo, {"a.txt": b"a", "b.txt": b"b"}, by=owner)

    changes = changed_files(change.base, change.head)

    assert [(c.path, c.kind) for c in changes] == [("a.txt", "added"), ("b.txt", "added")]


def test_closing_a_change_uses_its_version_up(repo, owner):
    change = propose(repo, {"a.txt": b"a"}, by=owner)

    close_change(change, reason="Not now", actor=acting(owner))

    assert Version.objects.get(pk=change.version_id).state == VersionState.REJECTED
    assert propose(repo, {"b.txt": b"b"}, by=owner).version.number == 2


def test_a_closed_change_takes_no_more_commits(repo, owner):
    change = propose(repo, {"a.txt": b"a"}, by=owner)
    close_change(change, actor=acting(owner))
    change = get_change(repo, 1, actor=acting(owner))
    actor = acting(owner)

    with pytest.raises(Conflict, match="merged or closed"):
        add_to_change(
            change, operations=additions({"b": b"b"}, actor=actor), message="m", actor=actor
        )


def test_somebody_else_may_not_close_a_change(repo, owner, organization):
    change = propose(repo, {"a.txt": b"a"}, by=owner)
    other = add_member(organization, make_user("other"))

    with pytest.raises(Forbidden):
        close_change(change, actor=acting(other))

    change.discussion.refresh_from_db()
    assert change.discussion.state == DiscussionState.OPEN


def _overtake(repo: Repo, change: Change, owner) -> None:
    """Move ``main`` to another change, as a merge would."""
    main = head_of(repo, "main")
    assert main is not None
    move_ref(repo, ref="main", expected=main, target=change.head, actor=acting(owner))


def test_a_change_that_fell_behind_is_brought_up_to_date(repo, owner):
    slow = propose(repo, {"a.txt": b"a"}, by=owner)
    _overtake(repo, propose(repo, {"b.txt": b"b"}, by=owner), owner)

    revision = update_change(slow, actor=acting(owner))

    assert list(files_of(revision)) == [".gitattributes", "a.txt", "b.txt"]
    assert revision.merged_parent == head_of(repo, "main")
    assert Change.objects.get(pk=slow.pk).base == head_of(repo, "main")


def test_changes_of_the_same_file_are_not_mixed(repo, owner):
    slow = propose(repo, {"a.txt": b"mine"}, by=owner)
    _overtake(repo, propose(repo, {"a.txt": b"theirs"}, by=owner), owner)

    with pytest.raises(Conflict, match=r"a\.txt"):
        update_change(slow, actor=acting(owner))


def test_what_is_said_and_done_stays_in_order(repo, owner):
    change = propose(repo, {"a.txt": b"a"}, by=owner)
    add_comment(change.discussion, body="Looks good", actor=acting(owner))
    close_change(change, actor=acting(owner))

    assert [c.kind for c in comments_of(change.discussion)] == ["opened", "comment", "closed"]


def _reading(user) -> Actor:
    """A token of somebody that was only given to read."""
    return Actor(user=user, means=Means.TOKEN, rights=frozenset({Right.READ, Right.SEE_UNRELEASED}))


def test_a_token_that_may_only_read_says_and_closes_nothing(repo, owner):
    change = propose(repo, {"a.txt": b"a"}, by=owner)
    token = _reading(owner)
    said = comments_of(change.discussion).count()

    with pytest.raises(Forbidden, match="token"):
        add_comment(change.discussion, body="Hi", actor=token)
    with pytest.raises(Forbidden, match="token"):
        open_discussion(repo, title="A question", body="Why?", actor=token)
    with pytest.raises(Forbidden, match="token"):
        close_change(change, actor=token)

    assert comments_of(change.discussion).count() == said
    assert get_change(repo, 1, actor=acting(owner)).discussion.state == DiscussionState.OPEN


def test_a_token_of_this_model_may_speak_in_it(repo, owner):
    thread = open_discussion(repo, title="A question", body="Why?", actor=acting(owner))
    token = Actor(
        user=owner, means=Means.TOKEN, rights=frozenset(Right), repos=frozenset({repo.pk})
    )

    assert add_comment(thread, body="Because", actor=token).author == owner


def test_nothing_is_said_in_a_withdrawn_model(repo, owner):
    thread = open_discussion(repo, title="A question", body="Why?", actor=acting(owner))
    withdraw_repo(repo, reason="Leaked names", actor=acting(owner))
    thread.refresh_from_db()

    with pytest.raises(Gone):
        add_comment(thread, body="Because", actor=acting(owner))


def test_what_no_database_can_hold_is_left_out_of_what_is_said(repo, owner):
    thread = open_discussion(repo, title="A\0 b\ud800", body="C\0 d\udfff", actor=acting(owner))

    thread.refresh_from_db()
    assert (thread.title, comments_of(thread)[0].body) == ("A b?", "C d?")
    with pytest.raises(Invalid):
        add_comment(thread, body="\0", actor=acting(owner))


def test_a_change_of_a_withdrawn_model_takes_no_more_commits(repo, owner):
    change, actor = propose(repo, {"a.txt": b"a"}, by=owner), acting(owner)
    withdraw_repo(repo, reason="Leaked names", actor=actor)

    with pytest.raises(Gone):
        add_to_change(
            change, operations=additions({"b": b"b"}, actor=actor), message="m", actor=actor
        )


def test_a_commit_sent_again_to_a_change_is_the_same_revision(repo, owner):
    change, actor = propose(repo, {"a.txt": b"a"}, by=owner), acting(owner)
    operations = additions({"b": b"b"}, actor=actor)
    parent = change.head.sha1

    first = add_to_change(change, operations=operations, message="m", actor=actor, parent=parent)
    change = get_change(repo, 1, actor=actor)
    again = add_to_change(change, operations=operations, message="m", actor=actor, parent=parent)

    assert first == again
    assert [c.kind for c in comments_of(change.discussion)] == ["opened", "pushed"]
