from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from governance.reviews.queries import standing_decisions
from governance.scanning.engine import ruleset_version
from governance.scanning.models import Waiver
from models_catalog.changes.actions import (
    add_to_change,
    merge_change,
)
from models_catalog.changes.models import Comment, Discussion, DiscussionState
from models_catalog.storage.models import Verdict
from tests.factories.models import additions, judge, make_repo, propose
from tests.factories.people import acting, make_organization, make_user
from tests.factories.reviews import approve, finish_scan, object_to

pytestmark = [pytest.mark.django_db]


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    "act", ["comment", "decide", "merge", "close", "update", "waive", "withdraw-decision"]
)
def test_before_the_first_release_readers_do_nothing(scene, at, act):
    reader = scene.member(Role.READER)
    before = (Comment.objects.count(), scene.fresh().head_id)

    response = at(f"/1/{act}", by=reader, send={"reason": "x", "kind": "approve", "body": "x"})

    assert response.status_code == 404
    assert (Comment.objects.count(), scene.fresh().head_id) == before


def test_a_reviewer_approves(scene, at):
    reviewer = scene.member(Role.REVIEWER)
    sha1 = scene.change.head.sha1

    response = at(
        "/1/decide",
        by=reviewer,
        send={"kind": "approve", "reason": "I ran it.", "expected_sha1": sha1},
    )

    assert response.status_code == 302
    assert standing_decisions(scene.change).get().reviewer == reviewer
    page = words(at("/1", by=reviewer))
    assert "I ran it." in page
    assert "Approved by the-reviewer." in page
    assert "Take your decision back" in page


def test_the_second_click_on_approve_changes_nothing(scene, at):
    reviewer = scene.member(Role.REVIEWER)
    sent = {"kind": "approve", "reason": "", "expected_sha1": scene.change.head.sha1}
    at("/1/decide", by=reviewer, send=sent)

    assert at("/1/decide", by=reviewer, send=sent).status_code == 302
    assert standing_decisions(scene.change).count() == 1


def test_an_objection_without_a_reason_is_sent_back_with_the_words_kept(scene, at):
    sent = {"kind": "reject", "reason": " ", "expected_sha1": scene.change.head.sha1}

    response = at("/1/decide", by=scene.member(Role.REVIEWER), send=sent)

    assert response.status_code == 422
    assert "Say why" in words(response)
    assert not standing_decisions(scene.change)


def test_a_decision_about_an_older_commit_is_sent_back(scene, at):
    sent = {"kind": "approve", "reason": "Fine.", "expected_sha1": "0" * 40}

    response = at("/1/decide", by=scene.member(Role.REVIEWER), send=sent)

    assert response.status_code == 422
    assert "A commit was added since you opened this page." in words(response)
    assert "Fine." in words(response)


def test_only_commenting_is_no_decision(scene, at):
    sent = {"kind": "comment", "reason": "How big was the corpus?", "expected_sha1": ""}

    at("/1/decide", by=scene.member(Role.REVIEWER), send=sent)

    assert not standing_decisions(scene.change)
    assert Comment.objects.filter(body="How big was the corpus?", kind="comment").exists()


def test_a_decision_is_taken_back(scene, at):
    reviewer = scene.member(Role.REVIEWER)
    object_to(scene.change, reviewer)

    assert at("/1/withdraw-decision", by=reviewer, send={}).status_code == 302
    assert not standing_decisions(scene.change)
    assert "took it back" in words(at("/1", by=reviewer))


def test_an_approved_change_is_merged_once(scene, at):
    approve(scene.change, scene.member(Role.REVIEWER))
    sent = {"expected_sha1": scene.change.head.sha1}
    assert "Merge and release v1" in words(at("/1", by=scene.maker))

    response = at("/1/merge", by=scene.maker, send=sent)

    assert response.status_code == 302
    assert scene.fresh().discussion.state == DiscussionState.MERGED
    assert "merged it and released version 1" in words(at("/1", by=scene.maker))
    again = at("/1/merge", by=scene.maker, send=sent)
    assert again.status_code == 409
    assert "merged or closed already" in words(again)


def test_a_change_that_moved_on_is_not_merged_unseen(scene, at):
    reviewer = scene.member(Role.REVIEWER)
    seen = scene.change.head.sha1
    maker = acting(scene.maker)
    operations = additions({"x.txt": b"x"}, actor=maker)
    finish_scan(add_to_change(scene.change, operations=operations, message="x", actor=maker))
    approve(scene.change, reviewer)

    response = at("/1/merge", by=scene.maker, send={"expected_sha1": seen})

    assert response.status_code == 409
    assert scene.fresh().discussion.state == DiscussionState.OPEN


