from __future__ import annotations

from datetime import UTC, datetime

import pytest

from accounts.namespaces.models import Preset
from governance.policies.facts import CardFact, Facts, FileFact, Voice, WaiverFact
from governance.policies.outcomes import Outcome
from governance.policies.presets import PRESET_RULES
from governance.policies.rules import RULES, evaluate, rules_from
from governance.policies.rules.approvals import Approvals
from governance.policies.rules.cards import CardFields, LicencePresent
from governance.policies.rules.formats import SafeFormats
from governance.policies.rules.freshness import UpToDate
from governance.policies.rules.objections import NoObjections
from governance.policies.rules.verdicts import Verdicts
from models_catalog.storage.models import Verdict

WAIVED = WaiverFact(by="Ines", until=datetime(2026, 12, 1, tzinfo=UTC), reason="Read it")
COMPLETE = CardFact(
    title="Leaf",
    facts={"license": "apache-2.0", "pipeline_tag": "text-generation"},
    headings=["Intended uses", "Known limits"],
)


def file(verdict=Verdict.SAFE, *, path="a.safetensors", waiver=None, formats=("safetensors",)):
    return FileFact(path=path, size=1, verdict=verdict, waiver=waiver, formats=formats)


def test_one_approval_is_enough_where_one_is_asked_for():
    outcome = Approvals(count=1).evaluate(Facts(files=[], approvals=[Voice("Dawit")]))

    assert (outcome.outcome, outcome.reason) == (Outcome.PASS, "Approved by Dawit.")


def test_without_approvals_people_have_to_decide():
    outcome = Approvals(count=2).evaluate(Facts(files=[], approvals=[Voice("Dawit")]))

    assert outcome.outcome == Outcome.DECIDE
    assert "1 of 2" in outcome.reason


def test_two_approvals_without_a_security_reviewer_are_not_enough():
    facts = Facts(files=[], approvals=[Voice("Dawit"), Voice("Ines")])

    outcome = Approvals(count=2, security=1).evaluate(facts)

    assert outcome.outcome == Outcome.DECIDE
    assert "security reviewer" in outcome.reason


def test_two_approvals_with_a_security_reviewer_pass():
    facts = Facts(files=[], approvals=[Voice("Dawit"), Voice("Ines", as_security=True)])

    assert Approvals(count=2, security=1).evaluate(facts).outcome == Outcome.PASS


@pytest.mark.parametrize(
    ("verdict", "waiver", "expected"),
    [
        (Verdict.SAFE, None, Outcome.PASS),
        (Verdict.PENDING, None, Outcome.PENDING),
        (Verdict.PENDING, WAIVED, Outcome.PENDING),
        (Verdict.UNSCANNABLE, None, Outcome.DECIDE),
        (Verdict.UNSCANNABLE, WAIVED, Outcome.WAIVED),
        (Verdict.SUSPICIOUS, None, Outcome.DECIDE),
        (Verdict.SUSPICIOUS, WAIVED, Outcome.WAIVED),
        (Verdict.ERROR, WAIVED, Outcome.FAIL),
        (Verdict.DANGEROUS, WAIVED, Outcome.FAIL),
    ],
)
def test_every_file_is_safe_or_waived_where_a_person_may_answer(verdict, waiver, expected):
    facts = Facts(files=[file(), file(verdict, path="b.bin", waiver=waiver)])

    outcome = Verdicts().evaluate(facts)

    assert outcome.outcome == expected
    assert outcome.evidence == (() if expected == Outcome.PASS else ("b.bin",))


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.UNSCANNABLE, Outcome.PASS),
        (Verdict.SUSPICIOUS, Outcome.PASS),
        (Verdict.PENDING, Outcome.PENDING),
        (Verdict.ERROR, Outcome.FAIL),
        (Verdict.DANGEROUS, Outcome.FAIL),
    ],
)
def test_open_lets_pass_what_scanning_did_not_block(verdict, expected):
    rule = Verdicts(**PRESET_RULES[Preset.OPEN]["verdicts"])

    assert rule.evaluate(Facts(files=[file(verdict)])).outcome == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"license": "mit"}, Outcome.PASS),
        ({"license": ["mit", "apache-2.0"]}, Outcome.PASS),
        ({"license": " "}, Outcome.FAIL),
        ({"license": None}, Outcome.FAIL),
        ({"license": "other"}, Outcome.FAIL),
        ({"license": "other", "license_name": "Own terms"}, Outcome.PASS),
        ({}, Outcome.FAIL),
    ],
)
def test_the_card_names_a_licence(facts, expected):
    card = CardFact(title="", facts=facts, headings=[])

    assert LicencePresent().evaluate(Facts(files=[], card=card)).outcome == expected


