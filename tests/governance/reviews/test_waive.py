from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.authz.policy import Role
from governance.reviews.gathering import review_of
from governance.reviews.queries import why_not_waive
from governance.reviews.waivers import end_waiver, waive
from governance.scanning.engine import ruleset_version
from governance.scanning.models import Waiver
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from hub.core.gates import GateShut
from models_catalog.changes.actions import add_to_change, merge_change
from models_catalog.storage.models import Verdict
from tests.accounts.recording import names, recording
from tests.factories.models import additions, judge, judge_all, propose
from tests.factories.people import acting
from tests.factories.reviews import approve, finish_scan

pytestmark = [pytest.mark.django_db, pytest.mark.data]

PATH = "model.safetensors"


@pytest.fixture
def doubtful(scene):
    """One file of the change cannot be read by the scanner."""
    judge(scene.change.head, PATH, Verdict.UNSCANNABLE, ruleset=ruleset_version())
    return scene


def give(scene, by, *, path=PATH, days=30, reason="I read it, byte by byte.", change=None):
    change = change or scene.fresh()
    return waive(
        change,
        path=path,
        reason=reason,
        days=days,
        actor=acting(by),
        expected_sha1=change.head.sha1,
    )


def test_a_waived_file_passes_in_light(doubtful):
    reviewer = doubtful.member(Role.REVIEWER)
    approve(doubtful.change, reviewer)

    with recording() as events:
        waiver = give(doubtful, reviewer)

    assert names(events) == ["waiver:given"]
    assert events[0].data["sha256"] == waiver.blob.sha256
    assert events[0].data["expires"] == waiver.expires_at.date().isoformat()
    merged = merge_change(doubtful.change, actor=acting(doubtful.maker))
    assert merged.version.state == "released"


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.OWNER, True),
        (Role.ADMIN, True),
        (Role.MAINTAINER, True),
        (Role.REVIEWER, True),
        (Role.SECURITY_REVIEWER, True),
        (Role.CONTRIBUTOR, False),
        (Role.AUDITOR, False),
        (Role.READER, False),
    ],
)
def test_who_may_answer_for_a_file(doubtful, role, may):
    person = doubtful.member(role)
    review = review_of(doubtful.fresh())

    refusal = why_not_waive(review, review.reports[PATH], actor=acting(person))

    assert (refusal is None) == may


@pytest.mark.parametrize(
    "verdict", [Verdict.SAFE, Verdict.PENDING, Verdict.ERROR, Verdict.DANGEROUS]
)
def test_nobody_answers_for_what_is_clean_unknown_or_dangerous(scene, verdict):
    judge(scene.change.head, PATH, verdict, ruleset=ruleset_version())
    security = scene.member(Role.SECURITY_REVIEWER)

    with recording() as events, pytest.raises(Forbidden):
        give(scene, security)

    assert events == []
    assert not Waiver.objects.exists()


def test_whoever_pushed_to_the_change_may_not_answer_for_its_files(doubtful):
    owner = acting(doubtful.owner)
    operations = additions({"x.txt": b"x"}, actor=owner)
    finish_scan(add_to_change(doubtful.change, operations=operations, message="More", actor=owner))
    judge(doubtful.fresh().head, PATH, Verdict.UNSCANNABLE, ruleset=ruleset_version())

    with pytest.raises(Forbidden, match="pushed to this change"):
        give(doubtful, doubtful.owner)


def test_whoever_brought_the_bytes_in_another_change_may_not_answer_for_them(scene):
    earlier = propose(scene.repo, {"odd.bin": b"odd"}, by=scene.owner)
    actor = acting(scene.maker)
    operations = additions({"odd.bin": b"odd"}, actor=actor)
    finish_scan(add_to_change(scene.change, operations=operations, message="Odd", actor=actor))
    judge(earlier.head, "odd.bin", Verdict.UNSCANNABLE, ruleset=ruleset_version())

    with pytest.raises(Forbidden, match="brought these bytes"):
        give(scene, scene.owner, path="odd.bin")


