from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.reviews.queues.models import QueueEntry
from governance.scanning.engine import ruleset_version
from models_catalog.changes.actions import merge_change, open_discussion
from models_catalog.storage.models import Verdict
from tests.factories.models import judge, make_repo, propose
from tests.factories.people import acting, add_member, make_user
from tests.factories.reviews import approve, finish_scan, make_scene, object_to

pytestmark = pytest.mark.django_db

QUEUE = "/orgs/savanna/reviews"


def words(response) -> str:
    return " ".join(response.content.decode().split())


def make_late(change, *, days):
    """It was opened some days ago."""
    opened = timezone.now() - timedelta(days=days)
    entry = QueueEntry.objects.filter(pk=change.discussion_id)
    entry.update(opened_at=opened, due_at=opened + timedelta(days=7))


def get(client, address, by=None):
    client.logout()
    if by is not None:
        client.force_login(by)
    return client.get(address)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OWNER, 200),
        (Role.CONTRIBUTOR, 200),
        (Role.REVIEWER, 200),
        (Role.AUDITOR, 200),
        (Role.READER, 404),
    ],
)
def test_insiders_see_the_queue_of_their_organisation(scene, client, role, status):
    assert get(client, QUEUE, scene.member(role)).status_code == status


def test_strangers_do_not_see_a_queue(scene, client):
    assert get(client, QUEUE, make_user("stranger")).status_code == 404
    assert get(client, QUEUE).status_code == 302


def test_a_row_says_what_is_missing_and_what_is_risky(scene, client):
    judge(scene.change.head, "config.json", Verdict.DANGEROUS, ruleset=ruleset_version())

    page = words(get(client, QUEUE, scene.owner))

    assert "Sort more leaves" in page
    assert "1 failed" in page
    assert "Blocked" in page
    assert "0 of 1" in page
    assert "Missing: Reviewer" in page


def test_passed_checks_are_not_all_that_is_asked_for(scene, client):
    reviewer = scene.member(Role.REVIEWER)

    before = words(get(client, QUEUE, reviewer))
    approve(scene.change, reviewer)
    after = words(get(client, QUEUE, reviewer))

    assert "Checks passed, 1 approval missing" in before
    assert "Ready to merge" not in before
    assert "Ready to merge" in after


def test_a_change_that_somebody_objects_to_is_not_ready(scene, client):
    approve(scene.change, scene.member(Role.REVIEWER))
    object_to(scene.change, scene.member(Role.ADMIN))

    page = words(get(client, QUEUE, scene.owner))

    assert "Changes requested" in page
    assert "Ready to merge" not in page


def test_what_has_waited_for_more_than_a_week_is_late(scene, client):
    make_late(scene.change, days=10)

    page = words(get(client, f"{QUEUE}?late=on", scene.owner))

    assert "Sort more leaves" in page
    assert "3 days late" in page
    assert "Nothing waits here" not in page


def test_nothing_is_late_in_the_first_week(scene, client):
    assert "Nothing waits here" in words(get(client, f"{QUEUE}?late=on", scene.owner))


def test_a_queue_is_searched_and_turned_round_and_remembers_it(scene, client):
    propose(scene.repo, {"b.txt": b"b"}, by=scene.maker, title="Another one")

    found = words(get(client, f"{QUEUE}?q=another", scene.owner))
    turned = words(get(client, f"{QUEUE}?sort=newest", scene.owner))

    assert "Another one" in found
    assert 'value="another"' in found
    assert "Sort more leaves" not in found
    assert turned.index("Another one") < turned.index("Sort more leaves")
    assert '<option value="newest" selected>' in turned


def test_an_organisation_reads_how_fast_it_decides(scene, client):
    make_late(scene.change, days=4)
    approve(scene.change, scene.member(Role.REVIEWER))
    merge_change(scene.fresh(), actor=acting(scene.maker))

    assert "<dd>4 days</dd>" in words(get(client, QUEUE, scene.owner))


def test_a_reviewer_finds_again_what_they_decided(scene, client):
    reviewer = scene.member(Role.REVIEWER)
    approve(scene.change, reviewer)
    merge_change(scene.change, actor=acting(scene.maker))

    assert "Sort more leaves" in words(get(client, "/reviews?view=decided", reviewer))
    assert "Nothing waits here" in words(get(client, "/reviews?view=decided", scene.owner))


def test_strict_organisations_miss_a_security_reviewer(client):
    scene = make_scene(Preset.STRICT)
    approve_anyway = scene.member(Role.SECURITY_REVIEWER)

    page = words(get(client, QUEUE, approve_anyway))

    assert "Missing: Security reviewer, Reviewer" in page


