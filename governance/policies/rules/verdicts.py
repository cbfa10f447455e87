"""What scanning says of the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.policies.facts import Facts, FileFact
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed
from governance.policies.rules.parameters import Kind, Parameter, Stricter
from models_catalog.storage.models import Verdict

# A person may answer for these. Nobody waives what is dangerous, could not be scanned, or has not been scanned yet.
WAIVABLE = frozenset({Verdict.UNSCANNABLE, Verdict.SUSPICIOUS})
ACCEPTABLE = {
    Verdict.SAFE.value: gettext_lazy("Clean"),
    Verdict.UNSCANNABLE.value: gettext_lazy("Cannot be read"),
    Verdict.SUSPICIOUS.value: gettext_lazy("Needs a look"),
}
ORDER = (Outcome.FAIL, Outcome.DECIDE, Outcome.PENDING, Outcome.WAIVED)


@dataclass(frozen=True, slots=True)
class Verdicts(Rule):
    """Every file has one of the ``accepted`` verdicts or, where a person may answer for it, a waiver."""

    accepted: tuple[str, ...] = (Verdict.SAFE.value,)
    id: ClassVar[str] = "verdicts"
    name: ClassVar = gettext_lazy("What scanning says")
    parameters: ClassVar = (
        Parameter(
            name="accepted",
            kind=Kind.CHOICES,
            label=gettext_lazy("Accepted results of scanning"),
            help=gettext_lazy(
                "A file with another result needs somebody to answer for it, or goes."
            ),
            stricter=Stricter.COMMON,
            choices=lambda: ACCEPTABLE,
            always=(Verdict.SAFE.value,),
        ),
    )

    @property
    def title(self) -> str:
        """What scanning has to say."""
        if set(self.accepted) == {Verdict.SAFE.value}:
            return _("Files contain no executable code")
        return _("No file is blocked by scanning")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """The worst of all files decides."""
        found: dict[Outcome, list[FileFact]] = {}
        for file in facts.files:
            found.setdefault(self._judge(file), []).append(file)
        for outcome in ORDER:
            if outcome in found:
                reason = _reason(outcome, found[outcome], facts)
                return self.says(outcome, reason, [file.path for file in found[outcome]])
        reason = ngettext(
            "{count} file opened, nothing to stop them.",
            "{count} files opened, nothing to stop them.",
            len(facts.files),
        ).format(count=len(facts.files))
        return self.says(Outcome.PASS, reason)

    def _judge(self, file: FileFact) -> Outcome:
        if file.verdict.value in self.accepted:
            return Outcome.PASS
        if file.verdict == Verdict.PENDING:
            return Outcome.PENDING
        if file.verdict not in WAIVABLE:
            return Outcome.FAIL
        return Outcome.WAIVED if file.waiver else Outcome.DECIDE


def _reason(outcome: Outcome, files: Sequence[FileFact], facts: Facts) -> str:
    names = listed([file.path for file in files])
    if outcome == Outcome.PENDING:
        done = len(facts.files) - len(files)
        return _("Scanning: {done} of {count} files are done.").format(
            done=done, count=len(facts.files)
        )
    if outcome == Outcome.DECIDE:
        return _(
            "A reviewer must read {names} and answer for it with a waiver, or it is removed."
        ).format(names=names)
    if outcome == Outcome.WAIVED:
        waivers = [file.waiver for file in files if file.waiver]
        givers = listed(sorted({waiver.by for waiver in waivers}))
        first = min(waiver.until for waiver in waivers)
        return _("{people} answered for {names}, until {day}.").format(
            people=givers, names=names, day=date_format(first, "j M Y")
        )
    blocked = [file.path for file in files if file.verdict == Verdict.DANGEROUS]
    if blocked:
        return _(
            "{names}: dangerous to open. Nobody can waive that; remove or replace the file."
        ).format(names=listed(blocked))
    return _(
        "The scan of {names} failed, so nobody knows what is in it. Upload it again or remove it."
    ).format(names=names)
