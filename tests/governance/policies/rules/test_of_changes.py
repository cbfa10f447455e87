from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from governance.policies.facts import Facts, ReleasedFact, ReportFact, Voice
from governance.policies.outcomes import Outcome
from governance.policies.rules.age import MinimumAge
from governance.policies.rules.external import ExternalChecks
from governance.policies.rules.recertification import Recertification
from governance.policies.rules.separation import SeparationOfDuties

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ADA, BO, CY = 1, 2, 3


@pytest.mark.parametrize(
    ("approvals", "parts", "people", "outcome"),
    [
        ([BO], {}, 2, Outcome.PASS),
        ([], {}, 2, Outcome.DECIDE),
        ([BO], {"released": {BO}}, 2, Outcome.DECIDE),
        ([BO], {"card": {BO}}, 2, Outcome.DECIDE),
        ([BO], {"opened": {BO}}, 2, Outcome.DECIDE),
        ([BO, CY], {"opened": {BO}}, 2, Outcome.PASS),
        ([BO], {}, 3, Outcome.DECIDE),
        ([BO, CY], {}, 3, Outcome.PASS),
    ],
)
def test_somebody_without_a_part_approves(approvals, parts, people, outcome):
    facts = Facts(
        files=[],
        approvals=[Voice(f"person {each}", person=each) for each in approvals],
        makers=frozenset([ADA]),
        parts={name: frozenset(each) for name, each in parts.items()},
    )

    assert SeparationOfDuties(people=people).evaluate(facts).outcome == outcome


def test_parts_that_the_policy_does_not_name_do_not_matter():
    facts = Facts(
        files=[],
        approvals=[Voice("Bo", person=BO)],
        makers=frozenset([ADA]),
        parts={"card": frozenset([BO])},
    )

    assert SeparationOfDuties(apart=("opened",)).evaluate(facts).outcome == Outcome.PASS


@pytest.mark.parametrize(
    ("hours", "outcome"), [(23.9, Outcome.PENDING), (24, Outcome.PASS), (500, Outcome.PASS)]
)
def test_a_change_is_open_for_a_while(hours, outcome):
    facts = Facts(files=[], now=NOW, opened_at=NOW - timedelta(hours=hours))

    assert MinimumAge(hours=24).evaluate(facts).outcome == outcome


def test_what_nobody_opened_has_no_age():
    assert MinimumAge().evaluate(Facts(files=[], now=NOW)).outcome == Outcome.FAIL


def said(state, summary="", **more):
    """A report by a service account of the organisation."""
    usual: dict[str, Any] = {"by": "savanna-ci", "person": 7, "is_own_robot": True}
    return ReportFact(state, summary, **usual | more)


@pytest.mark.parametrize(
    ("states", "outcome"),
    [
        ({"ci": "success", "bias": "success"}, Outcome.PASS),
        ({"ci": "success", "bias": "success", "other": "failure"}, Outcome.PASS),
        ({"ci": "success"}, Outcome.PENDING),
        ({"ci": "success", "bias": "pending"}, Outcome.PENDING),
        ({"ci": "failure"}, Outcome.FAIL),
        ({"ci": "success", "bias": "error"}, Outcome.FAIL),
    ],
)
def test_external_checks_report_success(states, outcome):
    reports = {name: said(state) for name, state in states.items()}

    found = ExternalChecks(names=("ci", "bias")).evaluate(Facts(files=[], reports=reports))

    assert found.outcome == outcome


def test_what_a_failed_check_says_is_repeated():
    reports = {"ci": said("failure", "3 tests failed."), "bias": said("error")}

    found = ExternalChecks(names=("ci", "bias")).evaluate(Facts(files=[], reports=reports))

    assert found.reason == "ci: 3 tests failed and bias: error."


@pytest.mark.parametrize(
    ("reporters", "report", "outcome"),
    [
        ((), {}, Outcome.PASS),
        ((), {"is_own_robot": False}, Outcome.PENDING),
        ((), {"person": 1}, Outcome.PENDING),
        ((), {"by": "", "is_own_robot": False}, Outcome.PENDING),
        (("Savanna_CI",), {"is_own_robot": False}, Outcome.PASS),
        (("other-ci",), {}, Outcome.PENDING),
        (("savanna-ci",), {"person": 1}, Outcome.PENDING),
        (("savanna-ci",), {"by": ""}, Outcome.PENDING),
        (("-",), {}, Outcome.PENDING),
    ],
)
def test_the_word_of_those_counts_whom_the_policy_names_and_of_no_maker(reporters, report, outcome):
    facts = Facts(files=[], reports={"ci": said("success", **report)}, makers=frozenset([1]))

    found = ExternalChecks(names=("ci",), reporters=reporters).evaluate(facts)

    assert found.outcome == outcome


def test_a_report_of_somebody_else_is_said_not_to_count():
    facts = Facts(files=[], reports={"ci": said("success", by="maker", is_own_robot=False)})

    found = ExternalChecks(names=("ci",)).evaluate(facts)

    assert "ci (maker)" in found.reason


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ((), (), ()),
        (("a",), (), ("a",)),
        ((), ("a",), ("a",)),
        (("a", "b"), ("B",), ("b",)),
        (("a",), ("b",), ("-",)),
        (("-",), ("b",), ("-",)),
    ],
)
def test_two_policies_let_those_speak_whom_both_name(one, other, both):
    rule = ExternalChecks(names=("ci",), reporters=one)

    found = rule.tightened(ExternalChecks(names=("bias",), reporters=other))

    assert (found.names, found.reporters) == (("ci", "bias"), both)
    assert ExternalChecks.of(found.stored()) == found


@pytest.mark.parametrize(("days", "outcome"), [(99, Outcome.PASS), (100, Outcome.FAIL)])
def test_an_old_version_is_due_again(days, outcome):
    released = ReleasedFact(3, NOW - timedelta(days=days))

    found = Recertification(days=100).evaluate(Facts(files=[], now=NOW, released=released))

    assert found.outcome == outcome


def test_a_version_that_is_due_does_not_stand_in_the_way_of_the_next():
    released = ReleasedFact(3, NOW - timedelta(days=1000))
    facts = Facts(files=[], now=NOW, released=released, opened_at=NOW)

    assert Recertification(days=100).evaluate(facts).outcome == Outcome.PASS
