from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.policies.outcomes import Outcome
from governance.reviews.gathering import review_of
from governance.reviews.requests.check_waivers import (
    checks_to_answer_for,
    end_check_waiver,
    waive_check,
)
from governance.reviews.requests.models import CheckWaiver
from hub.core.errors import Conflict, Forbidden, Invalid
from models_catalog.changes.actions import add_to_change
from tests.accounts.recording import names, recording
from tests.factories.models import additions
from tests.factories.people import acting
from tests.factories.reviews import finish_scan, make_scene, with_reviewer

pytestmark = pytest.mark.django_db
RULE = "licence_present"


@pytest.fixture
def bare(db):
    """A change without a card where a licence is asked for."""
    return with_reviewer(make_scene(Preset.STRICT))


def answer(scene, by=None, **other) -> CheckWaiver:
    said: dict[str, Any] = {"rule": RULE, "reason": "It is coming.", "days": 30} | other
    change = scene.fresh()
    return waive_check(
        change, **said, actor=acting(by or scene.reviewer), expected_sha1=change.head.sha1
    )


def outcome(scene) -> Outcome:
    checks = review_of(scene.fresh()).checks
    return next(check.outcome for check in checks if check.rule == RULE)


def test_a_reviewer_answers_for_a_rule_for_a_while(bare):
    assert outcome(bare) == Outcome.FAIL

    with recording() as events:
        waiver = answer(bare)

    assert names(events) == ["check:waived"]
    assert outcome(bare) == Outcome.WAIVED
    CheckWaiver.objects.filter(pk=waiver.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    assert outcome(bare) == Outcome.FAIL


def test_saying_so_twice_is_saying_it_once(bare):
    assert answer(bare) == answer(bare)


def test_who_pushed_does_not_answer(bare):
    with recording() as events, pytest.raises(Forbidden, match="You pushed"):
        answer(bare, by=bare.maker)

    assert events == []
    assert outcome(bare) == Outcome.FAIL


def test_the_answer_of_somebody_who_pushes_later_counts_no_more(bare):
    admin = bare.member(Role.ADMIN)
    answer(bare, by=admin)
    more = additions({"more.txt": b"more"}, actor=acting(admin))
    head = add_to_change(bare.fresh(), operations=more, message="More", actor=acting(admin))
    finish_scan(head)
    CheckWaiver.objects.update(manifest_digest=head.manifest_digest)

    assert outcome(bare) == Outcome.FAIL


@pytest.mark.parametrize("rule", ["approvals", "verdicts", "up_to_date"])
def test_nobody_answers_for_rules_that_guard_people(bare, rule):
    with pytest.raises(Forbidden, match="has to be met"):
        answer(bare, rule=rule)


def test_nobody_answers_for_what_is_met(bare):
    with pytest.raises(Forbidden, match="nothing to answer for"):
        answer(bare, rule="safe_formats")


@pytest.mark.parametrize(("wrong", "match"), [({"days": 0}, "1 to 365"), ({"reason": " "}, "Say")])
def test_an_answer_has_a_reason_and_an_end(bare, wrong, match):
    with pytest.raises(Invalid, match=match):
        answer(bare, **wrong)


def test_an_answer_is_taken_back_once(bare):
    waiver = answer(bare)

    with recording() as events:
        end_check_waiver(waiver, actor=acting(bare.reviewer))

    assert names(events) == ["check:waiver_ended"]
    assert outcome(bare) == Outcome.FAIL
    with pytest.raises(Conflict, match="ended already"):
        end_check_waiver(waiver, actor=acting(bare.reviewer))


def test_a_page_is_told_who_may_answer_for_what(bare):
    review = review_of(bare.fresh())

    assert checks_to_answer_for(review, actor=acting(bare.reviewer))[RULE] is None
    assert "You pushed" in str(checks_to_answer_for(review, actor=acting(bare.maker))[RULE])
