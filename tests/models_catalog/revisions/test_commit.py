from __future__ import annotations

import subprocess

import pytest

from governance.audit.models import AuditEvent
from hub.core.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from models_catalog.repos.actions import protect_repos, withdraw_repo
from models_catalog.revisions.actions import Work, commit, prepare_revision, store_draft
from models_catalog.revisions.models import GitObject, Occurrence, Ref, Revision
from models_catalog.revisions.operations import DeleteFile, DeleteFolder
from models_catalog.revisions.queries import file_of, files_of, folder_of, head_of
from models_catalog.revisions.trees import check_id, lfs_pointer
from models_catalog.storage.models import Blob
from tests.factories.models import additions, commit_files, make_repo, send
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def repo(ada):
    return make_repo("mine", owner=ada)


def test_a_new_repo_begins_with_gitattributes(repo):
    head = head_of(repo, "main")

    assert head is not None
    assert list(files_of(head)) == [".gitattributes"]


def test_a_commit_holds_the_files_of_its_parent_too(repo, ada):
    commit_files(repo, {"a.txt": b"a"}, by=ada)

    revision = commit_files(repo, {"sub/b.txt": b"b"}, by=ada)

    assert list(files_of(revision)) == [".gitattributes", "a.txt", "sub/b.txt"]
    assert folder_of(revision, "sub").files[0].path == "sub/b.txt"


def test_git_itself_reads_the_objects_and_finds_the_same_ids(repo, ada, tmp_path):
    revision = commit_files(repo, {"README.md": b"# Hi\n", "x/y/z.json": b"{}"}, by=ada)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for found in GitObject.objects.filter(repo=repo):
        written = subprocess.run(
            [
                "git",
                "-C",
                str(tmp_path),
                "hash-object",
                "-t",
                found.kind,
                "-w",
                "--stdin",
                "--literally",
            ],
            input=bytes(found.data),
            capture_output=True,
            check=True,
        )
        assert written.stdout.decode().strip() == found.sha1

    log = ["git", "-C", str(tmp_path), "log", "--format=%H %s", revision.sha1]
    lines = subprocess.run(log, capture_output=True, check=True, text=True).stdout.splitlines()

    assert lines[0] == f"{revision.sha1} Add"
    assert len(lines) == 2


def test_a_large_file_stands_in_the_tree_as_a_pointer(repo, ada):
    revision = commit_files(repo, {"model.safetensors": b"tiny", "notes.txt": b"text"}, by=ada)

    assert file_of(revision, "model.safetensors").is_lfs
    assert not file_of(revision, "notes.txt").is_lfs


def test_a_pointer_sent_in_place_of_its_file_is_refused(repo, ada):
    pointer = lfs_pointer("ab" * 32, 12345)

    with pytest.raises(Invalid, match="pointer"):
        commit_files(repo, {"model.txt": pointer}, by=ada)


def test_a_stale_parent_is_a_conflict_and_nothing_moves(repo, ada):
    first = head_of(repo, "main")
    assert first is not None
    second = commit_files(repo, {"a.txt": b"a"}, by=ada)
    events = AuditEvent.objects.filter(name="revision:committed").count()
    actor = acting(ada)
    operations = additions({"b.txt": b"b"}, actor=actor)

    with pytest.raises(Conflict, match="moved on"):
        commit(repo, ref="main", operations=operations, message="m", actor=actor, parent=first.sha1)

    assert head_of(repo, "main") == second
    assert AuditEvent.objects.filter(name="revision:committed").count() == events


def test_the_same_commit_sent_again_is_the_same_revision(repo, ada):
    parent = head_of(repo, "main")
    assert parent is not None
    actor = acting(ada)
    operations = additions({"a.txt": b"a"}, actor=actor)

    def send_it():
        return commit(
            repo, ref="main", operations=operations, message="m", actor=actor, parent=parent.sha1
        )

    assert send_it() == send_it()
    assert Revision.objects.filter(repo=repo).count() == 2


def test_a_commit_that_changes_nothing_is_refused(repo, ada):
    commit_files(repo, {"a.txt": b"a"}, by=ada)

    with pytest.raises(Invalid, match="nothing to commit"):
        commit_files(repo, {"a.txt": b"a"}, by=ada, message="again")


def test_files_and_folders_can_be_taken_away(repo, ada):
    commit_files(repo, {"a.txt": b"a", "d/b.txt": b"b", "d/c.txt": b"c"}, by=ada)

    revision = commit(
        repo,
        ref="main",
        operations=[DeleteFile("a.txt"), DeleteFolder("d")],
        message="less",
        actor=acting(ada),
    )

    assert list(files_of(revision)) == [".gitattributes"]


def test_taking_away_what_is_not_there_is_refused(repo, ada):
    with pytest.raises(Invalid, match="nothing at"):
        commit(repo, ref="main", operations=[DeleteFile("x")], message="m", actor=acting(ada))