def test_what_waits_for_somebody_leaves_when_they_decide(scene, client):
    reviewer = scene.member(Role.REVIEWER)
    assert "Sort more leaves" in words(get(client, "/reviews", reviewer))
    assert "Sort more leaves" in words(get(client, f"{QUEUE}?view=you", reviewer))

    object_to(scene.change, reviewer)

    assert "Sort more leaves" not in words(get(client, "/reviews", reviewer))
    assert "Sort more leaves" not in words(get(client, f"{QUEUE}?view=you", reviewer))
    assert "Sort more leaves" in words(get(client, "/reviews?view=author", reviewer))
    assert "Sort more leaves" in words(get(client, f"{QUEUE}?view=author", reviewer))


def test_what_somebody_else_has_approved_no_longer_waits(scene, client):
    other = scene.member(Role.ADMIN)
    approve(scene.change, scene.member(Role.REVIEWER))

    assert "Nothing waits here" in words(get(client, "/reviews", other))
    assert "Sort more leaves" in words(get(client, "/reviews?view=all", other))


def test_a_strict_change_waits_until_security_has_approved(client):
    scene = make_scene(Preset.STRICT, name="tundra")
    security = scene.member(Role.SECURITY_REVIEWER)

    assert "Sort more leaves" in words(get(client, "/reviews", security))


def test_ones_own_change_waits_for_others(scene, client):
    maker = add_member(scene.organization, scene.maker, Role.REVIEWER.value)

    assert "Nothing waits here" in words(get(client, "/reviews", maker))
    assert "Sort more leaves" in words(get(client, "/reviews?view=own", maker))


def test_decided_changes_are_kept_apart(scene, client):
    approve(scene.change, scene.member(Role.REVIEWER))
    merge_change(scene.change, actor=acting(scene.maker))

    assert "Nothing waits here" in words(get(client, QUEUE, scene.owner))
    assert "Merged" in words(get(client, f"{QUEUE}?view=decided", scene.owner))


def test_nobody_sees_what_waits_elsewhere(scene, client):
    elsewhere = make_scene(name="tundra")

    assert "Nothing waits here" in words(
        get(client, "/reviews?view=all", elsewhere.member(Role.CONTRIBUTOR))
    )
    listed = words(get(client, "/reviews?view=all", scene.member(Role.REVIEWER)))
    assert "savanna/leaf" in listed
    assert "tundra/leaf" not in listed


@pytest.mark.parametrize("address", [QUEUE, "/reviews?view=all"])
def test_a_queue_costs_the_same_with_one_and_with_many_changes(
    scene, client, django_assert_num_queries, address
):
    client.force_login(scene.owner)
    client.get(address)
    approve(scene.change, scene.member(Role.REVIEWER))
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(6):
        repo = make_repo(f"leaf-{number}", owner=scene.owner, organization=scene.organization)
        for deeper in range(2):
            change = propose(
                repo, {f"{number}-{deeper}.txt": b"x"}, by=scene.maker, title=f"{number}"
            )
            finish_scan(change.head)
            approve(change, scene.member(Role.REVIEWER, f"reviewer-{number}-{deeper}"))

    with django_assert_num_queries(len(one)):
        assert client.get(address).content.count(b"1 of 1") == 13


def test_a_queue_goes_on_behind_a_cursor(scene, client):
    for number in range(21):
        propose(scene.repo, {f"{number}.txt": b"x"}, by=scene.maker, title=f"Change {number:03}")

    first = get(client, QUEUE, scene.owner).content.decode()

    assert "Change 018" in first
    assert "Change 020" not in first
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert "Change 020" in words(client.get(f"{QUEUE}{following}"))


def test_threads_are_listed_by_state(scene, at):
    open_discussion(scene.repo, title="Which trees?", body="x", actor=acting(scene.owner))

    assert "Which trees?" in words(at("", by=scene.owner))
    assert "Sort more leaves" in words(at("", by=scene.owner))
    assert "Nothing here" in words(at("?state=merged", by=scene.owner))


def test_the_list_of_threads_costs_the_same_with_one_and_with_many(
    scene, at, django_assert_num_queries
):
    address = f"/{scene.repo.full_name}/discussions"
    response = at("", by=scene.owner)
    client = response.client
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(12):
        author = add_member(scene.organization, make_user(f"author-{number}"))
        open_discussion(scene.repo, title=f"T {number}", body="x", actor=acting(author))

    with django_assert_num_queries(len(one)):
        client.get(address)
