"""What programs outside of the hub say about a revision."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.namespaces.names import fold
from governance.policies.facts import Facts, ReportFact
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed
from governance.policies.rules.parameters import Kind, Parameter

NOBODY = "-"  # no account can be called that
BAD = ("failure", "error")


@dataclass(frozen=True, slots=True)
class ExternalChecks(Rule):
    """Each of these external checks reported success for exactly this revision, by an account whose word counts.

    The policy names the accounts; where it names none, the service accounts of the model's organisation count. Nobody
    vouches for files that they pushed themselves.
    """

    names: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    id: ClassVar[str] = "external_checks"
    name: ClassVar = gettext_lazy("External checks")
    is_waivable: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="names",
            kind=Kind.WORDS,
            label=gettext_lazy("Names"),
            help=gettext_lazy("As your programs report them by the API; one in each line."),
            most=20,
            max_length=80,
        ),
        Parameter(
            name="reporters",
            kind=Kind.WORDS,
            label=gettext_lazy("Reported by"),
            help=gettext_lazy(
                "The accounts whose word counts, one in each line. Leave this empty for the service accounts of the "
                "organisation. What the makers of a change report about it never counts."
            ),
            most=20,
            max_length=96,
            is_optional=True,
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return _("External checks passed: {names}").format(names=listed(self.names, most=4))

    @property
    def speakers(self) -> str:
        """Whose word counts, for the middle of a sentence."""
        if self.reporters == (NOBODY,):
            return _("nobody, because two policies name different accounts")
        return (
            listed(self.reporters) if self.reporters else _("service accounts of the organisation")
        )

    def tightened(self, other: Rule) -> Self:
        """Both lists of checks; the accounts that both let speak, and nobody where they agree on none."""
        assert isinstance(other, ExternalChecks)
        both = super(ExternalChecks, self).tightened(other)
        if not self.reporters or not other.reporters:
            return replace(both, reporters=self.reporters or other.reporters)
        theirs = _folded(other.reporters)
        common = tuple(name for name in self.reporters if fold(name) in theirs)
        return replace(both, reporters=common or (NOBODY,))

    def names_account(self, account: str) -> bool:
        """Whether the policy names this account."""
        return fold(account) in _folded(self.reporters)

    def hears(self, account: str, *, is_own_robot: bool) -> bool:
        """Whether the word of this account counts, if it had no part in what it speaks of."""
        return self.names_account(account) if self.reporters else is_own_robot

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail with what failed, else wait for what nobody whose word counts has reported."""
        heard = {
            name: report
            for name, report in facts.reports.items()
            if name in self.names and self._counts(report, facts.makers)
        }
        failed = [name for name in self.names if name in heard and heard[name].state in BAD]
        if failed:
            told = [f"{name}: {_said(heard[name])}" for name in failed]
            return self.says(Outcome.FAIL, f"{listed(told)}.", failed)
        waiting = [n for n in self.names if n not in heard or heard[n].state != "success"]
        if waiting:
            reason = _("Not reported for this revision: {names}.").format(names=listed(waiting))
            unheard = [name for name in waiting if name in facts.reports and name not in heard]
            return self.says(Outcome.PENDING, reason + self._why_unheard(unheard, facts), waiting)
        return self.says(Outcome.PASS, _("All of them reported success."))

    def _counts(self, report: ReportFact, makers: Collection[int]) -> bool:
        is_known = bool(report.by) and self.hears(report.by, is_own_robot=report.is_own_robot)
        return is_known and report.person not in makers

    def _why_unheard(self, names: list[str], facts: Facts) -> str:
        if not names:
            return ""
        told = [f"{name} ({facts.reports[name].by or '–'})" for name in names]
        return _(
            " There is a report that does not count: {told}. The word of {speakers} does, unless they pushed it."
        ).format(told=listed(told), speakers=self.speakers)


def _folded(names: Collection[str]) -> set[str]:
    return {fold(name) for name in names}


def _said(report: ReportFact) -> str:
    """Its summary for the middle of a sentence."""
    return report.summary.rstrip(".") or report.state