def test_a_refused_merge_says_every_reason(scene, at):
    response = at("/1/merge", by=scene.maker, send={"expected_sha1": scene.change.head.sha1})

    assert response.status_code == 409
    assert "This change cannot be merged yet. 0 of 1 approvals given." in words(response)


def test_a_change_that_fell_behind_is_brought_up_to_date(scene, at):
    slow = propose(scene.repo, {"other.txt": b"other"}, by=scene.maker)
    approve(scene.change, scene.member(Role.REVIEWER))
    merge_change(scene.change, actor=acting(scene.maker))
    assert "Bring up to date" in words(at("/2", by=scene.maker))

    assert at("/2/update", by=scene.maker, send={}).status_code == 302
    slow.refresh_from_db()
    assert slow.base == scene.change.head


def test_the_maker_gives_a_change_up(scene, at):
    response = at("/1/close", by=scene.maker, send={"reason": "Wrong weights."})

    assert response.status_code == 302
    assert scene.fresh().discussion.state == DiscussionState.CLOSED
    assert "Wrong weights." in words(at("/1", by=scene.maker))


def test_a_reviewer_without_more_rights_may_not_close(scene, at):
    response = at("/1/close", by=scene.member(Role.REVIEWER), send={})

    assert response.status_code == 409
    assert "Change the settings of models" in words(response)
    assert scene.fresh().discussion.state == DiscussionState.OPEN


def test_a_reviewer_answers_for_a_file_and_takes_it_back(scene, at):
    judge(scene.change.head, "config.json", Verdict.SUSPICIOUS, ruleset=ruleset_version())
    reviewer = scene.member(Role.REVIEWER)
    assert "Answer for a file" in words(at("/1", by=reviewer))
    sent = {
        "path": "config.json",
        "reason": "Plain settings.",
        "days": "30",
        "expected_sha1": scene.change.head.sha1,
    }

    assert at("/1/waive", by=reviewer, send=sent).status_code == 302

    page = words(at("/1", by=reviewer))
    assert "the-reviewer answered for config.json" in page
    assert "Plain settings." in page
    waiver = Waiver.objects.get()
    assert at(f"/1/waivers/{waiver.pk}/end", by=reviewer, send={}).status_code == 302
    assert "Waivers in force" not in words(at("/1", by=reviewer))


def test_a_waiver_for_too_long_is_sent_back(scene, at):
    judge(scene.change.head, "config.json", Verdict.SUSPICIOUS, ruleset=ruleset_version())
    sent = {
        "path": "config.json",
        "reason": "x",
        "days": "91",
        "expected_sha1": scene.change.head.sha1,
    }

    response = at("/1/waive", by=scene.member(Role.REVIEWER), send=sent)

    assert response.status_code == 422
    assert not Waiver.objects.exists()


def test_strangers_take_part_in_discussions_of_public_models(scene, at):
    approve(scene.change, scene.member(Role.REVIEWER))
    merge_change(scene.change, actor=acting(scene.maker))
    stranger = make_user("stranger")

    made = at("/new", by=stranger, send={"title": "A question", "body": "Which trees?"})

    assert made.status_code == 302
    thread = Discussion.objects.get(title="A question")
    assert (
        at(f"/{thread.number}/comment", by=stranger, send={"body": "And bushes?"}).status_code
        == 302
    )
    page = words(at(f"/{thread.number}"))
    assert "Which trees?" in page
    assert "And bushes?" in page
    assert "to take part." in page


def test_nobody_takes_part_without_signing_in(scene, at):
    approve(scene.change, scene.member(Role.REVIEWER))
    merge_change(scene.change, actor=acting(scene.maker))

    response = at("/1/comment", send={"body": "Hello"})

    assert response.status_code == 302
    assert "/login/" in response["Location"]
    assert not Comment.objects.filter(body="Hello").exists()


def test_an_empty_comment_is_sent_back(scene, at):
    assert at("/1/comment", by=scene.owner, send={"body": " "}).status_code == 422


def test_an_organisation_of_one_asks_for_stand_ins(client):
    owner, neighbour = make_user("solo"), make_user("neighbour", is_community_reviewer=True)
    organization = make_organization("tiny", owner)
    repo = make_repo("leaf", owner=owner, organization=organization)
    finish_scan(propose(repo, {"a.txt": b"a"}, by=owner, title="First version").head)
    client.force_login(owner)
    assert "Ask the hub’s reviewers" in words(client.get("/tiny/leaf/discussions/1"))

    assert client.post("/tiny/leaf/discussions/1/ask").status_code == 302

    assert "were asked to stand in" in words(client.get("/tiny/leaf/discussions/1"))
    client.force_login(neighbour)
    assert "First version" in words(client.get("/reviews"))
    assert 'value="approve"' in words(client.get("/tiny/leaf/discussions/1"))
