"""Enough people who did not make the change have said yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed
from governance.policies.rules.parameters import Kind, Parameter, Stricter

MOST = 10


@dataclass(frozen=True, slots=True)
class Approvals(Rule):
    """At least ``count`` approvals, among them ``security`` by security reviewers."""

    count: int = 1
    security: int = 0
    id: ClassVar[str] = "approvals"
    name: ClassVar = gettext_lazy("Approvals")
    needs_change: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="count",
            kind=Kind.NUMBER,
            label=gettext_lazy("Approvals"),
            help=gettext_lazy("How many people who did not make the change have to approve it."),
            stricter=Stricter.HIGHER,
            minimum=0,
            maximum=MOST,
        ),
        Parameter(
            name="security",
            kind=Kind.NUMBER,
            label=gettext_lazy("Of them for security"),
            help=gettext_lazy("How many of the approvals have to come from security reviewers."),
            stricter=Stricter.HIGHER,
            minimum=0,
            maximum=MOST,
        ),
    )

    @property
    def title(self) -> str:
        """Who has to approve."""
        if self.count == 1 and not self.security:
            return _("Somebody who did not make this change has approved it")
        if not self.security:
            return _("{count} people who did not make this change have approved it").format(
                count=self.count
            )
        return _(
            "{count} people who did not make this change have approved it, {security} of them for "
            "security"
        ).format(count=self.count, security=self.security)

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Pass, or leave the decision to people."""
        given = facts.approvals
        missing_security = max(0, self.security - sum(voice.as_security for voice in given))
        if len(given) >= self.count and not missing_security:
            names = listed([voice.name for voice in given])
            return self.says(Outcome.PASS, _("Approved by {names}.").format(names=names))
        reason = _("{given} of {count} approvals given.").format(given=len(given), count=self.count)
        if missing_security:
            reason += _(" A security reviewer has still to approve.")
        return self.says(Outcome.DECIDE, reason)
