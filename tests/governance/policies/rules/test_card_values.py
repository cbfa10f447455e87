from __future__ import annotations

from datetime import UTC, datetime

import pytest

from governance.policies.catalogue import rule_from
from governance.policies.facts import Facts, ReleasedFact
from governance.policies.outcomes import Outcome
from governance.policies.rules.contact import ContactPresent
from governance.policies.rules.evaluation import EvaluationPresent
from governance.policies.rules.own_fields import OwnFields
from governance.policies.rules.regression import NoRegression
from governance.policies.rules.thresholds import Thresholds
from hub.core.errors import Invalid
from models_catalog.cards.front_matter import read_front_matter


def own(**row):
    return rule_from("own_fields", {"fields": [{"name": "field", "type": "text"} | row]})


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("text", "words", ["a", "list"]),
        ("text", 12, True),
        ("number", 1.5, "1.5"),
        ("number", 3, True),
        ("date", "2026-03-31", "2026-02-31"),
        ("choice", "eu", "mars"),
        ("yes_no", False, "no"),
        ("link", "https://example.org/x", "javascript:alert(1)"),
        ("link", "http://example.org", "https://"),
        ("email", "ada@example.org", "ada"),
    ],
)
def test_a_field_of_ones_own_has_a_value_of_its_type(kind, good, bad, with_card):
    rule = own(type=kind, choices="eu, us")

    assert rule.evaluate(with_card(own={"field": good})).outcome == Outcome.PASS
    assert rule.evaluate(with_card(own={"field": bad})).outcome == Outcome.FAIL


def test_a_field_that_has_to_be_filled_in_is_missed_by_its_label(with_card):
    assert "lacks Risk class" in own(label="Risk class").evaluate(with_card()).reason
    assert own(required=False).evaluate(with_card()).outcome == Outcome.PASS


def test_layers_add_fields_and_make_them_required():
    one = rule_from("own_fields", {"fields": [{"name": "region", "required": False}]})
    other = rule_from("own_fields", {"fields": [{"name": "region"}, {"name": "owner"}]})

    both = one.tightened(other)

    assert isinstance(both, OwnFields)
    assert [(f.name, f.is_required) for f in both.described] == [("region", True), ("owner", True)]


@pytest.mark.parametrize("name", ["license", "Region", "a b", "1st", "", "x" * 41, "é"])
def test_a_field_cannot_have_a_name_that_cards_know_or_nobody_can_write(name):
    with pytest.raises(Invalid) as refused:
        own(name=name)
    assert refused.value.field == "own_fields.fields"


def test_own_fields_are_read_from_the_head_of_a_card(card):
    facts, problems = read_front_matter(
        "license: mit\nregion: eu\nscore: 1.5\nreviewed: true\nday: 2026-01-02\nteam: [a, b]\ndeep: {a: 1}\nhuge: 1.0e+999\n"
        "longer: 0x" + "f" * 5000
    )

    assert problems == []
    assert facts["own"] == {
        "region": "eu",
        "score": 1.5,
        "reviewed": True,
        "day": "2026-01-02",
        "team": ["a", "b"],
    }


@pytest.mark.parametrize(
    ("contact", "outcome"),
    [
        ("models@example.org", Outcome.PASS),
        ("https://example.org/report", Outcome.PASS),
        (["ask somebody", "models@example.org"], Outcome.PASS),
        ("ask somebody", Outcome.FAIL),
        ("javascript:alert(1)", Outcome.FAIL),
        (None, Outcome.FAIL),
    ],
)
def test_somebody_can_be_reached(contact, outcome, with_card):
    own = {} if contact is None else {"contact": contact}

    assert ContactPresent().evaluate(with_card(own=own)).outcome == outcome


def score(value, metric="accuracy", kind="", dataset="FLORES"):
    return {"task": "t", "dataset": dataset, "metric": metric, "type": kind, "value": str(value)}


