import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.authz.policy import Role
from models_catalog.storage.models import Verdict
from tests.factories.api import Program
from tests.factories.models import propose
from tests.factories.reviews import approve, finish_scan, make_scene, object_to

pytestmark = [pytest.mark.django_db, pytest.mark.data]

QUEUE = "/orgs/savanna/reviews"


def titles(answer):
    return [each["title"] for each in answer.json()["items"]]


def another(scene, title, content=b"w2"):
    made = propose(scene.repo, {"w.safetensors": content}, by=scene.maker, title=title)
    finish_scan(made.head)
    return made


def test_a_queue_says_what_each_change_lacks(scene):
    (said,) = Program(scene.owner).get(QUEUE).json()["items"]

    assert (said["model"], said["number"], said["author"]) == ("savanna/leaf", 1, "savanna-maker")
    assert said["checks"]["failed"] == 0
    assert said["missing_approvals"] == ["Reviewer"]
    assert said["head"] == scene.change.head.sha1
    assert (said["kind"], said["verdict"]) == ("publish", None)
    assert said["is_late"] is False


def test_the_worst_file_is_a_reason_to_look():
    scene = make_scene(verdict=Verdict.SUSPICIOUS)

    (said,) = Program(scene.owner).get(QUEUE).json()["items"]

    assert said["verdict"] == {"code": "suspicious", "word": "Needs a look"}
    assert said["checks"]["to_decide"] == 1


@pytest.mark.parametrize("path", [f"{QUEUE}?view=you", "/me/reviews"])
def test_what_the_caller_has_decided_waits_for_them_no_more(scene, path):
    reviewer = scene.member(Role.REVIEWER)
    program = Program(reviewer)
    assert titles(program.get(path)) == ["Sort more leaves"]

    object_to(scene.change, reviewer)

    assert titles(program.get(path)) == []
    assert titles(program.get(f"{QUEUE}?view=author")) == ["Sort more leaves"]
    assert titles(program.get("/me/reviews?view=decided")) == ["Sort more leaves"]


def test_the_makers_own_changes_are_a_list_of_their_own(scene):
    program = Program(scene.maker)

    assert titles(program.get("/me/reviews")) == []
    assert titles(program.get("/me/reviews?view=own")) == ["Sort more leaves"]


def test_what_is_merged_is_among_the_decided(scene):
    approve(scene.change, scene.member(Role.REVIEWER))
    owner = Program(scene.owner)
    owner.post("/models/savanna/leaf/changes/1/merge", {})

    (said,) = owner.get(f"{QUEUE}?view=decided").json()["items"]

    assert said["state"]["code"] == "merged"
    assert (said["checks"], said["due_at"]) == (None, None)


def test_words_narrow_a_queue_and_newest_turns_it_round(scene):
    another(scene, "Sort twigs")
    program = Program(scene.owner)

    assert titles(program.get(f"{QUEUE}?q=twigs")) == ["Sort twigs"]
    assert titles(program.get(QUEUE)) == ["Sort more leaves", "Sort twigs"]
    assert titles(program.get(f"{QUEUE}?sort=newest")) == ["Sort twigs", "Sort more leaves"]


def test_a_queue_pages_by_its_own_links(scene):
    another(scene, "Sort twigs")
    program = Program(scene.owner)

    first = program.get(f"{QUEUE}?limit=1")
    second = program.get(first.json()["next"])

    assert titles(first) == ["Sort more leaves"]
    assert titles(second) == ["Sort twigs"]
    assert titles(program.get(second.json()["previous"])) == ["Sort more leaves"]


@pytest.mark.parametrize(
    ("asked", "field"), [("view=mine", "view"), ("sort=random", "sort"), ("q=%00", "q")]
)
def test_what_cannot_be_asked_for_is_named(scene, asked, field):
    answer = Program(scene.owner).get(f"{QUEUE}?{asked}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field


def test_who_decides_nothing_has_no_list_of_what_waits_for_them(scene):
    answer = Program(scene.member(Role.AUDITOR)).get(f"{QUEUE}?view=you")

    assert answer.status_code == 400


@pytest.mark.parametrize("path", [QUEUE, "/me/reviews"])
def test_many_changes_cost_the_queries_of_one(scene, path):
    program = Program(scene.member(Role.REVIEWER))
    program.get(path)
    with CaptureQueriesContext(connection) as one:
        program.get(path)
    for n in range(19):
        another(scene, f"Change {n}", content=b"%d" % n)

    with CaptureQueriesContext(connection) as twenty:
        answer = program.get(path)

    assert len(answer.json()["items"]) == 20
    assert len(twenty) == len(one)
