import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.scanning.models import ContentScan
from models_catalog.storage.models import Verdict
from tests.factories.api import Program
from tests.factories.models import commit_files, make_repo
from tests.factories.people import make_user
from tests.factories.reviews import finish_scan

pytestmark = [pytest.mark.django_db, pytest.mark.data]

SCAN = "/models/ada/mine/scans/main"
FINDING = {
    "rule": "PKL-001",
    "severity": "critical",
    "verdict": "dangerous",
    "title": "Runs a command",
    "detail": "Loading it calls os.system.",
    "where": "",
    "offset": 7,
    "evidence": [{"offset": 7, "operation": "GLOBAL", "argument": "os system", "meaning": ""}],
    "advice": "Use safetensors.",
}


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def revision(ada):
    repo = make_repo("mine", owner=ada)
    made = commit_files(repo, {"config.json": b"{}", "data/model.pkl": b"bad"}, by=ada)
    finish_scan(made)
    bad = ContentScan.objects.get(blob__size=3)
    bad.findings, bad.formats = [FINDING], ["pickle"]
    bad.save()
    bad.blob.verdict = Verdict.DANGEROUS
    bad.blob.save()
    return made


def test_a_scan_is_told_in_figures(revision):
    said = Program().get(SCAN).json()

    assert (said["revision"], said["verdict"], said["is_finished"]) == (
        revision.sha1,
        "dangerous",
        True,
    )
    assert said["verdicts"] == {"dangerous": 1, "safe": 2}
    assert said["findings"] == {"critical": 1}
    assert (said["file_count"], said["scanned_count"]) == (3, 3)


def test_files_are_listed_the_worst_first_by_their_own_links(revision):
    first = Program().get(f"{SCAN}/files?limit=1").json()
    second = Program().get(first["next"]).json()

    assert [each["path"] for each in first["items"]] == ["data/model.pkl"]
    assert [each["path"] for each in second["items"]] == [".gitattributes"]
    assert Program().get(second["previous"]).json()["items"] == first["items"]


def test_one_file_comes_with_everything_that_was_found_in_it(revision):
    said = Program().get(f"{SCAN}/files/data/model.pkl").json()

    assert said["findings"] == [FINDING]
    assert said["formats"] == ["pickle"]
    assert said["engines"]["pickle"] == "dangerous"
    assert Program().get(f"{SCAN}/files/data").status_code == 404


def test_the_report_is_the_one_of_the_page(revision, client):
    page = client.get("/ada/mine/security/main?format=json")

    answer = Program().get(f"{SCAN}/report")

    assert answer.json() == page.json()
    assert answer.json()["files"][0] == Program().get(f"{SCAN}/files/data/model.pkl").json()
    assert answer.headers["Content-Disposition"] == page.headers["Content-Disposition"]


def test_sarif_is_the_one_of_the_page(revision, client):
    page = client.get("/ada/mine/security/main?format=sarif")

    answer = Program().get(f"{SCAN}/sarif")

    assert answer.json()["runs"][0]["results"] == page.json()["runs"][0]["results"]
    assert answer.headers["Content-Disposition"] == page.headers["Content-Disposition"]


def test_while_scanning_goes_on_files_are_pending(ada):
    commit_files(make_repo("mine", owner=ada), {"a.txt": b"a"}, by=ada)

    said = Program().get(SCAN).json()

    assert (said["verdict"], said["is_finished"], said["finished_at"]) == ("pending", False, None)
    assert Program().get(f"{SCAN}/files").json()["items"][0]["ruleset"] is None


@pytest.mark.parametrize("path", [SCAN, f"{SCAN}/files", f"{SCAN}/files/0.txt"])
def test_many_files_cost_the_queries_of_one(ada, path):
    repo = make_repo("mine", owner=ada)
    finish_scan(commit_files(repo, {"0.txt": b"0"}, by=ada))
    program = Program()
    program.get(path)
    with CaptureQueriesContext(connection) as one:
        program.get(path)
    finish_scan(commit_files(repo, {f"{n}.txt": b"%d" % n for n in range(1, 20)}, by=ada))

    with CaptureQueriesContext(connection) as twenty:
        assert program.get(path).status_code == 200

    assert len(twenty) == len(one)
