"""Enough people who did not make the change have said yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed


@dataclass(frozen=True, slots=True)
class Approvals(Rule):
    """At least ``count`` approvals, among them ``security`` by security reviewers."""

    count: int = 1
    security: int = 0
    id: ClassVar[str] = "approvals"

    @property
    def title(self) -> str:
        """Who has to approve."""
        if self.count == 1 and not self.security:
            return "Somebody who did not make this change has approved it"
        people = f"{self.count} people who did not make this change have approved it"
        return f"{people}, {self.security} of them for security" if self.security else people

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Pass, or leave the decision to people."""
        given = facts.approvals
        missing_security = max(0, self.security - sum(voice.as_security for voice in given))
        if len(given) >= self.count and not missing_security:
            names = listed([voice.name for voice in given])
            return self.says(Outcome.PASS, f"Approved by {names}.")
        reason = f"{len(given)} of {self.count} approvals given."
        if missing_security:
            reason += " A security reviewer has still to approve."
        return self.says(Outcome.DECIDE, reason)
