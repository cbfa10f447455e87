import base64

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_catalog.revisions.models import Revision
from models_catalog.versions.models import Version
from tests.factories.api import Program
from tests.factories.models import commit_files, judge_all, make_repo, propose, release
from tests.factories.people import make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

MODEL = "/models/ada/minilm"


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def repo(ada):
    return make_repo("minilm", owner=ada)


@pytest.fixture
def program(ada, repo):
    return Program(ada)


def add(path, **content):
    return {"do": "add", "path": path, **content}


def test_a_commit_adds_and_deletes_files(program):
    encoded = base64.b64encode(b"\0\1\2").decode()
    first = program.post(
        f"{MODEL}/commits",
        {"message": "Add", "operations": [add("a.txt", text="a"), add("b.bin", base64=encoded)]},
    )
    second = program.post(
        f"{MODEL}/commits",
        {"operations": [{"do": "delete", "path": "a.txt"}], "parent": first.json()["id"]},
    )

    assert (first.status_code, second.status_code) == (201, 201)
    listed = program.get(f"{MODEL}/tree/main").json()["items"]
    assert [each["path"] for each in listed] == [".gitattributes", "b.bin"]


def test_a_file_is_added_again_by_its_digest(program):
    program.post(f"{MODEL}/commits", {"operations": [add("a.txt", text="a")]})
    digest = program.get(f"{MODEL}/info/main/a.txt").json()["sha256"]

    moved = program.post(
        f"{MODEL}/commits",
        {"operations": [add("b.txt", sha256=digest), {"do": "delete", "path": "a.txt"}]},
    )

    assert moved.status_code == 201
    assert program.get(f"{MODEL}/info/main/b.txt").json()["sha256"] == digest


def test_a_digest_that_somebody_only_knows_adds_nothing(program, ada):
    stranger = make_user("stan")
    other = make_repo("other", owner=stranger, visibility="private")
    commit_files(other, {"secret.txt": b"secret"}, by=stranger)
    digest = Program(stranger).get("/models/stan/other/info/main/secret.txt").json()["sha256"]

    answer = program.post(f"{MODEL}/commits", {"operations": [add("x.txt", sha256=digest)]})

    assert answer.status_code == 403


def test_an_old_parent_is_a_conflict(program):
    first = program.post(f"{MODEL}/commits", {"operations": [add("a.txt", text="a")]}).json()["id"]
    program.post(f"{MODEL}/commits", {"operations": [add("b.txt", text="b")]})

    answer = program.post(
        f"{MODEL}/commits", {"operations": [add("c.txt", text="c")], "parent": first}
    )

    assert answer.status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        add("a.txt"),
        add("a.txt", text="a", base64="YQ=="),
        add("a.txt", base64="%%%"),
        add("../a.txt", text="a"),
        add("a.txt", sha256="xyz"),
        {"do": "delete", "path": "a.txt", "text": "a"},
        {"do": "delete", "path": "nowhere"},
        {"do": "move", "path": "a.txt"},
    ],
)
def test_an_operation_that_makes_no_sense_is_refused_and_nothing_is_committed(program, wrong):
    before = Revision.objects.count()

    answer = program.post(f"{MODEL}/commits", {"operations": [wrong]})

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert Revision.objects.count() == before


def test_main_of_a_reviewed_model_takes_no_commit_and_says_what_does(ada):
    savanna = make_organization("savanna", ada, preset="light")
    make_repo("careful", owner=ada, organization=savanna)
    program = Program(ada)
    body = {"operations": [add("a.txt", text="a")]}

    refused = program.post("/models/savanna/careful/commits", body)
    opened = program.post("/models/savanna/careful/changes", body | {"title": "Add a"})

    assert refused.status_code == 403
    assert "change" in refused.json()["detail"]
    assert opened.status_code == 201


def test_commits_are_walked_page_by_page(program, repo, ada):
    for n in range(3):
        commit_files(repo, {f"{n}.txt": b"x%d" % n}, by=ada, message=f"Add {n}")

    first = program.get(f"{MODEL}/commits/main?limit=3").json()
    rest = program.get(first["next"]).json()

    assert [each["message"].strip() for each in first["items"]] == ["Add 2", "Add 1", "Add 0"]
    assert [each["message"].strip() for each in rest["items"]] == ["initial commit"]
    assert rest["next"] is None


def test_a_commit_says_what_it_changed(program, repo, ada):
    commit_files(repo, {"a.txt": b"a"}, by=ada)
    head = commit_files(repo, {"a.txt": b"b"}, by=ada)

    said = program.get(f"{MODEL}/commit/{head.sha1}").json()

    assert said["author"] == "ada"
    assert [(each["kind"], each["path"]) for each in said["changes"]] == [("changed", "a.txt")]


def test_a_version_is_registered_and_read(program, repo, ada):
    commit_files(repo, {"a.txt": b"a"}, by=ada)

    made = program.post(f"{MODEL}/versions", {"label": "1.0", "notes": "First."})
    same = program.post(f"{MODEL}/versions", {"label": "2.0"})

    assert made.status_code == 201
    assert program.get(made.headers["Location"]).json()["notes"] == "First."
    assert same.status_code == 409
    assert Version.objects.count() == 1


def test_readers_of_a_reviewed_model_see_no_branch_of_a_change(ada):
    savanna = make_organization("savanna", ada, preset="light")
    repo = make_repo("careful", owner=ada, organization=savanna)
    change = propose(repo, {"a.txt": b"a"}, by=ada)
    judge_all(change.head)
    release(repo, change.head, by=ada)
    propose(repo, {"b.txt": b"b"}, by=ada)

    seen = Program().get("/models/savanna/careful/refs").json()["items"]
    known = Program(ada).get("/models/savanna/careful/refs").json()["items"]

    assert [each["name"] for each in seen] == ["main"]
    assert [each["name"] for each in known] == ["main", "refs/pr/1", "refs/pr/2"]


@pytest.mark.parametrize("path", ["versions", "commits/main", "refs"])
def test_many_rows_cost_the_queries_of_one(path, repo, ada):
    program = Program()
    commit_files(repo, {"0.txt": b"0"}, by=ada)
    release(repo, commit_files(repo, {"1.txt": b"1"}, by=ada), by=ada)
    with CaptureQueriesContext(connection) as few:
        program.get(f"{MODEL}/{path}")
    for n in range(2, 15):
        release(repo, commit_files(repo, {f"{n}.txt": b"%d" % n}, by=ada), by=ada)
    with CaptureQueriesContext(connection) as many:
        program.get(f"{MODEL}/{path}")

    assert len(few) == len(many)