def test_folders_within_folders_can_be_taken_away_together(repo, ada):
    commit_files(repo, {"d/b.txt": b"b", "d/e/c.txt": b"c", "de/f.txt": b"f"}, by=ada)

    revision = commit(
        repo,
        ref="main",
        operations=[DeleteFolder("d"), DeleteFolder("d/e")],
        message="less",
        actor=acting(ada),
    )

    assert list(files_of(revision)) == [".gitattributes", "de/f.txt"]


def test_main_of_a_reviewed_repo_takes_no_direct_commits(ada):
    organization = make_organization("savanna", ada)
    reviewed = make_repo("reviewed", owner=ada, organization=organization)
    before = Ref.objects.get(repo=reviewed, name="main").revision_id

    with pytest.raises(Forbidden, match="Open a change"):
        commit_files(reviewed, {"a.txt": b"a"}, by=ada)

    assert Ref.objects.get(repo=reviewed, name="main").revision_id == before


def test_the_hubs_own_refs_take_no_direct_commits(repo, ada):
    actor = acting(ada)
    operations = additions({"a.txt": b"a"}, actor=actor)

    with pytest.raises(Forbidden):
        commit(repo, ref="refs/pr/1", operations=operations, message="m", actor=actor)


def test_a_branch_that_does_not_exist_is_not_found(repo, ada):
    actor = acting(ada)
    operations = additions({"a.txt": b"a"}, actor=actor)

    with pytest.raises(NotFound):
        commit(repo, ref="nowhere", operations=operations, message="m", actor=actor)


def test_readers_do_not_commit(ada):
    organization = make_organization("savanna", ada, preset="open")
    repo = make_repo("open", owner=ada, organization=organization)
    reader = add_member(organization, make_user("rita"), "reader")

    with pytest.raises(Forbidden, match="Upload files"):
        commit_files(repo, {"a.txt": b"a"}, by=reader)


def test_every_tree_has_the_id_of_its_content(repo, ada):
    commit_files(repo, {f"d{i}/f{i}.txt": str(i).encode() for i in range(20)}, by=ada)

    found = GitObject.objects.filter(repo=repo)

    assert found.count() > 20
    assert all(check_id(o.sha1, o.kind, bytes(o.data)) for o in found)


def test_where_a_blob_occurs_is_known(repo, ada):
    revision = commit_files(repo, {"a.txt": b"same", "b.txt": b"same"}, by=ada)

    paths = Occurrence.objects.filter(repo=repo, first_revision=revision).values_list(
        "path", flat=True
    )

    assert sorted(paths) == ["a.txt", "b.txt"]


def test_the_number_of_queries_of_a_listing_grows_with_depth_alone(
    repo, ada, django_assert_max_num_queries
):
    revision = commit_files(repo, {f"d{i}/f.txt": str(i).encode() for i in range(60)}, by=ada)

    with django_assert_max_num_queries(3):
        files_of(revision)


def test_a_commit_that_was_begun_before_a_review_was_required_does_not_move_main(repo, ada):
    actor, head = acting(ada), head_of(repo, "main")
    work = Work(additions({"a.txt": b"a"}, actor=actor), "m")
    draft = prepare_revision(base=head, work=work, actor=actor)
    protect_repos(repo.namespace)

    with pytest.raises(Forbidden, match="reviewed"):
        store_draft(repo, draft, ref="main", expected=head, actor=actor)

    assert head_of(repo, "main") == head


def test_a_commit_that_was_begun_before_the_model_was_withdrawn_is_refused(repo, ada):
    actor, head = acting(ada), head_of(repo, "main")
    work = Work(additions({"a.txt": b"a"}, actor=actor), "m")
    draft = prepare_revision(base=head, work=work, actor=actor)
    withdraw_repo(repo, reason="Leaked names", actor=actor)

    with pytest.raises(Gone):
        store_draft(repo, draft, ref="main", expected=head, actor=actor)


def test_a_message_that_no_database_can_hold_is_cleaned(repo, ada):
    revision = commit_files(repo, {"a.txt": b"a"}, by=ada, message="a\0b\ud800")

    assert Revision.objects.get(pk=revision.pk).message == "ab?\n"


def test_two_files_with_one_git_id_are_not_mixed_up(repo, ada):
    actor = acting(ada)
    first, second = send(b"one", actor=actor), send(b"two", actor=actor)
    commit_files(repo, {"one.txt": b"one"}, by=ada)
    Blob.objects.filter(pk=second.pk).update(git_sha1=first.git_sha1)  # a collision of SHA-1
    head = head_of(repo, "main")

    with pytest.raises(Conflict, match="git id of another file"):
        commit_files(repo, {"two.txt": b"two"}, by=ada)

    assert head_of(repo, "main") == head


def test_a_commit_writes_rows_for_what_it_adds_alone(repo, ada):
    commit_files(repo, {f"{n}.txt": str(n).encode() for n in range(60)}, by=ada)
    actor = acting(ada)
    operations = additions({"new.txt": b"new"}, actor=actor)
    parent = head_of(repo, "main")
    draft = prepare_revision(base=parent, work=Work(operations, "m"), actor=actor)

    assert [entry.path for entry in draft.added] == ["new.txt"]
