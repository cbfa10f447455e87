"""Which licences a model may be under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.facts import CardFact, Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed
from governance.policies.rules.card_values import values_of, without_card
from governance.policies.rules.licence_terms import Unreadable, read_terms
from governance.policies.rules.parameters import Kind, Parameter, Stricter
from hub.core.errors import Invalid
from models_catalog.taxonomy.licences import KINDS
from models_catalog.taxonomy.queries import licence_facts, licence_label, licences

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]*", re.A)


def _is_id(text: str) -> None:
    if not _ID.fullmatch(text):
        raise Invalid(
            _("“{name}” is not the id of a licence; write for example apache-2.0.").format(
                name=text
            )
        )


@dataclass(frozen=True, slots=True)
class AllowedLicences(Rule):
    """The card names a licence of one of the ``kinds``, or one that is ``allowed`` by its id; expressions are worked out."""

    kinds: tuple[str, ...] = ("public_domain", "permissive", "attribution")
    allowed: tuple[str, ...] = ()
    id: ClassVar[str] = "allowed_licences"
    name: ClassVar = gettext_lazy("Allowed licences")
    is_waivable: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="kinds",
            kind=Kind.CHOICES,
            label=gettext_lazy("Kinds of licences"),
            help=gettext_lazy("Every licence of these kinds is allowed."),
            stricter=Stricter.COMMON,
            choices=lambda: KINDS,
            is_optional=True,
        ),
        Parameter(
            name="allowed",
            kind=Kind.WORDS,
            label=gettext_lazy("Further licences"),
            help=gettext_lazy("Ids as cards name them, one in each line: llama3.1, other."),
            stricter=Stricter.COMMON,
            check=_is_id,
            is_optional=True,
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return _("The card names an allowed licence")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Every licence that the card names has to leave an allowed way of using the model."""
        if (nothing := without_card(self, facts)) is not None:
            return nothing
        assert facts.card is not None
        named = _named(facts.card)
        if not named:
            return self.says(
                Outcome.FAIL, _("Name a licence in the head of README.md (license: …).")
            )
        refused = [name for name in named if not self._holds(name)]
        if refused:
            reason = _("The policy does not allow {names}. Allowed: {choice}.").format(
                names=listed([licence_label(name) for name in refused]), choice=self._choice()
            )
            return self.says(Outcome.FAIL, reason, ["README.md"])
        return self.says(Outcome.PASS, f"{listed([licence_label(name) for name in named])}.")

    def tightened(self, other: Rule) -> Self:
        """Only what both allow, whether one names the licence and the other its kind."""
        assert isinstance(other, AllowedLicences)
        kinds = tuple(kind for kind in self.kinds if kind in other.kinds)
        either = dict.fromkeys((*licences(), *self.ids, *other.ids))
        both = [name for name in either if self.allows(name) and other.allows(name)]
        more = tuple(name for name in both if licence_facts(name).kind not in kinds)
        return type(self)(kinds=kinds, allowed=more)

    def allows(self, name: str) -> bool:
        """Whether this one licence is allowed."""
        return name in self.ids or licence_facts(name).kind in self.kinds

    @property
    def ids(self) -> list[str]:
        """The further licences as the catalogue spells them."""
        return [name.lower() for name in self.allowed]

    def _holds(self, expression: str) -> bool:
        try:
            return self.allows(expression.lower()) or read_terms(expression).hold(self.allows)
        except Unreadable:
            return False

    def _choice(self) -> str:
        kinds = [str(KINDS[kind]) for kind in self.kinds]
        shown = [*kinds, *(licence_label(name) for name in self.ids)]
        return listed(shown, most=6) or _("none")


def _named(card: CardFact) -> list[str]:
    """What the card names; “other” stands for the name that it gives beside it, where that is one word."""
    named = values_of(card, "licenses") or values_of(card, "license")
    if named == ["other"]:
        own = [name for name in values_of(card, "license_name") if _ID.fullmatch(name)]
        return own or named
    return named
