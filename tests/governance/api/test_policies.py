import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.policies.actions import change_preset
from governance.reviews.models import Decision
from tests.accounts.recording import names, recording
from tests.factories.api import Program
from tests.factories.models import make_repo
from tests.factories.people import acting, add_member, make_organization, make_user
from tests.factories.reviews import approve

pytestmark = [pytest.mark.django_db, pytest.mark.data]

POLICY = "/orgs/savanna/policy"


@pytest.fixture
def owner():
    return make_user("ada")


@pytest.fixture
def savanna(owner):
    return make_organization("savanna", owner)


@pytest.fixture
def program(owner, savanna):
    return Program(owner)


def test_anybody_reads_what_an_organisation_asks_for(savanna):
    said = Program().get(POLICY).json()

    assert (said["version"], said["preset"]["code"], said["changed_by"]) == (1, "light", None)
    assert said["rules"][0] == {
        "id": "approvals",
        "title": "Somebody who did not make this change has approved it",
        "parameters": {"count": 1, "security": 0},
    }
    assert "objections" in [rule["id"] for rule in said["rules"]]


def test_a_change_makes_a_new_version_and_says_who_made_it(program):
    etag = program.get(POLICY).headers["ETag"]

    with recording() as events:
        answer = program(
            "PATCH", POLICY, {"preset": "strict", "reason": "We grew."}, headers={"If-Match": etag}
        )

    said = answer.json()
    assert (said["version"], said["preset"]["code"], said["changed_by"]) == (2, "strict", "ada")
    assert names(events) == ["policy:adopted", "policy:changed"]
    versions = program.get(f"{POLICY}/versions").json()["items"]
    assert [each["version"] for each in versions] == [2, 1]


def test_a_policy_that_changed_meanwhile_is_not_overwritten(program, savanna, owner):
    etag = program.get(POLICY).headers["ETag"]
    change_preset(savanna, preset="strict", actor=acting(owner), reason="We grew.")

    with recording() as events:
        answer = program(
            "PATCH", POLICY, {"preset": "open", "reason": "We grew."}, headers={"If-Match": etag}
        )

    assert answer.status_code == 412
    assert events == []
    assert program.get(POLICY).json()["preset"]["code"] == "strict"


def test_decisions_on_open_changes_become_void(scene):
    approve(scene.change, scene.member("reviewer"))

    Program(scene.owner)("PATCH", POLICY, {"preset": "strict", "reason": "We grew."})

    assert Decision.objects.get().voided_because == "The policy changed."


def test_where_somebody_else_could_approve_nobody_changes_the_policy_alone(savanna):
    admin = Program(add_member(savanna, make_user("adam"), "admin"))

    with recording() as events:
        answer = admin("PATCH", POLICY, {"preset": "open", "reason": "We grew."})

    assert answer.status_code == 403
    assert "Write a draft" in answer.json()["detail"]
    assert events == []


def test_a_preset_that_is_none_is_refused_by_name(program):
    answer = program("PATCH", POLICY, {"preset": "lax", "reason": "We grew."})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "preset"


def test_who_may_change_it_learns_what_it_would_reach(owner):
    steppe = make_organization("steppe", owner, preset="open")
    make_repo("leaf", owner=owner, organization=steppe)

    said = Program(owner).get("/orgs/steppe/policy/reach").json()

    assert said == {"open_models": 1, "hidden_models": 1}


def test_many_versions_cost_the_queries_of_one(program, savanna, owner):
    change_preset(savanna, preset="strict", actor=acting(owner), reason="We grew.")
    program.get(f"{POLICY}/versions")
    with CaptureQueriesContext(connection) as few:
        program.get(f"{POLICY}/versions")
    for n in range(18):
        change_preset(
            savanna, preset=("light", "strict")[n % 2], actor=acting(owner), reason="We grew."
        )

    with CaptureQueriesContext(connection) as many:
        answer = program.get(f"{POLICY}/versions")

    assert len(answer.json()["items"]) == 20
    assert len(many) == len(few)
