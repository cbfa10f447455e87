from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.reviews.queries import standing_decisions
from governance.reviews.requests.actions import ask_for
from governance.reviews.requests.kinds import Wish
from governance.reviews.requests.models import CheckWaiver, ReviewRequest
from models_catalog.changes.actions import merge_change
from models_catalog.changes.models import DiscussionState
from models_catalog.stages.queries import stage_now
from tests.factories.models import propose
from tests.factories.people import acting, make_user
from tests.factories.reviews import CARD, approve, finish_scan, make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def released(scene):
    scene.reviewer = scene.member(Role.REVIEWER)
    approve(scene.change, scene.reviewer)
    scene.version = merge_change(scene.change, actor=acting(scene.maker)).version
    return scene


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def asked(released, at):
    response = at(
        "/ask?kind=promote",
        by=released.maker,
        send={"version": "1", "to": "stage:production", "reason": "It did well in the field."},
    )
    assert response.status_code == 302, words(response)
    return ReviewRequest.objects.get()


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("promote", "Where to"),
        ("recertify", "Version"),
        ("withdraw", "What to use instead"),
        ("waiver", "Do without"),
    ],
)
def test_each_kind_has_a_form_of_its_own(released, at, kind, word):
    page = words(at(f"/ask?kind={kind}", by=released.maker))

    assert word in page


def test_a_promotion_goes_from_the_form_to_the_stage(released, at, asked):
    page = words(at("/2", by=released.reviewer))
    assert "Move v1 to Production" in page
    assert "0 of 1 given" in page
    assert asked.manifest_digest in page

    said = {"kind": "approve", "reason": "Saw it.", "expected_sha1": asked.revision.sha1}
    assert at("/2/decide", by=released.reviewer, send=said).status_code == 302
    assert standing_decisions(asked).count() == 1
    assert at("/2/grant", by=released.maker, send={}).status_code == 302

    move = stage_now(released.version)
    assert move is not None
    assert (move.stage, move.review) == ("production", 2)
    assert "carried it out" in words(at("/2", by=released.reviewer))


def test_a_refused_grant_says_why_and_changes_nothing(released, at, asked):
    response = at("/2/grant", by=released.owner, send={})

    assert response.status_code == 409
    assert "0 of 1 approvals given" in words(response)
    assert stage_now(released.version) is None


def test_strangers_get_the_answer_of_what_does_not_exist(released, at, asked):
    stranger = make_user("stranger")

    assert at("/2", by=stranger).status_code == 404
    assert at("/2/grant", by=stranger, send={}).status_code == 404
    assert at("/ask", by=stranger).status_code == 403


def test_its_author_closes_a_request(released, at, asked):
    assert at("/2/give-up", by=released.maker, send={"reason": "Later."}).status_code == 302

    asked.discussion.refresh_from_db()
    assert asked.discussion.state == DiscussionState.CLOSED


def test_the_list_of_threads_names_what_is_asked(released, at, asked):
    assert "Promotion" in words(at("", by=released.maker))


def test_a_change_of_the_licence_is_told_on_top(released, at):
    before = propose(released.repo, {"README.md": CARD}, by=released.maker)
    finish_scan(before.head)
    approve(before, released.reviewer)
    merge_change(before, actor=acting(released.maker))
    other = CARD.replace(b"apache-2.0", b"mit")
    change = propose(released.repo, {"README.md": other}, by=released.maker)
    finish_scan(change.head)

    page = words(at(f"/{change.discussion.number}", by=released.reviewer))

    assert "The released version is under apache-2.0, this one would be under mit." in page


def test_a_reviewer_answers_for_a_rule_on_the_page(db, at):
    scene = make_scene(Preset.STRICT, name="steppe")
    reviewer = scene.member(Role.REVIEWER)
    assert "Answer for a rule" in words(at("/1", by=reviewer, where=scene))
    said = {"rule": "licence_present", "reason": "It is coming.", "days": "30"}

    response = at(
        "/1/waive-rule",
        by=reviewer,
        send=said | {"expected_sha1": scene.change.head.sha1},
        where=scene,
    )

    assert response.status_code == 302, words(response)
    waiver = CheckWaiver.objects.get()
    assert "Rules answered for" in words(at("/1", by=reviewer, where=scene))
    assert (
        at(f"/1/rule-waivers/{waiver.pk}/end", by=reviewer, send={}, where=scene).status_code == 302
    )
    assert "Rules answered for" not in words(at("/1", by=reviewer, where=scene))


def test_requests_stand_in_the_queues(released, asked, client):
    client.force_login(released.reviewer)

    for address in ("/reviews?view=all", "/orgs/savanna/reviews?view=you"):
        page = words(client.get(address))
        assert "Move v1 to Production" in page
        assert "Promotion" in page
        assert "Move v1" not in words(client.get(f"{address}&kind=waiver"))
        assert "Move v1" not in words(client.get(f"{address}&asked=nobody"))


def test_a_queue_of_many_requests_asks_no_more_often(released, asked, client):
    client.force_login(released.reviewer)
    client.get("/orgs/savanna/reviews?kind=promote")
    with CaptureQueriesContext(connection) as one:
        client.get("/orgs/savanna/reviews?kind=promote")
    for name in ("a1", "a2", "a3", "a4"):
        wish = Wish(released.repo, released.version, details={"target": "alias", "name": name})
        ask_for(wish, kind="promote", reason="Try.", actor=acting(released.maker))
    with CaptureQueriesContext(connection) as five:
        client.get("/orgs/savanna/reviews?kind=promote")

    assert len(five) == len(one)


def test_somebody_is_asked_to_decide_on_the_page(released, at, asked):
    send = {"reviewer": released.reviewer.username, "days": "3"}

    assert at("/2/assign", by=released.maker, send=send).status_code == 302
    page = words(at("/2", by=released.maker))
    assert "Asked to decide" in page
    assert "Take back" in page
    path = f"/2/unassign/{released.reviewer.username}"
    assert at(path, by=released.maker, send={}).status_code == 302
    assert "Take back" not in words(at("/2", by=released.maker))
