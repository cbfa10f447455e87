"""What the page of a change compares with, and for whom."""

from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from models_catalog.changes.actions import add_to_change, merge_change
from models_catalog.repos.models import Repo
from tests.factories.models import additions, commit_files, propose
from tests.factories.people import acting
from tests.factories.reviews import approve, finish_scan, make_scene

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(response.content.decode().split())


def merged(scene, files, reviewer, *, title="More"):
    change = propose(scene.repo, files, by=scene.maker, title=title)
    finish_scan(change.head)
    approve(change, reviewer)
    merge_change(change, actor=acting(scene.maker))
    return change


@pytest.fixture
def reviewer(scene):
    return scene.member(Role.REVIEWER)


@pytest.fixture
def came_under_review(db):
    """A model whose ``main`` was written freely, and whose first change was merged after it came under review."""
    scene = make_scene(Preset.OPEN, name="tundra")
    Repo.objects.filter(pk=scene.repo.pk).update(is_protected=False)
    scene.repo.refresh_from_db()
    commit_files(scene.repo, {"notes.txt": b"the old secret\n"}, by=scene.owner)
    Repo.objects.filter(pk=scene.repo.pk).update(is_protected=True)
    scene.repo.refresh_from_db()
    change = merged(scene, {"notes.txt": b"the new text\n"}, scene.member(Role.REVIEWER))
    return scene, change.discussion.number


def test_readers_of_a_merged_change_never_see_a_base_that_was_not_released(came_under_review, at):
    where, number = came_under_review

    page = words(at(f"/{number}", where=where))

    assert "the new text" in page
    assert "the old secret" not in page


def test_insiders_compare_with_where_the_change_branched_off(came_under_review, at):
    where, number = came_under_review

    page = words(at(f"/{number}", by=where.owner, where=where))

    assert "the new text" in page
    assert "the old secret" in page


def test_a_change_is_compared_with_the_last_released_version(scene, at, reviewer):
    approve(scene.change, reviewer)
    merge_change(scene.change, actor=acting(scene.maker))
    second = merged(scene, {"config.json": b'{"layers": 24}\n'}, reviewer)

    page = words(at(f"/{second.discussion.number}"))

    assert f'Compared with <a href="/{scene.repo.full_name}/versions/1">v1</a>' in page
    assert "&quot;layers&quot;: 12" in page
    assert "&quot;layers&quot;: 24" in page


def test_readers_find_links_only_to_commits_that_they_may_open(scene, at, reviewer):
    approve(scene.change, reviewer)
    merge_change(scene.change, actor=acting(scene.maker))
    change = propose(scene.repo, {"a.txt": b"a\n"}, by=scene.maker, title="Two commits")
    before = change.head.sha1
    add_to_change(
        change,
        operations=additions({"b.txt": b"b\n"}, actor=acting(scene.maker)),
        message="And one more",
        actor=acting(scene.maker),
    )
    change.refresh_from_db()
    finish_scan(change.head)
    approve(change, reviewer)
    merge_change(change, actor=acting(scene.maker))

    page = words(at(f"/{change.discussion.number}"))

    assert f"/commit/{change.head.sha1}" in page
    assert f"/commit/{before}" not in page
    assert f"/security/{before}" not in page
