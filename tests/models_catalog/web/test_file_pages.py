"""The Files tab: folders, what is found in them, and single files as they are read."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_catalog.revisions.actions import move_ref
from models_catalog.revisions.models import Ref
from models_catalog.revisions.queries import head_of
from tests.factories.models import commit_files, judge_all, make_repo, propose, release
from tests.factories.people import acting, make_organization, make_user
from tests.factories.pictures import png
from tests.factories.shelf import card_source, keep_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada", display_name="Ada Lovelace")


@pytest.fixture
def hold(ada):
    """A function that commits files to the open model ``ada/karibu`` and answers the revision."""
    repo = make_repo("karibu", owner=ada)

    def commit(files: dict[str, bytes], message: str = "Add"):
        revision = commit_files(repo, files, by=ada, message=message)
        judge_all(revision)
        keep_card(revision)
        return revision

    return commit


@pytest.fixture
def page(client):
    """A function that answers a page of ``ada/karibu``."""

    def show(rest: str, status: int = 200) -> str:
        response = client.get(f"/ada/karibu/{rest}")
        assert response.status_code == status
        text: str = response.content.decode()
        return text

    return show


def test_a_folder_lists_each_file_with_its_last_change(hold, page):
    hold({"a.txt": b"1", "deep/b.txt": b"2"}, "First words")
    hold({"deep/b.txt": b"3"}, "Better words")

    shown = page("tree/main")

    assert "First words" in shown
    assert shown.count("Better words") == 2  # the folder, and the head of the table
    assert 'data-copy-text="6b86b273' in shown  # the SHA-256 of "1"


def test_a_file_is_found_in_every_folder(hold, page):
    hold({"a.txt": b"1", "deep/er/Config.JSON": b"{}"})

    shown = page("tree/main?find=config")

    assert 'href="/ada/karibu/blob/main/deep/er/Config.JSON"' in shown
    assert "blob/main/a.txt" not in shown
    assert "1 file with “config” in its path." in shown


def test_what_is_not_there_is_not_found(hold, page):
    hold({"a.txt": b"1"})

    shown = page("tree/main?find=%3Cb%3E")

    assert "No path here holds “&lt;b&gt;”." in shown


def test_branches_versions_and_tags_can_be_chosen(hold, page, ada):
    revision = hold({"a.txt": b"1"})
    release(revision.repo, revision, by=ada)
    for name in ("wip", "refs/tags/paper"):
        Ref.objects.create(repo=revision.repo, name=name, revision=revision)

    shown = page("tree/v1")

    assert '<option value="v1" selected>v1 (newest, approved)</option>' in shown
    for name in ("main", "wip", "paper"):
        assert f'<option value="{name}">{name}</option>' in shown


def test_readers_of_a_reviewed_model_choose_among_what_was_released(client, ada):
    savanna = make_organization("savanna", ada)
    repo = make_repo("model", owner=ada, organization=savanna)
    change = propose(repo, {"a.txt": b"1"}, by=ada)
    judge_all(change.head)
    main = head_of(repo, "main")
    assert main is not None
    move_ref(repo, ref="main", expected=main, target=change.head, actor=acting(ada))
    release(repo, change.head, by=ada)
    draft = propose(repo, {"a.txt": b"2"}, by=ada)
    Ref.objects.create(repo=repo, name="secret-plan", revision=draft.head)
    Ref.objects.create(repo=repo, name="refs/tags/secret-tag", revision=draft.head)

    stranger = client.get("/savanna/model/tree/main").content.decode()
    client.force_login(ada)
    owner = client.get("/savanna/model/tree/main").content.decode()

    assert "secret" not in stranger
    assert "secret-plan" in owner
    assert "secret-tag" in owner


def test_a_model_without_files_says_so(page, hold):
    shown = page("tree/main")

    assert "No files have been added yet" in shown
    assert "Download all" not in shown


def test_as_many_queries_for_one_file_as_for_twenty(hold, client):
    hold({"a.txt": b"1"})

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert client.get("/ada/karibu/tree/main").status_code == 200
        return len(counted)

    client.get("/ada/karibu/tree/main")
    one = cost()
    hold({f"f{number}.txt": str(number).encode() for number in range(20)})

    assert cost() == one


def test_a_table_is_shown_as_one(hold, page):
    hold({"eval/r.csv": b'test,score\n"Hausa, written",52.3\n<b>,1\n'})

    table, source = page("blob/main/eval/r.csv"), page("blob/main/eval/r.csv?show=source")

    assert "<td>Hausa, written</td><td>52.3</td>" in table
    assert "<td>&lt;b&gt;</td>" in table
    assert 'id="L1"' not in table
    assert 'id="L1"' in source


@pytest.mark.parametrize("content", [b"a,b\n1\n", b"one column\nonly\n", b"a,b\n1,2,3\n", b"\n"])
def test_what_is_no_table_is_shown_as_text(hold, page, content):
    hold({"r.csv": content})

    assert "<table" in page("blob/main/r.csv")
    assert "?show=source" not in page("blob/main/r.csv")


def test_a_long_table_is_cut(hold, page):
    hold({"r.csv": b"a,b\n" + b"1,2\n" * 500})

    assert "The first 200 of 500 rows." in page("blob/main/r.csv")


def test_markdown_is_shown_as_it_is_read(hold, page):
    hold({"README.md": card_source(title="Karibu", body="It has *words*."), "a.txt": b"1"})

    read, source = page("blob/main/README.md"), page("blob/main/README.md?show=source")

    assert "<p>It has <em>words</em>.</p>" in read
    assert "It has *words*." in source


def test_a_picture_is_shown(hold, page):
    hold({"img/p.png": png(30, 20)})

    shown = page("blob/main/img/p.png")

    assert '<img src="/ada/karibu/image/main/img/p.png" width="30" height="20"' in shown
    assert "30 × 20 pixels" in shown


def test_a_pickle_leads_to_what_it_would_do(hold, page):
    hold({"model.pkl": b"\x80\x04\x95\0"})

    shown = page("blob/main/model.pkl")

    assert "Opening this kind of file can run code." in shown
    assert 'href="/ada/karibu/security/main"' in shown


def test_a_file_lists_the_commits_that_brought_it_new_bytes(hold, page):
    first = hold({"a.txt": b"1"}, "First words")
    hold({"a.txt": b"2"}, "Better words")

    shown = page("blob/main/a.txt")

    assert "History of this file" in shown
    assert f'href="/ada/karibu/blob/{first.sha1}/a.txt"' in shown


def test_a_commit_shows_the_lines_that_it_changed(hold, page):
    hold({"a.txt": b"one\ntwo\n"})
    hold({"a.txt": b"one\n<three>\n"}, "Count on")

    shown = page("commit/main")

    assert "−&nbsp;two" in shown
    assert "+&nbsp;&lt;three&gt;" in shown
    assert "+1 −1" in shown
