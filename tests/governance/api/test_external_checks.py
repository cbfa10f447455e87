from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.checks.actions import Report, report_check
from tests.factories.api import Program
from tests.factories.models import commit_files, make_repo
from tests.factories.people import acting, make_user
from tests.factories.reviews import make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.data]

BODY = {
    "name": "ci/bias",
    "state": "failure",
    "summary": "3 tests failed",
    "link": "https://ci.example.org/1",
}


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def revision(ada):
    return commit_files(make_repo("mine", owner=ada), {"a.txt": b"a"}, by=ada)


def test_a_program_reports_and_everybody_reads(revision, ada):
    made = Program(ada, scope="write").post("/models/ada/mine/checks/main", BODY)

    assert made.status_code == 201
    assert made.json()["revision"] == revision.sha1
    [said] = Program().get("/models/ada/mine/checks/main").json()["items"]
    assert (said["name"], said["state"]["code"], said["link"]) == (
        "ci/bias",
        "failure",
        BODY["link"],
    )


def test_every_report_is_listed_the_newest_first(revision, ada):
    program = Program(ada, scope="write")
    for state in ("pending", "success"):
        program.post("/models/ada/mine/checks/main", BODY | {"state": state})

    said = Program().get(f"/models/ada/mine/checks/{revision.sha1}/reports").json()["items"]

    assert [(each["state"]["code"], each["is_current"]) for each in said] == [
        ("success", True),
        ("pending", False),
    ]


def test_a_token_that_may_only_read_reports_nothing(revision, ada):
    refused = Program(ada, scope="read").post("/models/ada/mine/checks/main", BODY)

    assert refused.status_code == 403
    assert Program().get("/models/ada/mine/checks/main").json()["items"] == []


def test_a_wrong_body_names_the_field(revision, ada):
    refused = Program(ada, scope="write").post(
        "/models/ada/mine/checks/main", BODY | {"link": "javascript:alert(1)"}
    )

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "link"


def test_reports_on_an_unreleased_revision_are_for_those_who_may_see_it():
    scene = make_scene(Preset.LIGHT)
    head = scene.change.head
    report_check(scene.repo, head, report=Report("ci", "success"), actor=acting(scene.maker))
    reviewer = scene.member(Role.REVIEWER)
    where = f"/models/savanna/leaf/checks/{head.sha1}"

    assert len(Program(reviewer, scope="read").get(where).json()["items"]) == 1
    for path in (where, f"{where}/reports"):
        stranger = Program(make_user(f"stranger-{len(path)}"), scope="read").get(path)
        missing = Program().get(path.replace(head.sha1, "0" * 40))
        assert (stranger.status_code, missing.status_code) == (404, 404)