def test_a_waiver_by_somebody_who_pushed_afterwards_does_not_count(doubtful):
    give(doubtful, doubtful.owner)
    owner = acting(doubtful.owner)
    operations = additions({"x.txt": b"x"}, actor=owner)
    finish_scan(add_to_change(doubtful.change, operations=operations, message="More", actor=owner))
    judge(doubtful.fresh().head, PATH, Verdict.UNSCANNABLE, ruleset=ruleset_version())
    approve(doubtful.change, doubtful.member(Role.REVIEWER))

    with pytest.raises(GateShut, match="answer for it with a waiver"):
        merge_change(doubtful.change, actor=owner)


def test_a_waiver_says_nothing_about_something_worse(doubtful):
    reviewer = doubtful.member(Role.REVIEWER)
    give(doubtful, reviewer)
    approve(doubtful.change, reviewer)
    judge(doubtful.change.head, PATH, Verdict.SUSPICIOUS, ruleset=ruleset_version())

    with pytest.raises(GateShut, match="answer for it with a waiver"):
        merge_change(doubtful.change, actor=acting(doubtful.maker))


def test_a_waiver_under_an_older_ruleset_says_nothing(doubtful):
    reviewer = doubtful.member(Role.REVIEWER)
    waiver = give(doubtful, reviewer)
    approve(doubtful.change, reviewer)
    Waiver.objects.filter(pk=waiver.pk).update(ruleset="yesterday's rules")

    with pytest.raises(GateShut, match="answer for it with a waiver"):
        merge_change(doubtful.change, actor=acting(doubtful.maker))


def test_a_waiver_ends(doubtful):
    reviewer = doubtful.member(Role.REVIEWER)
    waiver = give(doubtful, reviewer)
    approve(doubtful.change, reviewer)
    Waiver.objects.filter(pk=waiver.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(GateShut, match="answer for it with a waiver"):
        merge_change(doubtful.change, actor=acting(doubtful.maker))


def test_a_waiver_can_be_taken_back(doubtful):
    reviewer = doubtful.member(Role.REVIEWER)
    waiver = give(doubtful, reviewer)

    with recording() as events:
        end_waiver(waiver, actor=acting(doubtful.owner))

    assert names(events) == ["waiver:ended"]
    assert review_of(doubtful.fresh()).facts.files[-1].waiver is None
    with pytest.raises(Conflict):
        end_waiver(waiver, actor=acting(doubtful.owner))


def test_a_contributor_takes_no_waiver_back(doubtful):
    waiver = give(doubtful, doubtful.member(Role.REVIEWER))

    with pytest.raises(Forbidden):
        end_waiver(waiver, actor=acting(doubtful.maker))


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_waiver_lasts_ninety_days_at_most(doubtful, days):
    with pytest.raises(Invalid) as refused:
        give(doubtful, doubtful.member(Role.REVIEWER), days=days)

    assert refused.value.field == "days"


def test_a_waiver_has_a_reason(doubtful):
    with pytest.raises(Invalid) as refused:
        give(doubtful, doubtful.member(Role.REVIEWER), reason=" ")

    assert refused.value.field == "reason"


def test_the_same_waiver_twice_is_one(doubtful):
    reviewer = doubtful.member(Role.REVIEWER)

    assert give(doubtful, reviewer) == give(doubtful, reviewer)
    assert Waiver.objects.count() == 1


def test_a_file_that_is_not_there_is_not_found(doubtful):
    with pytest.raises(NotFound):
        give(doubtful, doubtful.member(Role.REVIEWER), path="nowhere.bin")


def test_a_commit_that_the_reviewer_has_not_seen_is_not_waived(doubtful):
    reviewer = doubtful.member(Role.REVIEWER)
    seen = doubtful.fresh()
    maker = acting(doubtful.maker)
    operations = additions({"x.txt": b"x"}, actor=maker)
    judge_all(add_to_change(doubtful.change, operations=operations, message="M", actor=maker))

    with pytest.raises(Conflict, match="commit was added"):
        give(doubtful, reviewer, change=seen)
