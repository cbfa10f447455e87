"""``/compare/<a>...<b>`` and the versions it is reached from."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_catalog.revisions.actions import move_ref
from models_catalog.revisions.queries import head_of
from models_catalog.web.comparing import _is_better
from tests.factories.models import commit_files, judge_all, make_repo, propose, release
from tests.factories.people import acting, make_organization, make_user
from tests.factories.shelf import keep_card

pytestmark = pytest.mark.django_db

CARD = """---
license: {licence}
model-index:
- name: m
  results:
  - task: {{type: text-classification}}
    dataset: {{name: Belebele, type: b}}
    metrics:
    - {{type: accuracy, value: {accuracy}}}
    - {{type: wer, value: {wer}}}
    - {{type: sparkle, value: {sparkle}}}
---
# Karibu

It sorts letters into heaps of words.
"""


def card(**values: object) -> bytes:
    known = {"licence": "mit", "accuracy": 58.7, "wer": 11, "sparkle": 1}
    return CARD.format(**(known | values)).encode()


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def two(ada):
    """An open model with two versions."""
    repo = make_repo("karibu", owner=ada)
    for files in (
        {"README.md": card(), "old.txt": b"1", "same.txt": b"s"},
        {
            "README.md": card(licence="apache-2.0", accuracy=61.2, wer=12, sparkle=2),
            "new.txt": b"2",
        },
    ):
        revision = commit_files(repo, files, by=ada)
        judge_all(revision)
        keep_card(revision)
        release(repo, revision, by=ada, approvals=0)
    return repo


def page_of(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    text: str = response.content.decode()
    return text


def test_results_settings_and_files_are_compared(client, two):
    page = page_of(client, "/ada/karibu/compare/v1...v2")

    assert '<h1 class="break">v1 to v2</h1>' in page
    assert "+2.5 better" in page
    assert "+1 worse" in page  # of every hundred words, one more is wrong
    assert "<del>MIT</del>" in page
    assert "<ins>Apache-2.0</ins>" in page
    assert "blob/" in page
    assert "new.txt" in page
    assert "same.txt" not in page


def test_nobody_says_better_of_a_test_that_nobody_knows():
    assert _is_better("sparkle", 1, 2) is None
    assert _is_better("accuracy", 1, 1) is None
    assert _is_better("Exact Match", 1, 2) is True
    assert _is_better("wer", 1, 2) is False


def test_a_version_is_the_same_as_itself(client, two):
    page = page_of(client, "/ada/karibu/compare/v1...v1")

    assert "Both hold exactly the same files." in page


@pytest.mark.parametrize("names", ["v1...v9", "nothing...main", "v1...", "..."])
def test_what_does_not_exist_is_not_compared(client, two, names):
    page_of(client, f"/ada/karibu/compare/{names}", status=404)


def test_the_form_leads_to_the_comparison(client, two):
    response = client.get("/ada/karibu/compare", {"from": "v1", "to": "main"})

    assert response["Location"] == "/ada/karibu/compare/v1...main"


def test_readers_do_not_compare_with_what_is_not_released(client, ada):
    savanna = make_organization("savanna", ada)
    repo = make_repo("model", owner=ada, organization=savanna)
    change = propose(repo, {"a.txt": b"1"}, by=ada)
    judge_all(change.head)
    main = head_of(repo, "main")
    assert main is not None
    move_ref(repo, ref="main", expected=main, target=change.head, actor=acting(ada))
    release(repo, change.head, by=ada)
    draft = propose(repo, {"a.txt": b"a secret"}, by=ada)
    address = f"/savanna/model/compare/main...{draft.head.sha1}"

    page_of(client, address, status=404)
    page_of(client, f"/savanna/model/compare/{draft.head.sha1}...main", status=404)
    client.force_login(ada)

    assert "a secret" in page_of(client, address)


def test_versions_offer_to_compare_the_two_newest(client, two):
    page = page_of(client, "/ada/karibu/versions")

    assert 'name="from" value="v1" aria-label="From v1" checked' in page
    assert 'name="to" value="v2" aria-label="To v2" checked' in page


def test_a_version_is_compared_with_the_one_before(client, two):
    first, second = (page_of(client, f"/ada/karibu/versions/{n}") for n in (1, 2))

    assert "/ada/karibu/compare/v1...v2" in second
    assert "/compare/" not in first


def test_as_many_queries_for_two_versions_as_for_twenty(client, two, ada):
    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            page_of(client, f"/ada/karibu/{path}")
        return len(counted)

    paths = ("versions", "compare/v1...v2", "commits/main", "versions/2")
    before = [cost(path) for path in paths]
    for number in range(18):
        revision = commit_files(two, {"new.txt": str(number).encode() * 3}, by=ada)
        release(two, revision, by=ada, approvals=0)

    assert [cost(path) for path in paths] == before
