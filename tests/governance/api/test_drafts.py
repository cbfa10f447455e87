from __future__ import annotations

import pytest

from accounts.namespaces.models import Preset
from governance.policies.models import PolicyDraft
from governance.policies.places import HUB
from governance.policies.presets import PRESET_RULES
from governance.policies.queries import policy_at, policy_for
from tests.accounts.recording import recording
from tests.factories.api import Program
from tests.factories.models import make_repo
from tests.factories.people import add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

DRAFTS = "/policies/savanna/drafts"
STRICTER = {**PRESET_RULES[Preset.LIGHT], "safe_formats": {}}
BODY = {"preset": "light", "rules": STRICTER, "note": "Pickles bite."}


@pytest.fixture
def owner():
    return make_user("ada")


@pytest.fixture
def savanna(owner):
    return make_organization("savanna", owner)


@pytest.fixture
def program(owner, savanna):
    return Program(owner)


@pytest.fixture
def deputy(savanna):
    return Program(add_member(savanna, make_user("deputy"), "admin"))


def test_a_draft_goes_all_the_way_by_programs(program, deputy, savanna, owner):
    make_repo("leaf", owner=owner, organization=savanna)
    made = program("POST", DRAFTS, BODY)
    assert made.status_code == 201
    assert made.headers["Location"].endswith("/policies/savanna/drafts/1")
    digest = made.json()["digest"]

    assert program.get(f"{DRAFTS}/1/simulation").status_code == 404
    simulated = program("POST", f"{DRAFTS}/1/simulation").json()
    assert (simulated["state"], simulated["total"], simulated["digest"]) == ("done", 1, digest)
    models = program.get(f"{DRAFTS}/1/simulation/models").json()["items"]
    assert [each["model"] for each in models] == ["savanna/leaf"]
    assert program.get(f"{DRAFTS}/1/simulation/models?outcome=fail").json()["items"] == []
    changed = program.get(f"{DRAFTS}/1/differences").json()["items"]
    assert [(each["rule"], each["change"]) for each in changed] == [("safe_formats", "added")]

    proposed = program("POST", f"{DRAFTS}/1/proposal", {"digest": digest})
    assert proposed.json()["state"] == "proposed"
    assert program("POST", f"{DRAFTS}/1/approval", {"digest": digest}).status_code == 403
    approved = deputy("POST", f"{DRAFTS}/1/approval", {"digest": digest})

    assert approved.json()["state"] == "in_force"
    assert approved.json()["decided_by"] == "deputy"
    assert policy_for(savanna.namespace).number == 2


def test_a_proposal_of_what_nobody_tried_is_a_conflict(program):
    digest = program("POST", DRAFTS, BODY).json()["digest"]

    with recording() as events:
        answer = program("POST", f"{DRAFTS}/1/proposal", {"digest": digest})

    assert answer.status_code == 409
    assert "Simulate" in answer.json()["detail"]
    assert events == []


def test_a_draft_is_written_anew_adopted_and_dropped(program, savanna):
    program("POST", DRAFTS, BODY)
    program("POST", DRAFTS, BODY | {"preset": "strict", "rules": PRESET_RULES[Preset.STRICT]})
    anew = program("PUT", f"{DRAFTS}/1", BODY | {"note": "More."}).json()
    program("POST", f"{DRAFTS}/1/simulation")
    adopted = program(
        "POST", f"{DRAFTS}/1/adoption", {"digest": anew["digest"], "reason": "I am alone."}
    )
    assert adopted.json()["state"] == "in_force"

    assert program("POST", f"{DRAFTS}/2/rebase").json()["base"] == 2
    dropped = program("POST", f"{DRAFTS}/2/drop", {"reason": "Too much."}).json()

    assert (dropped["state"], dropped["reason"]) == ("dropped", "Too much.")
    listed = program.get(DRAFTS).json()["items"]
    assert [each["number"] for each in listed] == [2, 1]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rules": {"nonsense": {}}}, "nonsense"),
        ({"rules": {"approvals": {"count": "many"}}}, "approvals.count"),
        ({"rules": {"approvals": 3}}, "approvals"),
        ({"rules": 3}, "rules"),
        ({"note": " "}, "note"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_by_name(program, change, field):
    answer = program("POST", DRAFTS, BODY | change)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field
    assert not PolicyDraft.objects.exists()


def test_a_draft_for_one_model(program, savanna, owner):
    make_repo("leaf", owner=owner, organization=savanna)

    made = program(
        "POST", DRAFTS, {"model": "leaf", "rules": {"safe_formats": {}}, "note": "Why."}
    ).json()

    assert (made["layer"], made["of"]) == ("repo", "savanna/leaf")
    assert program("POST", DRAFTS, BODY | {"model": "nothing"}).status_code == 404
    assert program("POST", DRAFTS, BODY | {"team": "nobody"}).status_code == 404


def test_drafts_are_for_those_who_may_write_policies(program, savanna):
    program("POST", DRAFTS, BODY)
    maintainer = Program(add_member(savanna, make_user("grace"), "maintainer"))

    assert maintainer.get(DRAFTS).status_code == 404
    assert maintainer.get(f"{DRAFTS}/1").json() == maintainer.get(f"{DRAFTS}/7").json()
    assert maintainer("POST", DRAFTS, BODY).status_code == 403
    assert Program().get(DRAFTS).status_code in (401, 404)


def test_the_hubs_own_policy_is_for_sessions_of_its_administrators(program):
    assert program.get("/policies/hub/drafts").status_code == 404
    assert (
        program("POST", "/policies/hub/drafts", {"rules": {"safe_formats": {}}, "note": "Why."})
    ).status_code == 403
    assert policy_at(HUB) is None


def test_anybody_reads_how_an_organisation_governs(savanna):
    said = Program().get("/orgs/savanna/governance").json()

    assert (said["preset"], said["version"], said["withdrawals"]) == ("light", 1, [])
    assert said["rules"]["approvals"]["count"] == 1
    assert said["roles"] == [{"role": "owner", "people": 1}]
    assert [each["days"] for each in said["spans"]] == [30, 90]
