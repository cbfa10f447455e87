from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.authz.policy import Role
from accounts.teams.actions import add_to_team, create_team
from governance.reviews.actions import withdraw_decision
from governance.reviews.assignments import assign, unassign
from governance.reviews.models import Assignment
from governance.reviews.queues import queries
from governance.reviews.queues.keeping import refresh, request_stale
from governance.reviews.queues.models import QueueEntry, QueueKind, Risk
from governance.reviews.requests.actions import ask_for, close_request
from governance.reviews.requests.kinds import Wish
from governance.scanning.engine import ruleset_version
from hub.core.jobs.models import Job
from models_catalog.changes.actions import add_to_change, close_change, merge_change
from models_catalog.repos.models import Repo
from models_catalog.storage.models import Verdict
from tests.factories.models import additions, judge, propose
from tests.factories.people import acting
from tests.factories.reviews import CARD, FILES, approve, finish_scan, make_scene, object_to

pytestmark = pytest.mark.django_db


def entry_of(subject) -> QueueEntry:
    return QueueEntry.objects.get(pk=subject.discussion_id)


def looked_at(scene) -> QueueEntry:
    """The scene's change after the job has looked at it."""
    refresh({"repo": scene.repo.pk})
    return entry_of(scene.change)


def found(scene) -> tuple[Risk, list[str]]:
    entry = looked_at(scene)
    return Risk(entry.risk), entry.reasons


def with_card(card=CARD, **more):
    return make_scene(files={**FILES, "README.md": card}, **more)


def test_a_change_waits_from_its_opening_to_its_end(scene):
    opened = entry_of(scene.change)
    close_change(scene.change, actor=acting(scene.maker))

    assert (opened.kind, opened.risk, opened.ended_at) == (QueueKind.PUBLISH, Risk.UNKNOWN, None)
    assert opened.due_at - opened.opened_at == timedelta(days=7)
    scene.change.discussion.refresh_from_db()
    assert entry_of(scene.change).ended_at == scene.change.discussion.closed_at


def test_a_merged_change_waits_no_more(scene):
    approve(scene.change, scene.member(Role.REVIEWER))
    merge_change(scene.change, actor=acting(scene.maker))

    assert entry_of(scene.change).ended_at is not None
    assert not queries.open_in(scene.organization.namespace).exists()


def test_a_request_waits_until_it_is_closed(scene):
    request = ask_for(Wish(scene.repo), kind="withdraw", reason="No.", actor=acting(scene.maker))
    before = entry_of(request)
    close_request(request, actor=acting(scene.maker))

    assert (before.kind, before.ended_at) == (QueueKind.WITHDRAW, None)
    assert entry_of(request).ended_at is not None


def test_it_is_due_when_the_first_of_those_who_were_asked_has_to_answer(scene):
    first, second = scene.member(Role.REVIEWER), scene.member(Role.ADMIN)
    assign(scene.change, reviewer=second, days=20, actor=acting(scene.maker))
    assign(scene.change, reviewer=first, days=12, actor=acting(scene.maker))
    days = dict(Assignment.objects.values_list("reviewer", "due_at"))

    asked = entry_of(scene.change).due_at
    approve(scene.change, first)
    answered = entry_of(scene.change).due_at
    unassign(scene.change, reviewer=second, actor=acting(scene.maker))

    assert asked == days[first.pk]
    assert answered == days[second.pk]
    assert entry_of(scene.change).due_at == entry_of(scene.change).opened_at + timedelta(days=7)


def test_who_takes_their_word_back_is_awaited_again(scene):
    reviewer = scene.member(Role.REVIEWER)
    assign(scene.change, reviewer=reviewer, days=2, actor=acting(scene.maker))
    approve(scene.change, reviewer)
    withdraw_decision(scene.change, actor=acting(reviewer))

    assert entry_of(scene.change).due_at == Assignment.objects.get().due_at


def test_nothing_is_low_before_the_hub_has_looked_at_it():
    scene = with_card(verdict=None)

    assert found(scene) == (Risk.UNKNOWN, ["unfinished"])


def test_what_is_clean_and_complete_is_a_low_risk():
    assert found(with_card()) == (Risk.LOW, [])


@pytest.mark.parametrize(
    ("verdict", "risk", "reason"),
    [
        (Verdict.DANGEROUS, Risk.HIGH, "blocked"),
        (Verdict.ERROR, Risk.HIGH, "scan_failed"),
        (Verdict.SUSPICIOUS, Risk.SOME, "look"),
        (Verdict.UNSCANNABLE, Risk.SOME, "unreadable"),
    ],
)
def test_what_scanning_says_is_a_risk(verdict, risk, reason):
    scene = with_card()
    judge(scene.change.head, "config.json", verdict, ruleset=ruleset_version())

    assert found(scene) == (risk, [reason])
    assert entry_of(scene.change).is_blocked == (verdict == Verdict.DANGEROUS)


