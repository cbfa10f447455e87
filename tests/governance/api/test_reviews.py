import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.reviews.models import Decision
from governance.scanning.models import Waiver
from models_catalog.storage.models import Verdict
from tests.accounts.recording import names, recording
from tests.factories.api import Program
from tests.factories.people import make_user
from tests.factories.reviews import approve, make_scene, object_to

pytestmark = [pytest.mark.django_db, pytest.mark.data]

CHANGE = "/models/savanna/leaf/changes/1"


def decision(scene, kind="approve", reason=""):
    return {"kind": kind, "reason": reason, "commit": scene.change.head.sha1}


def may(said, kind):
    return next(each for each in said["you"]["decisions"] if each["kind"] == kind)


def test_a_review_says_what_is_missing_and_what_the_caller_may_do(scene):
    program = Program(scene.member(Role.REVIEWER))

    said = program.get(f"{CHANGE}/review").json()

    assert (said["model"], said["number"], said["head"]) == (
        "savanna/leaf",
        1,
        scene.change.head.sha1,
    )
    assert said["policy"] == {"version": 1, "preset": {"code": "light", "word": "Light"}}
    assert said["approvals"] == {
        "needed": 1,
        "needed_for_security": 0,
        "given": 0,
        "given_for_security": 0,
    }
    blocking = [check["rule"] for check in said["checks"] if check["is_blocking"]]
    assert blocking == ["approvals"]
    assert said["makers"] == ["savanna-maker"]
    assert said["you"]["decides_as"] == "reviewer"
    assert may(said, "approve") == {"kind": "approve", "is_allowed": True, "reason": None}
    assert said["you"]["merge"]["is_allowed"] is False


def test_who_made_it_reads_why_they_may_not_decide(scene):
    said = Program(scene.maker).get(f"{CHANGE}/review").json()

    assert said["you"]["decides_as"] is None
    assert may(said, "approve")["is_allowed"] is False
    assert "somebody else has to review it" in may(said, "approve")["reason"]


def test_an_approval_counts_and_opens_the_gate(scene):
    program = Program(scene.member(Role.REVIEWER))

    with recording() as events:
        answer = program.post(f"{CHANGE}/decisions", decision(scene, reason="Ran it."))

    assert answer.status_code == 201
    made = answer.json()
    assert (made["reviewer"], made["kind"], made["commit"]) == (
        "the-reviewer",
        "approve",
        scene.change.head.sha1,
    )
    assert names(events) == ["policy:adopted", "decision:made"]
    said = Program(scene.owner).get(f"{CHANGE}/review").json()
    assert said["approvals"]["given"] == 1
    assert said["you"]["merge"] == {"is_allowed": True, "reasons": []}
    assert said["decisions"] == [made]


def test_the_same_request_again_decides_once(scene):
    program = Program(scene.member(Role.REVIEWER))
    first = program.post(f"{CHANGE}/decisions", decision(scene), Idempotency_Key="one")

    with recording() as events:
        again = program.post(f"{CHANGE}/decisions", decision(scene), Idempotency_Key="one")

    assert again.json() == first.json()
    assert events == []


def test_a_decision_on_a_commit_that_is_not_the_head_is_a_conflict(scene):
    program = Program(scene.member(Role.REVIEWER))

    with recording() as events:
        answer = program.post(
            f"{CHANGE}/decisions", decision(scene) | {"commit": scene.change.base.sha1}
        )

    assert answer.status_code == 409
    assert Decision.objects.count() == 0
    assert events == []


def test_who_made_it_is_refused_with_the_sentence_of_the_page(scene):
    program = Program(scene.maker)

    with recording() as events:
        answer = program.post(f"{CHANGE}/decisions", decision(scene))

    assert answer.status_code == 403
    assert answer.json()["detail"] == (
        "You pushed to this change, so somebody else has to review it."
    )
    assert events == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "reject"}, "reason"),
        ({"kind": "perhaps"}, "kind"),
        ({"commit": "abc"}, "commit"),
        ({"reason": "x" * 5001}, "reason"),
    ],
)
def test_what_does_not_fit_is_named_and_decides_nothing(scene, wrong, field):
    program = Program(scene.member(Role.REVIEWER))

    with recording() as events:
        answer = program.post(f"{CHANGE}/decisions", decision(scene) | wrong)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field
    assert events == []