@pytest.mark.parametrize(
    ("metrics", "results", "outcome"),
    [
        ((), [score(0.9)], Outcome.PASS),
        ((), [], Outcome.FAIL),
        ((), [score("good")], Outcome.FAIL),
        ((), [score("nan")], Outcome.FAIL),
        (("accuracy", "wer"), [score(0.9), score(3, "Test WER", "wer")], Outcome.PASS),
        (("accuracy", "wer"), [score(0.9)], Outcome.FAIL),
    ],
)
def test_the_card_states_test_results(metrics, results, outcome, with_card):
    rule = EvaluationPresent(metrics=metrics)

    assert rule.evaluate(with_card(results=results)).outcome == outcome


@pytest.mark.parametrize(
    ("row", "results", "outcome"),
    [
        ({"least": 0.8}, [score(0.8)], Outcome.PASS),
        ({"least": 0.8}, [score(0.79)], Outcome.FAIL),
        ({"least": 0.8}, [score(0.9), score(0.1, dataset="other")], Outcome.FAIL),
        ({"least": 0.8, "dataset": "flores"}, [score(0.9), score(0.1, dataset="other")], Outcome.PASS),
        ({"most": 5}, [score("4.5%")], Outcome.PASS),
        ({"most": 5}, [score(5.1)], Outcome.FAIL),
        ({"least": 0.8}, [score(0.9, "f1")], Outcome.FAIL),
        ({"least": 0.8}, [score(0.9, "Top 1", "Accuracy")], Outcome.PASS),
    ],
)  # fmt: skip
def test_scores_lie_within_their_bounds(row, results, outcome, with_card):
    rule = rule_from("thresholds", {"scores": [{"metric": "accuracy"} | row]})

    assert isinstance(rule, Thresholds)
    assert rule.evaluate(with_card(results=results)).outcome == outcome


def test_of_two_bounds_the_narrower_counts():
    one = rule_from("thresholds", {"scores": [{"metric": "f1", "least": 0.5}]})
    other = rule_from("thresholds", {"scores": [{"metric": "f1", "least": 0.7, "most": 1}]})

    both = one.tightened(other)

    assert isinstance(both, Thresholds)
    [row] = both.scores
    assert (row["least"], row["most"]) == (0.7, 1)


@pytest.mark.parametrize(
    ("row", "was", "now", "outcome"),
    [
        ({}, [score(0.9)], [score(0.9)], Outcome.PASS),
        ({}, [score(0.9)], [score(0.95)], Outcome.PASS),
        ({}, [score(0.9)], [score(0.89)], Outcome.DECIDE),
        ({"tolerance": 0.01}, [score(0.9)], [score(0.89)], Outcome.PASS),
        ({"better": "lower"}, [score(4)], [score(5)], Outcome.DECIDE),
        ({"better": "lower"}, [score(5)], [score(4)], Outcome.PASS),
        ({}, [score(0.9)], [], Outcome.DECIDE),
        ({}, [score(0.9, "f1")], [score(0.1, "f1")], Outcome.PASS),
        ({}, [], [score(0.1)], Outcome.PASS),
    ],
)
def test_scores_are_compared_with_the_released_version(row, was, now, outcome, card):
    rule = rule_from("no_regression", {"scores": [{"metric": "accuracy"} | row]})
    released = ReleasedFact(1, datetime(2026, 1, 1, tzinfo=UTC), card=card(results=was))

    assert isinstance(rule, NoRegression)
    facts = Facts(files=[], card=card(results=now), released=released)
    assert rule.evaluate(facts).outcome == outcome


def test_the_first_version_has_nothing_to_lose_and_an_unread_card_is_waited_for(card):
    rule = rule_from("no_regression", {"scores": [{"metric": "accuracy"}]})
    unread = ReleasedFact(1, datetime(2026, 1, 1, tzinfo=UTC), is_card_read=False)

    assert rule.evaluate(Facts(files=[], card=card())).outcome == Outcome.PASS
    waiting = Facts(files=[], card=card(), released=unread)
    assert rule.evaluate(waiting).outcome == Outcome.PENDING