def test_what_is_grave_is_said_before_the_rest_is_known():
    scene = with_card(verdict=None)
    judge(scene.change.head, "config.json", Verdict.DANGEROUS, ruleset=ruleset_version())

    assert found(scene) == (Risk.HIGH, ["blocked", "unfinished"])


def test_a_missing_licence_is_some_risk(scene):
    assert found(scene) == (Risk.SOME, ["licence_missing"])


def test_another_licence_than_the_released_one_is_a_kind_of_its_own():
    scene = with_card()
    approve(scene.change, scene.member(Role.REVIEWER))
    merge_change(scene.change, actor=acting(scene.maker))
    other = CARD.replace(b"apache-2.0", b"mit")
    scene.change = propose(scene.repo, {"README.md": other}, by=scene.maker, title="Another")
    finish_scan(scene.change.head)

    assert found(scene) == (Risk.SOME, ["licence_changes"])
    assert entry_of(scene.change).kind == QueueKind.LICENCE


def test_a_new_commit_is_looked_at_again():
    scene = with_card()
    looked_at(scene)
    Job.objects.all().delete()
    maker = acting(scene.maker)

    add_to_change(
        scene.change, operations=additions({"b.txt": b"b"}, actor=maker), message="b", actor=maker
    )

    assert Job.objects.filter(kind="refresh_queue", payload={"repo": scene.repo.pk}).exists()
    assert found(scene)[0] == Risk.UNKNOWN


def test_what_nobody_looked_at_for_an_hour_is_asked_for(scene):
    looked_at(scene)
    Job.objects.all().delete()
    fresh = request_stale()
    QueueEntry.objects.update(refreshed_at=timezone.now() - timedelta(hours=2))

    assert (fresh, request_stale()) == (0, 1)


def test_a_model_that_went_elsewhere_is_in_neither_queue_by_mistake(scene):
    elsewhere = make_scene(name="tundra").organization.namespace
    Repo.objects.filter(pk=scene.repo.pk).update(namespace=elsewhere, folded="moved")

    left = queries.open_in(scene.organization.namespace)
    assert not left.exists()
    looked_at(scene)
    assert scene.change.discussion_id in queries.open_in(elsewhere).values_list("pk", flat=True)
    assert not left.exists()


def test_an_archived_model_waits_for_nothing_but_its_withdrawal(scene):
    ask_for(Wish(scene.repo), kind="withdraw", reason="No.", actor=acting(scene.maker))
    Repo.objects.filter(pk=scene.repo.pk).update(archived_at=timezone.now())

    kinds = [each.kind for each in queries.open_in(scene.organization.namespace)]

    assert kinds == [QueueKind.WITHDRAW]


def test_who_is_asked_has_it_waiting_though_enough_have_approved(scene):
    asked = scene.member(Role.REVIEWER)
    approve(scene.change, scene.member(Role.ADMIN))
    waiting = queries.open_in(scene.organization.namespace)
    before = queries.waiting_for(waiting, actor=acting(asked)).exists()

    assign(scene.change, reviewer=asked, actor=acting(scene.maker))

    assert not before
    assert queries.waiting_for(waiting, actor=acting(asked)).exists()


def test_a_request_waits_for_others_than_who_asked(scene):
    reviewer, admin = scene.member(Role.REVIEWER), scene.member(Role.ADMIN)
    ask_for(Wish(scene.repo), kind="withdraw", reason="No.", actor=acting(reviewer))
    waiting = queries.open_in(scene.organization.namespace).filter(kind=QueueKind.WITHDRAW)

    assert not queries.waiting_for(waiting, actor=acting(reviewer)).exists()
    assert queries.waiting_for(waiting, actor=acting(admin)).exists()


def test_a_team_has_what_somebody_in_it_is_asked_about(scene):
    asked, mate = scene.member(Role.REVIEWER), scene.member(Role.MAINTAINER)
    team = create_team(scene.organization, name="Field", actor=acting(scene.owner))
    for person in (asked, mate):
        add_to_team(team, person, actor=acting(scene.owner))
    waiting = queries.open_in(scene.organization.namespace)
    before = queries.waiting_for_teams(waiting, actor=acting(mate)).exists()

    assign(scene.change, reviewer=asked, actor=acting(scene.maker))

    assert not before
    assert queries.waiting_for_teams(waiting, actor=acting(mate)).exists()
    assert not queries.waiting_for_teams(waiting, actor=acting(scene.owner)).exists()


def test_what_somebody_objects_to_waits_for_its_author(scene):
    waiting = queries.open_in(scene.organization.namespace)
    object_to(scene.change, scene.member(Role.REVIEWER))

    assert queries.waiting_for_author(waiting).exists()
