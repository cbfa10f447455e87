"""Commits of a change that were not released themselves stay with the insiders, also once the change is merged."""

from __future__ import annotations

import pytest
from django.db import transaction

from models_catalog.changes.actions import add_to_change
from models_catalog.changes.models import Change
from models_catalog.revisions.actions import MAIN, move_ref
from models_catalog.revisions.operations import DeleteFile, Operation
from models_catalog.versions.actions import release_version
from tests.factories.models import CARD, additions, judge_all, make_repo, propose
from tests.factories.people import acting, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def draft():
    """The first commit of a change that was released with its second, which takes a file away again."""
    ada = make_user("ada")
    by = acting(ada)
    repo = make_repo("minilm", owner=ada, organization=make_organization("savanna", ada))
    change = propose(repo, {"README.md": CARD, "left-behind.json": b"{}"}, by=ada)
    draft = change.head
    operations: list[Operation] = [DeleteFile("left-behind.json")]
    operations += additions({"x.json": b"[]"}, actor=by)
    judge_all(add_to_change(change, operations=operations, message="Take it away", actor=by))
    change = Change.objects.get(pk=change.pk)
    assert change.base is not None
    with transaction.atomic():  # what a merge does once its gate has opened
        move_ref(change.repo, ref=MAIN, expected=change.base, target=change.head, actor=by)
        release_version(change.version, revision=change.head, approvals=1, actor=by)
    return draft


def test_readers_are_not_told_what_a_draft_held(client, draft):
    page = client.get("/savanna/minilm/commit/main").content.decode()

    assert "x.json" in page
    assert "left-behind" not in page


def test_readers_find_only_what_was_released_in_the_history(client, draft):
    page = client.get("/savanna/minilm/commits/main").content.decode()

    assert "Take it away" in page
    assert draft.sha1[:10] not in page


def test_insiders_see_each_commit(client, draft):
    client.force_login(draft.author)

    assert draft.sha1[:10] in client.get("/savanna/minilm/commits/main").content.decode()
    assert "left-behind" in client.get("/savanna/minilm/commit/main").content.decode()


def test_readers_of_the_files_are_not_told_the_words_of_a_draft(client, draft):
    page = client.get("/savanna/minilm/tree/main").content.decode()

    assert "README.md" in page
    assert draft.sha1 not in page
