from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.scanning.engine import ruleset_version
from models_catalog.changes.actions import (
    add_comment,
    add_to_change,
    merge_change,
    open_discussion,
)
from models_catalog.storage.models import Verdict
from tests.factories.models import additions, judge, propose
from tests.factories.people import acting
from tests.factories.reviews import FILES, approve, finish_scan, make_scene

pytestmark = [pytest.mark.django_db]


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("path", ["", "/1"])
@pytest.mark.parametrize("role", [None, Role.READER])
def test_before_the_first_release_readers_find_nothing(scene, at, path, role):
    reader = scene.member(role) if role else None

    assert at(path, by=reader).status_code == 404


def test_readers_of_a_released_model_find_merged_changes_only(scene, at):
    approve(scene.change, scene.member(Role.REVIEWER))
    merge_change(scene.change, actor=acting(scene.maker))
    propose(scene.repo, {"secret-plan.txt": b"x"}, by=scene.maker, title="Not public yet")
    thread = open_discussion(scene.repo, title="Thanks", body="Hi", actor=acting(scene.owner))

    assert at("/1").status_code == 200
    assert at("/2").status_code == 404
    assert at(f"/{thread.number}").status_code == 200
    listed = words(at("?state=all"))
    assert "Sort more leaves" in listed
    assert "Not public yet" not in listed


def test_everybody_of_the_organisation_sees_what_is_asked_and_why_it_waits(scene, at):
    page = words(at("/1", by=scene.member(Role.AUDITOR)))

    assert "Needs 1 more approval" in page
    assert "0 of 1 approvals given." in page
    assert "This cannot be merged yet" in page
    assert "Merging needs the right" in page
    assert "You can comment, not decide." in page
    assert scene.change.head.manifest_digest in page


def test_whoever_made_the_change_reads_why_they_cannot_decide(scene, at):
    page = words(at("/1", by=scene.maker))

    assert "You pushed to this change, so somebody else has to review it." in page
    assert 'name="kind"' not in page
    assert 'name="body"' in page


def test_approving_is_closed_with_the_reason_while_a_check_fails(scene, at):
    judge(scene.change.head, "config.json", Verdict.DANGEROUS, ruleset=ruleset_version())

    page = words(at("/1", by=scene.member(Role.REVIEWER)))

    assert 'value="approve" disabled' in page
    assert "Nobody can approve while a check fails." in page
    assert 'value="request_changes" required' in page
    assert "1 check failed" in page


def test_the_maker_reads_why_they_cannot_answer_for_a_file(scene, at):
    judge(scene.change.head, "config.json", Verdict.SUSPICIOUS, ruleset=ruleset_version())

    page = words(at("/1", by=scene.maker))

    assert "You cannot answer for the files above." in page
    assert "Answer for a file" not in page


def test_while_scanning_runs_the_page_comes_back_by_itself(at):
    scene = make_scene(name="tundra", verdict=None)

    page = words(at("/1", by=scene.owner, where=scene))

    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in page
    assert 'data-poll="5"' in page
    assert "Scanning: 0 of 3 files are done." in page


def test_when_scanning_is_done_the_page_stays(scene, at):
    page = words(at("/1", by=scene.owner))

    assert 'http-equiv="refresh"' not in page
    assert "data-poll" not in page


def test_only_the_part_that_was_asked_for_is_sent(scene, client):
    client.force_login(scene.owner)

    response = client.get(
        f"/{scene.repo.full_name}/discussions/1", headers={"X-Fragment": "review"}
    )

    assert response.content.lstrip().startswith(b'<div class="stack" id="review"')
    assert b"<html" not in response.content


def test_small_texts_show_what_differs(scene, at):
    approve(scene.change, scene.member(Role.REVIEWER))
    merge_change(scene.change, actor=acting(scene.maker))
    propose(scene.repo, {"config.json": b'{"layers": 24}\n'}, by=scene.maker)

    page = words(at("/2", by=scene.owner))

    assert "−&nbsp;{&quot;layers&quot;: 12}" in page
    assert "+&nbsp;{&quot;layers&quot;: 24}" in page


def test_a_long_difference_is_cut_and_shown_whole_on_request(scene, at):
    text = "".join(f"line {number}\n" for number in range(100)).encode()
    propose(scene.repo, {"notes.md": text}, by=scene.maker)

    assert "60 more lines differ." in words(at("/2", by=scene.owner))
    whole = words(at("/2?diff=notes.md", by=scene.owner))
    assert "line 99" in whole
    assert "more lines differ" not in whole


def test_markup_in_a_file_or_comment_stays_text(scene, at):
    propose(scene.repo, {"a.md": b"<script>alert(1)</script>"}, by=scene.maker, title="<b>x</b>")
    at("/2/comment", by=scene.owner, send={"body": "<img src=x>\n\nsecond"})

    page = at("/2", by=scene.owner).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt;" in page


def test_the_text_of_a_blocked_file_is_not_shown(scene, at):
    judge(scene.change.head, "config.json", Verdict.DANGEROUS, ruleset=ruleset_version())

    assert "layers" not in words(at("/1", by=scene.owner))


def test_a_change_costs_the_same_with_few_and_many_files_comments_and_decisions(
    scene, client, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = f"/{scene.repo.full_name}/discussions/1"
    client.force_login(scene.owner)
    client.get(address)
    add_comment(scene.change.discussion, body="one", actor=acting(scene.owner))
    approve(scene.change, scene.member(Role.REVIEWER, "first"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    maker = acting(scene.maker)
    many = {f"notes-{n}.bin": f"{n}".encode() for n in range(20)}
    operations = additions(many, actor=maker)
    finish_scan(add_to_change(scene.change, operations=operations, message="x", actor=maker))
    for number in range(10):
        add_comment(scene.change.discussion, body=f"{number}", actor=acting(scene.owner))
        approve(scene.change, scene.member(Role.REVIEWER, f"reviewer-{number}"))

    with django_assert_num_queries(len(few)):
        client.get(address)


def test_a_change_of_a_strict_organisation_names_the_seat_for_security(at):
    scene = make_scene(Preset.STRICT, name="tundra", files=FILES)
    security = scene.member(Role.SECURITY_REVIEWER)

    page = words(at("/1", by=security, where=scene))

    assert "Approvals needed: 0 of 2 given" in page
    assert '<b>Security reviewer</b><div class="soft">You</div>' in page


def test_a_reviewer_who_may_not_merge_reads_that_others_can(scene, at):
    reviewer = scene.member(Role.REVIEWER)
    approve(scene.change, reviewer)

    page = words(at("/1", by=reviewer))

    assert "This can be merged, but not by you" in page
    assert "Merging needs the right" in page


def test_the_reviewer_reads_what_their_decision_counts_as(scene, at):
    assert "You decide as: Reviewer" in words(at("/1", by=scene.member(Role.REVIEWER)))


def test_comments_carry_the_part_that_their_author_has_in_the_change(scene, at):
    add_comment(scene.change.discussion, body="It is good.", actor=acting(scene.maker))

    assert "Made this change, <time" in words(at("/1", by=scene.owner))


def test_a_change_costs_the_same_with_one_and_with_many_comments(
    scene, at, django_assert_num_queries
):
    add_comment(scene.change.discussion, body="One.", actor=acting(scene.maker))
    client = at("/1", by=scene.owner).client
    address = f"/{scene.repo.full_name}/discussions/1"
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(20):
        person = scene.member(Role.REVIEWER, f"reader-{number}")
        add_comment(scene.change.discussion, body="More.", actor=acting(person))

    with django_assert_num_queries(len(one)):
        assert client.get(address).content.count(b"More.") == 20
