"""Nobody who may decide stands against the change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed


@dataclass(frozen=True, slots=True)
class NoObjections(Rule):
    """Applies whatever the policy says: a standing request for changes or rejection blocks."""

    id: ClassVar[str] = "objections"
    name: ClassVar = gettext_lazy("Objections")
    needs_change: ClassVar[bool] = True

    @property
    def title(self) -> str:
        """See the class."""
        return _("No reviewer objects")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail while somebody objects."""
        if not facts.objections:
            return self.says(Outcome.PASS, _("Nobody asks for changes."))
        names = listed([voice.name for voice in facts.objections])
        reason = ngettext(
            "{names} asks for changes. A new commit answers them, or they withdraw what they said.",
            "{names} ask for changes. A new commit answers them, or they withdraw what they said.",
            len(facts.objections),
        ).format(names=names)
        return self.says(Outcome.FAIL, reason)
