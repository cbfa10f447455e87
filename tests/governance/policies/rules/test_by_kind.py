"""Approvals and days for one kind of review."""

from __future__ import annotations

from typing import Any

import pytest

from governance.policies.layering import is_looser, tightened
from governance.policies.rules import rules_from
from governance.policies.rules.by_kind import approvals_for, days_for

STORED: dict[str, dict[str, Any]] = {
    "approvals": {"count": 1},
    "reviews_publish": {"count": 2, "security": 0, "days": 5},
    "reviews_licence": {"count": 1, "security": 1, "days": 9},
    "reviews_promote": {"count": 3, "security": 1, "days": None},
    "reviews_withdraw": {"count": 0, "security": 0, "days": 1},
}


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("publish", (2, 0, 5)),
        ("licence", (2, 1, 5)),
        ("promote", (3, 1, 7)),
        ("withdraw", (1, 0, 1)),
        ("recertify", (1, 0, 7)),
    ],
)
def test_a_kind_asks_for_more_than_everything_does_and_never_for_less(kind, asked):
    rules = rules_from(STORED)

    found = approvals_for(rules, kind)

    assert (found.count, found.security, days_for(rules, kind)) == asked


def test_of_two_policies_the_more_people_and_the_shorter_time_count():
    below = {"reviews_promote": {"count": 1, "security": 2, "days": 3}}

    found = tightened(STORED, below)["reviews_promote"]

    assert found == {"count": 3, "security": 2, "days": 3}


def test_more_time_is_looser():
    longer: dict[str, dict[str, Any]] = STORED | {
        "reviews_withdraw": {"count": 0, "security": 0, "days": 2}
    }

    assert is_looser(longer, STORED)
    assert not is_looser(STORED, longer)


def test_the_title_says_who_and_by_when():
    [rule] = [r for r in rules_from(STORED) if r.id == "reviews_licence"]

    assert (
        rule.title
        == "Reviews of licence changes: 1 approval, 1 of them for security, within 9 days"
    )
