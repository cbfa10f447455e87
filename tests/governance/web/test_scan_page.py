"""The scan report as people and programs read it."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.scanning.models import ContextScan, Ruleset
from models_catalog.storage.models import Verdict
from tests.factories.jobs import run_jobs
from tests.factories.models import CARD, commit_files, judge, make_repo
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db(transaction=True)]

EVIL = b"cposix\nsystem\n(S'echo pwned'\ntR."


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def repo():
    return make_repo("mine", owner=make_user("ada"))


@pytest.fixture
def scanned(repo):
    """A revision with a file of each kind, scanned."""
    ada = repo.namespace.user
    files = {"README.md": CARD, "config.json": b"{}", "model.pkl": EVIL}
    revision = commit_files(repo, files, by=ada)
    run_jobs("scan_blob", "judge_revision")
    return revision


def read(client, *, rev="main", query=""):
    return client.get(f"/ada/mine/security/{rev}{query}")


def test_a_dangerous_file_is_told_in_one_sentence_with_its_evidence(scanned, client):
    page = words(read(client))

    assert "model.pkl: Would run a shell command when loaded." in page
    assert "Downloads of this file are stopped for everybody." in page
    assert "PKL-001" in page
    assert "Looks up a function that runs programs" in page
    assert f"Pickle, ruleset {Ruleset.objects.get().version}" in page
    assert "In force since" in page


def test_no_cell_of_the_matrix_is_empty(scanned, client):
    table = words(read(client)).rsplit("Who looked at what", 1)[1].split("</table>")[0]

    assert '<td class="fit"></td>' not in table
    assert "Does not apply" in table
    assert "Blocked" in table


def test_while_scanning_goes_on_every_cell_says_so(repo, client):
    commit_files(repo, {"a.txt": b"a"}, by=repo.namespace.user)

    page = words(read(client))

    assert "Not read yet" in page
    assert page.count("Scanning") > 6


def test_programs_take_the_same_report_as_json(scanned, client):
    answer = read(client, query="?format=json")

    report = json.loads(answer.content)
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"].startswith('attachment; filename="mine-')
    assert report["revision"] == scanned.sha1
    assert report["verdict"] == "dangerous"
    worst = report["files"][0]
    assert worst["path"] == "model.pkl"
    assert worst["engines"]["pickle"] == "dangerous"
    assert worst["engines"]["tensors"] == "not_applicable"
    assert worst["findings"][0]["rule"] == "PKL-001"


def test_continuous_integration_takes_the_report_as_sarif(scanned, client):
    answer = read(client, query="?format=sarif")

    run = json.loads(answer.content)["runs"][0]
    worst = run["results"][0]
    rule = run["tool"]["driver"]["rules"][worst["ruleIndex"]]
    place = worst["locations"][0]["physicalLocation"]
    assert answer["Content-Type"] == "application/sarif+json"
    assert (worst["ruleId"], worst["level"], rule["id"]) == ("PKL-001", "error", "PKL-001")
    assert place["artifactLocation"]["uri"] == "model.pkl"
    assert place["region"]["byteOffset"] >= 0
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_what_is_not_scanned_is_a_result_of_sarif(repo, client):
    commit_files(repo, {"a b.txt": b"a"}, by=repo.namespace.user)

    run = json.loads(read(client, query="?format=sarif").content)["runs"][0]

    said = [result["message"]["text"] for result in run["results"]]
    assert said[0] == "This file has not been scanned yet. Not scanned is not safe."
    assert run["artifacts"][0]["location"]["uri"] in {"a%20b.txt", ".gitattributes"}
    assert run["invocations"] == [{"executionSuccessful": False}]


def test_a_report_names_the_rulesets_that_judged_it_before(scanned, client):
    context = ContextScan.objects.get(revision=scanned)
    ContextScan.objects.create(
        revision=scanned, ruleset="older-rules", finished_at=context.finished_at
    )

    assert "older-rules" in words(read(client))


def test_a_severity_that_nothing_has_is_said_and_remembered(scanned, client):
    page = words(read(client, query="?severity=note"))

    assert "0 findings" in page
    assert '<option value="note" selected>' in page


def test_a_report_costs_the_same_for_one_and_for_many_files(
    repo, client, django_assert_num_queries
):
    ada = repo.namespace.user
    first = commit_files(repo, {"a.txt": b"a"}, by=ada)
    judge(first, "a.txt", Verdict.SAFE)
    client.get("/ada/mine/security/main")
    with CaptureQueriesContext(connection) as one:
        client.get("/ada/mine/security/main")
    commit_files(repo, {f"{n}.txt": b"%d" % n for n in range(20)}, by=ada)

    with django_assert_num_queries(len(one)):
        client.get("/ada/mine/security/main")
