from __future__ import annotations

import time

import pytest

from governance.policies.catalogue import rule_from
from governance.policies.outcomes import Outcome
from governance.policies.rules.format_lists import AllowedFormats, ForbiddenFormats
from governance.policies.rules.names import Names
from governance.policies.rules.patterns import MAX_LENGTH, check_pattern, matches
from governance.policies.rules.sizes import Sizes
from hub.core.errors import Invalid


@pytest.mark.parametrize(
    ("formats", "allowed", "forbidden"),
    [
        (("safetensors",), Outcome.PASS, Outcome.PASS),
        (("zip", "pickle"), Outcome.FAIL, Outcome.FAIL),
        (("safetensors", "pickle"), Outcome.FAIL, Outcome.FAIL),
        (("zip",), Outcome.FAIL, Outcome.PASS),
        (("unknown",), Outcome.FAIL, Outcome.PASS),
        (None, Outcome.PENDING, Outcome.PENDING),
    ],
)
def test_formats_are_judged_by_what_the_bytes_are(formats, allowed, forbidden, with_files):
    facts = with_files({"innocent.txt": formats, "README.md": ("text",)})

    assert AllowedFormats(allowed=("safetensors", "text")).evaluate(facts).outcome == allowed
    found = ForbiddenFormats(forbidden=("pickle",)).evaluate(facts)
    assert found.outcome == forbidden
    assert found.evidence == (() if forbidden == Outcome.PASS else ("innocent.txt",))


def test_layers_without_a_format_in_common_allow_none(with_files):
    rule = AllowedFormats(allowed=("text",)).tightened(AllowedFormats(allowed=("json",)))

    assert rule.evaluate(with_files({"a": ("text",)})).outcome == Outcome.FAIL


@pytest.mark.parametrize(
    ("limits", "outcome"),
    [
        ({}, Outcome.PASS),
        ({"total": 20, "file": 10, "count": 2}, Outcome.PASS),
        ({"total": 19}, Outcome.FAIL),
        ({"file": 9}, Outcome.FAIL),
        ({"count": 1}, Outcome.FAIL),
    ],
)
def test_a_model_keeps_within_its_size(limits, outcome, with_files):
    facts = with_files({"a": ("text",), "b": ("text",)}, size=10)

    assert Sizes(**limits).evaluate(facts).outcome == outcome


def test_of_two_limits_the_smaller_counts_and_no_limit_is_the_largest():
    one, other = Sizes(total=10, file=None), Sizes(total=20, file=5)

    assert one.tightened(other) == Sizes(total=10, file=5)


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("leaf", "leaf", True),
        ("leaf", "leaf2", False),
        ("sav-*", "sav-leaf", True),
        ("sav-*", "leaf-sav-", False),
        ("*.safetensors", "a.safetensors", True),
        ("*.safetensors", "aXsafetensors", False),
        ("*a*b*", "xxaxxbxx", True),
        ("*a*b*", "xxbxxaxx", False),
        ("a*a", "a", False),
        ("*ab*ab", "abab", True),
        ("*ab*ab", "ab", False),
        ("v[0-9].[!a-z]", "v1.2", True),
        ("v[0-9].[!a-z]", "v1.b", False),
        ("?", "é", True),
        ("*.{json,md,}", "a.md", True),
        ("*.{json,md}", "a.txt", False),
        ("{a,b}{c,d}", "bc", True),
        ("a.b c+(d)", "a.b c+(d)", True),
        ("", "", True),
    ],
)
def test_names_fit_patterns_as_people_expect(pattern, name, fits):
    assert matches(pattern, name) == fits


@pytest.mark.parametrize(
    "pattern", ["[z-a]", "[", "a]", "{a", "a}", "{a{b}}", "a/b", "[]", "x" * (MAX_LENGTH + 1), "{a,b}" * 7]
)  # fmt: skip
def test_a_pattern_that_cannot_be_read_is_refused_and_fits_nothing(pattern):
    with pytest.raises(Invalid):
        check_pattern(pattern)
    assert not matches(pattern, pattern)


def test_no_pattern_takes_long():
    pattern, name = "*a?[a-z]" * 15, "a" * 1000

    began = time.process_time()
    assert not matches(pattern + "b", name)

    assert time.process_time() - began < 0.5


def test_the_model_and_its_files_are_called_as_agreed(with_files):
    facts = with_files({"weights/leaf.bin": None, "README.md": None}, model="leaf")

    found = Names(model=("sav-*",), files=("*.{safetensors,md}",)).evaluate(facts)

    assert found.outcome == Outcome.FAIL
    assert "leaf, which does not fit sav-*" in found.reason
    assert found.evidence == ("weights/leaf.bin",)
    assert Names(model=("l*",)).evaluate(facts).outcome == Outcome.PASS


def test_a_policy_cannot_hold_a_pattern_that_nobody_can_read():
    with pytest.raises(Invalid) as refused:
        rule_from("names", {"files": ["*.md", "[z-a]"]})

    assert refused.value.field == "names.files"
