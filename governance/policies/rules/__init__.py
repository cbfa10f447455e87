"""The rules that a policy can be made of.

To add one: write a frozen dataclass that extends ``Rule`` in a module of its own here. Its fields are the parameters
(plain JSON values with defaults), ``id`` the name that policies are stored with and that is never changed afterwards,
``name`` what lists call it, ``parameters`` what each field may be (forms, checks and layers are made from that), ``title`` a
sentence that is true when the rule is met, and ``evaluate`` judges ``Facts`` and nothing else. What it needs to know and
``Facts`` lacks is gathered in ``governance/checks/gathering.py`` where it is about a revision, in
``governance/reviews/gathering.py`` where it is about people, for any number of them in a constant number of queries. Then name the class in ``RULES`` and use its id in ``governance/policies/presets.py``: policies in force keep the
rules they were made with, and get the new one with their next version. Its tests stand in
``tests/governance/policies/test_rules.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.age import MinimumAge
from governance.policies.rules.approvals import Approvals
from governance.policies.rules.base import Rule
from governance.policies.rules.by_kind import BY_KIND
from governance.policies.rules.cards import CardFields, LicencePresent
from governance.policies.rules.checklist import Checklist
from governance.policies.rules.contact import ContactPresent
from governance.policies.rules.evaluation import EvaluationPresent
from governance.policies.rules.external import ExternalChecks
from governance.policies.rules.format_lists import AllowedFormats, ForbiddenFormats
from governance.policies.rules.formats import SafeFormats
from governance.policies.rules.freshness import UpToDate
from governance.policies.rules.licences import AllowedLicences
from governance.policies.rules.names import Names
from governance.policies.rules.objections import NoObjections
from governance.policies.rules.own_fields import OwnFields
from governance.policies.rules.recertification import Recertification
from governance.policies.rules.regression import NoRegression
from governance.policies.rules.separation import SeparationOfDuties
from governance.policies.rules.sizes import Sizes
from governance.policies.rules.thresholds import Thresholds
from governance.policies.rules.verdicts import Verdicts
from hub.core.errors import Invalid

CATALOGUE: tuple[type[Rule], ...] = (
    Approvals,
    *BY_KIND,
    SeparationOfDuties,
    Checklist,
    MinimumAge,
    UpToDate,
    Verdicts,
    SafeFormats,
    AllowedFormats,
    ForbiddenFormats,
    LicencePresent,
    AllowedLicences,
    CardFields,
    OwnFields,
    ContactPresent,
    EvaluationPresent,
    Thresholds,
    NoRegression,
    Sizes,
    Names,
    ExternalChecks,
    Recertification,
)
RULES: dict[str, type[Rule]] = {rule.id: rule for rule in CATALOGUE}
ALWAYS: tuple[Rule, ...] = (NoObjections(),)


@dataclass(frozen=True, slots=True)
class Unreadable(Rule):
    """Stands for a rule that this hub does not know or whose parameters it cannot read: it is never met."""

    called: str
    id: ClassVar[str] = "unreadable"
    name: ClassVar = gettext_lazy("A rule that cannot be read")

    @property
    def title(self) -> str:
        """See the class."""
        return f"The rule “{self.called}” is met"

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail, because what is not understood must not let anything pass."""
        del facts
        reason = _(
            "This hub cannot read the rule “{name}” of the policy. Choose the policy anew."
        ).format(name=self.called)
        return self.says(Outcome.FAIL, reason)


def rules_from(stored: Mapping[str, Mapping[str, Any]]) -> list[Rule]:
    """The rules of a stored policy (rule id → parameters), and those that always apply."""
    return [*(_rule(name, parameters) for name, parameters in stored.items()), *ALWAYS]


def _rule(name: str, parameters: Mapping[str, Any]) -> Rule:
    try:
        return RULES[name].of(parameters)
    except (KeyError, Invalid):
        return Unreadable(name)


def evaluate(rules: Sequence[Rule], facts: Facts) -> list[CheckOutcome]:
    """Every rule's outcome: failed first, then what a person must decide, then what waits, waived, passed."""
    order = list(Outcome)
    outcomes = [_judged(rule, facts) for rule in rules]
    return sorted(outcomes, key=lambda outcome: order.index(outcome.outcome))


def _judged(rule: Rule, facts: Facts) -> CheckOutcome:
    """What the rule says, or that somebody answers for it where it may be waived."""
    found = rule.evaluate(facts)
    waiver = facts.waived.get(rule.id) if rule.is_waivable else None
    if waiver is None or found.outcome not in (Outcome.FAIL, Outcome.DECIDE):
        return found
    reason = _("{people} answered for this, until {day}. {reason}").format(
        people=waiver.by, day=date_format(waiver.until, "j M Y"), reason=found.reason
    )
    return replace(found, outcome=Outcome.WAIVED, reason=reason)
