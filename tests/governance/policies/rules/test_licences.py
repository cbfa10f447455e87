from __future__ import annotations

import pytest

from governance.policies.facts import Facts
from governance.policies.outcomes import Outcome
from governance.policies.rules.licence_terms import Unreadable, read_terms
from governance.policies.rules.licences import AllowedLicences

ONLY_MIT = AllowedLicences(kinds=(), allowed=("mit",))


@pytest.mark.parametrize(
    ("expression", "allowed", "holds"),
    [
        ("MIT", {"mit"}, True),
        ("MIT OR GPL-3.0-only", {"mit"}, True),
        ("MIT AND GPL-3.0-only", {"mit"}, False),
        ("MIT AND (Apache-2.0 OR GPL-3.0-only)", {"mit", "apache-2.0"}, True),
        ("GPL-3.0-only OR MIT AND Apache-2.0", {"mit"}, False),
        ("GPL-3.0-only or mit and apache-2.0", {"mit", "apache-2.0"}, True),
        ("(GPL-3.0-only OR MIT) AND Apache-2.0", {"apache-2.0"}, False),
        ("GPL-2.0-only WITH Classpath-exception-2.0", {"gpl-2.0-only"}, True),
        ("Apache-2.0+", {"apache-2.0"}, True),
        ("(" * 100 + "MIT" + ")" * 100, {"mit"}, True),
    ],
)
def test_licence_expressions_are_worked_out(expression, allowed, holds):
    assert read_terms(expression).hold(allowed.__contains__) == holds


@pytest.mark.parametrize(
    "text",
    ["", "()", "MIT OR", "OR MIT", "MIT MIT", "(MIT", "MIT)", "MIT WITH", "WITH x", "MIT (GPL)",
     "(MIT OR ISC) WITH x OR", "MIT WITH (x)", "MIT/GPL", "MIT; DROP"],
)  # fmt: skip
def test_what_is_no_expression_is_not_read(text):
    with pytest.raises(Unreadable):
        read_terms(text)


@pytest.mark.parametrize(
    ("rule", "facts", "outcome"),
    [
        (ONLY_MIT, {"license": "mit"}, Outcome.PASS),
        (ONLY_MIT, {"license": "mit", "licenses": ["mit", "gpl-3.0"]}, Outcome.FAIL),
        (ONLY_MIT, {"license": "mit or gpl-3.0"}, Outcome.PASS),
        (ONLY_MIT, {"license": "some words of ours"}, Outcome.FAIL),
        (ONLY_MIT, {}, Outcome.FAIL),
        (AllowedLicences(kinds=("permissive",)), {"license": "apache-2.0"}, Outcome.PASS),
        (AllowedLicences(kinds=("permissive",)), {"license": "gpl-3.0"}, Outcome.FAIL),
        (AllowedLicences(kinds=("permissive",)), {"license": "never-heard-of"}, Outcome.FAIL),
        (AllowedLicences(kinds=(), allowed=("Own-1",)), {"license": "other", "license_name": "own-1"}, Outcome.PASS),
        (AllowedLicences(kinds=(), allowed=()), {"license": "mit"}, Outcome.FAIL),
    ],
)  # fmt: skip
def test_a_card_names_an_allowed_licence(rule, facts, outcome, with_card):
    assert rule.evaluate(with_card(**facts)).outcome == outcome


def test_a_licence_that_is_not_allowed_is_named_with_those_that_are(with_card):
    reason = ONLY_MIT.evaluate(with_card(license="gpl-3.0")).reason

    assert "GPL-3.0" in reason
    assert "Allowed: MIT." in reason


def test_layers_allow_together_only_what_each_allows():
    permissive = AllowedLicences(kinds=("permissive", "attribution"))
    some = AllowedLicences(kinds=("attribution",), allowed=("mit", "gpl-3.0"))

    both = permissive.tightened(some)

    assert (both.kinds, both.allowed) == (("attribution",), ("mit",))
    assert not any(
        ONLY_MIT.tightened(AllowedLicences(kinds=(), allowed=("isc",))).allows(x)
        for x in ("mit", "isc")
    )


def test_without_a_card_there_is_no_licence_and_an_unread_one_is_waited_for():
    assert ONLY_MIT.evaluate(Facts(files=[])).outcome == Outcome.FAIL
    assert ONLY_MIT.evaluate(Facts(files=[], is_card_read=False)).outcome == Outcome.PENDING