def test_a_decision_is_taken_back_and_stays_in_the_list(scene):
    reviewer = scene.member(Role.REVIEWER)
    object_to(scene.change, reviewer)
    program = Program(reviewer)

    with recording() as events:
        first, second = (program("DELETE", f"{CHANGE}/decisions/mine") for _ in range(2))

    assert (first.status_code, second.status_code) == (204, 404)
    assert names(events) == ["decision:voided"]
    (kept,) = program.get(f"{CHANGE}/decisions").json()["items"]
    assert kept["voided_because"] == "Its reviewer took it back."


@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_program_with_less_than_everything_decides_nothing(scene, scope):
    program = Program(scene.member(Role.REVIEWER), scope=scope)

    with recording() as events:
        answers = [
            program.post(f"{CHANGE}/decisions", decision(scene)),
            program.post(
                f"{CHANGE}/waivers",
                {
                    "path": "config.json",
                    "reason": "x",
                    "days": 1,
                    "commit": scene.change.head.sha1,
                },
            ),
        ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert events == []


def test_a_file_is_answered_for_and_the_answer_ends():
    scene = make_scene(verdict=Verdict.UNSCANNABLE)
    reviewer = Program(scene.member(Role.REVIEWER))
    said = reviewer.get(f"{CHANGE}/review").json()
    assert {"path": "config.json", "is_allowed": True, "reason": None} in said["you"]["waivers"]
    body = {
        "path": "config.json",
        "reason": "Read it.",
        "days": 7,
        "commit": scene.change.head.sha1,
    }

    with recording() as events:
        made = reviewer.post(f"{CHANGE}/waivers", body)
        listed = reviewer.get(f"{CHANGE}/review").json()["waivers"]
        ended = reviewer("DELETE", f"{CHANGE}/waivers/{made.json()['id']}")
        again = reviewer("DELETE", f"{CHANGE}/waivers/{made.json()['id']}")

    assert made.status_code == 201
    assert listed == [made.json()]
    assert (ended.status_code, again.status_code) == (204, 404)
    assert names(events) == ["waiver:given", "waiver:ended"]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"path": "nothing.bin"}, 404),
        ({"days": 0}, 400),
        ({"days": 91}, 400),
        ({"reason": " "}, 400),
    ],
)
def test_a_waiver_that_cannot_be_given_gives_nothing(wrong, status):
    scene = make_scene(verdict=Verdict.UNSCANNABLE)
    program = Program(scene.member(Role.REVIEWER))
    body = {"path": "config.json", "reason": "Read it.", "days": 7}

    with recording() as events:
        answer = program.post(
            f"{CHANGE}/waivers", body | {"commit": scene.change.head.sha1} | wrong
        )

    assert answer.status_code == status
    assert Waiver.objects.count() == 0
    assert events == []


def test_nobody_answers_for_what_is_dangerous():
    scene = make_scene(verdict=Verdict.DANGEROUS)
    program = Program(scene.member(Role.SECURITY_REVIEWER))

    answer = program.post(
        f"{CHANGE}/waivers",
        {"path": "config.json", "reason": "x", "days": 1, "commit": scene.change.head.sha1},
    )

    assert answer.status_code == 403
    assert "Nobody can answer for that" in answer.json()["detail"]


def test_an_organisation_that_is_too_small_asks_the_hubs_reviewers():
    scene = make_scene(Preset.STRICT)
    stand_in = make_user("carl", is_community_reviewer=True)
    program = Program(scene.maker)
    theirs = Program(stand_in)
    assert theirs.get(f"{CHANGE}/review").status_code == 404

    with recording() as events:
        first, second = (program.post(f"{CHANGE}/community") for _ in range(2))

    assert (first.json(), second.json()) == ({"asked": 1}, {"asked": 0})
    assert names(events).count("change:community_asked") == 1
    assert theirs.get(f"{CHANGE}/review").json()["community"] == {
        "may_stand_in": True,
        "are_asked": True,
    }


def test_a_closed_change_says_what_was_decided_and_nothing_about_what_could_be(scene):
    reviewer = scene.member(Role.REVIEWER)
    approve(scene.change, reviewer)
    owner = Program(scene.owner)
    assert owner.post(f"{CHANGE}/merge", {}).status_code == 200

    said = Program().get(f"{CHANGE}/review").json()

    assert said["state"]["code"] == "merged"
    assert [each["reviewer"] for each in said["decisions"]] == ["the-reviewer"]
    assert (said["checks"], said["you"], said["policy"]) == (None, None, None)
    late = Program(reviewer).post(f"{CHANGE}/decisions", decision(scene))
    assert late.status_code == 409