@pytest.mark.parametrize("rule", [LicencePresent(), CardFields()])
def test_no_card_fails_and_an_unread_card_waits(rule):
    assert rule.evaluate(Facts(files=[], card=None)).outcome == Outcome.FAIL
    unread = Facts(files=[], card=None, is_card_read=False)
    assert rule.evaluate(unread).outcome == Outcome.PENDING


def test_a_complete_card_passes_and_what_is_missing_is_named():
    rule = CardFields(**PRESET_RULES[Preset.STRICT]["card_fields"])
    partial = CardFact(title="Leaf", facts={"license": "mit"}, headings=["Intended uses"])

    assert rule.evaluate(Facts(files=[], card=COMPLETE)).outcome == Outcome.PASS
    refused = rule.evaluate(Facts(files=[], card=partial))
    assert refused.outcome == Outcome.FAIL
    assert "a task" in refused.reason
    assert "known limits" in refused.reason
    assert "licence" not in refused.reason


@pytest.mark.parametrize(
    ("path", "formats", "expected"),
    [
        ("model.safetensors", ("safetensors",), Outcome.PASS),
        ("model.bin", ("zip", "pickle"), Outcome.FAIL),
        ("README.md", ("pickle", "text"), Outcome.FAIL),
        ("model.pt", ("unknown",), Outcome.FAIL),
        ("weights/MODEL.PKL", ("text",), Outcome.FAIL),
        ("model.bin", None, Outcome.PENDING),
    ],
)
def test_pickles_are_refused_by_what_they_are_and_by_their_name(path, formats, expected):
    facts = Facts(files=[file(path=path, formats=formats)])

    assert SafeFormats().evaluate(facts).outcome == expected


def test_a_change_that_fell_behind_fails():
    assert UpToDate().evaluate(Facts(files=[], is_behind=True)).outcome == Outcome.FAIL
    assert UpToDate().evaluate(Facts(files=[])).outcome == Outcome.PASS


def test_an_objection_blocks_under_every_preset():
    facts = Facts(files=[], card=COMPLETE, objections=[Voice("Ines")])

    for preset in Preset:
        first = next(iter(evaluate(rules_from(PRESET_RULES[preset]), facts)))
        assert (first.rule, first.outcome) == (NoObjections.id, Outcome.FAIL)


@pytest.mark.parametrize(
    "stored", [{"moon_phase": {}}, {"approvals": {"people": 2}}, {"verdicts": ["safe"]}]
)
def test_a_rule_that_cannot_be_read_is_never_met(stored):
    outcomes = evaluate(rules_from(stored), Facts(files=[]))

    assert outcomes[0].outcome == Outcome.FAIL
    assert outcomes[0].is_blocking


def test_failed_checks_come_first_and_passed_ones_last():
    facts = Facts(files=[file(Verdict.PENDING)], is_behind=True)

    found = [check.outcome for check in evaluate(rules_from(PRESET_RULES[Preset.LIGHT]), facts)]

    assert found == [Outcome.FAIL, Outcome.DECIDE, Outcome.PENDING, Outcome.PASS]


def test_presets_name_only_rules_that_exist():
    for rules in PRESET_RULES.values():
        assert rules.keys() <= RULES.keys()


def test_somebody_may_answer_for_a_rule_that_can_be_waived_and_for_no_other():
    facts = Facts(
        files=[],
        card=None,
        is_behind=True,
        waived={"licence_present": WAIVED, "up_to_date": WAIVED},
    )

    found = {check.rule: check for check in evaluate([LicencePresent(), UpToDate()], facts)}

    assert found["up_to_date"].outcome == Outcome.FAIL
    assert found["licence_present"].outcome == Outcome.WAIVED
    assert found["licence_present"].reason.startswith("Ines answered for this, until 1 Dec 2026.")
