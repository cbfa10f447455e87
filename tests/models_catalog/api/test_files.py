import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_catalog.storage.models import Verdict
from models_catalog.versions.queries import get_revision
from tests.factories.api import Program
from tests.factories.models import commit_files, judge, judge_all, make_repo
from tests.factories.people import acting, make_user
from tests.factories.shelf import keep_card

pytestmark = [pytest.mark.django_db, pytest.mark.data]

MODEL = "/models/ada/minilm"
FILES = {
    "README.md": b"---\nlicense: mit\n---\n# A\n\nIt sorts letters.\n",
    "data/a.txt": b"a",
    "data/b.txt": b"bb",
    "data/deep/c.txt": b"ccc",
    "w.bin": b"0123456789",
}


@pytest.fixture
def repo():
    ada = make_user("ada")
    repo = make_repo("minilm", owner=ada)
    judge_all(commit_files(repo, FILES, by=ada))
    return repo


@pytest.fixture
def head(repo):
    return get_revision(repo, "main", actor=acting(repo.created_by))


def test_a_folder_lists_folders_first(repo):
    items = Program().get(f"{MODEL}/tree/main").json()["items"]

    assert [(each["kind"], each["path"]) for each in items] == [
        ("folder", "data"),
        ("file", ".gitattributes"),
        ("file", "README.md"),
        ("file", "w.bin"),
    ]
    assert items[3]["size"] == 10
    assert items[3]["verdict"]["code"] == "safe"


def test_a_tree_is_walked_page_by_page_in_both_directions(repo):
    program = Program()
    here, before = f"{MODEL}/tree/main?recursive=true&limit=2", ""
    pages = []
    while here:
        answer = program.get(here).json()
        pages.append([each["path"] for each in answer["items"]])
        here, before = answer["next"], answer["previous"]

    assert pages == [
        [".gitattributes", "README.md"],
        ["data/a.txt", "data/b.txt"],
        ["data/deep/c.txt", "w.bin"],
    ]
    assert [each["path"] for each in program.get(before).json()["items"]] == pages[1]


def test_a_folder_that_is_none_is_not_found(repo):
    assert Program().get(f"{MODEL}/tree/main?path=nowhere").status_code == 404


def test_a_cursor_that_nobody_gave_is_refused(repo):
    assert Program().get(f"{MODEL}/tree/main?cursor=%25").status_code == 400


def test_the_facts_of_a_file_lead_to_its_bytes(head):
    program = Program()
    facts = program.get(f"{MODEL}/info/main/w.bin").json()

    answer = program.get(facts["download"])

    assert b"".join(answer.streaming_content) == b"0123456789"
    assert facts["may_download"] is True
    assert facts["refusal"] == ""
    assert facts["revision"] == head.sha1


def test_bytes_come_in_ranges(repo):
    answer = Program().get(f"{MODEL}/files/main/w.bin", Range="bytes=2-4")

    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, b"234")
    assert answer.headers["Content-Range"] == "bytes 2-4/10"


def test_a_held_file_is_listed_and_says_why_it_is_held(head):
    judge(head, "w.bin", Verdict.DANGEROUS)
    program = Program()

    facts = program.get(f"{MODEL}/info/main/w.bin").json()
    answer = program.get(f"{MODEL}/files/main/w.bin")

    assert facts["may_download"] is False
    assert "dangerous" in facts["refusal"]
    assert (answer.status_code, answer.json()["code"]) == (403, "blocked")


def test_a_file_that_is_being_scanned_says_when_to_come_back(repo):
    ada = repo.created_by
    commit_files(repo, {"new.bin": b"new"}, by=ada)

    answer = Program().get(f"{MODEL}/files/main/new.bin")

    assert (answer.status_code, answer.json()["code"]) == (423, "locked")
    assert answer.headers["Retry-After"] == str(answer.json()["retry_after"])


def test_everything_comes_as_a_zip(repo):
    answer = Program().get(f"{MODEL}/archive/main")

    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert {name.split("/", 1)[1] for name in names} >= {*FILES, "SHA256SUMS"}


def test_the_card_comes_with_facts_and_html(head):
    keep_card(head)

    card = Program().get(f"{MODEL}/card/main").json()

    assert card["facts"] == {"license": "mit"}
    assert "<p>It sorts letters.</p>" in card["html"]
    assert card["state"]["code"] == "received"


def test_a_card_that_is_being_rendered_says_so(repo):
    assert Program().get(f"{MODEL}/card/main").json()["state"]["code"] == "waiting"


def test_a_folder_of_twenty_files_costs_the_queries_of_one():
    ada = make_user("ada")
    costs = []
    for name, count in (("one", 1), ("twenty", 20)):
        repo = make_repo(name, owner=ada)
        files = {f"{n}.txt": b"%d" % n for n in range(count)}
        judge_all(commit_files(repo, files, by=ada))
        program = Program()
        with CaptureQueriesContext(connection) as asked:
            program.get(f"/models/ada/{name}/tree/main")
        costs.append(len(asked))

    assert costs[0] == costs[1]
