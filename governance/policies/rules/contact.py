"""Somebody can be told about problems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule
from governance.policies.rules.card_values import own_value, without_card

FIELD = "contact"


@dataclass(frozen=True, slots=True)
class ContactPresent(Rule):
    """The head of the card names a ``contact``: an email address, or a page to write to."""

    id: ClassVar[str] = "contact_present"
    name: ClassVar = gettext_lazy("Contact")
    is_waivable: ClassVar[bool] = True

    @property
    def title(self) -> str:
        """See the class."""
        return _("The card names a contact for reports about the model")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail without one, or when nobody could write to it."""
        if (nothing := without_card(self, facts)) is not None:
            return nothing
        assert facts.card is not None
        value = own_value(facts.card, FIELD)
        named = value if isinstance(value, list) else [value] if value else []
        if not named:
            reason = _("Name an address in the head of README.md (contact: models@example.org).")
            return self.says(Outcome.FAIL, reason, ["README.md"])
        reached = [str(each) for each in named if _can_be_reached(str(each))]
        if not reached:
            reason = _("The contact in README.md is neither an email address nor a link.")
            return self.says(Outcome.FAIL, reason, ["README.md"])
        return self.says(Outcome.PASS, f"{reached[0]}.")


def _can_be_reached(contact: str) -> bool:
    try:
        parts = urlsplit(contact)
        if parts.scheme in ("http", "https"):
            return bool(parts.hostname)
        validate_email(contact)
    except (ValueError, ValidationError):
        return False
    return True
