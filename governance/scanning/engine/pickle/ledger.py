"""The findings and imports of one stream, bounded, each thing once."""

from __future__ import annotations

from collections import Counter

from governance.scanning.engine import rules
from governance.scanning.engine.collector import make_finding
from governance.scanning.engine.pickle.names import Standing
from governance.scanning.engine.pickle.trail import Explained, Trail
from governance.scanning.engine.pickle.values import Global
from governance.scanning.engine.report import Finding, Import, clip
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.verdict import Verdict

MAX_KEPT = 500
"""Distinct imports that one stream keeps, and findings of each verdict: mild ones never crowd out grave ones."""

_JUDGEMENTS = {
    Standing.ALLOW: "allow",
    Standing.CLASS: "allow",
    Standing.UNKNOWN: "unknown",
    Standing.DENY: "deny",
}


class Ledger:
    """Where the judge of one stream writes."""

    def __init__(self, trail: Trail, where: str) -> None:
        self._trail = trail
        self._where = where
        self._findings: dict[tuple[str, str], Finding] = {}
        self._called: set[str] = set()
        self._kept: Counter[Verdict] = Counter()
        self.imports: dict[str, Import] = {}

    def twin(self) -> Ledger:
        """An empty ledger of the same place."""
        return Ledger(self._trail, self._where)

    @property
    def findings(self) -> list[Finding]:
        """In the order in which they were made."""
        return list(self._findings.values())

    def add(
        self,
        rule: Rule,
        subject: str,
        *,
        detail: str,
        shown: Explained,
        title: str = "",
    ) -> None:
        """Keep a finding about ``subject`` unless this rule was found for it before."""
        key = (rule.id, subject)
        if key in self._findings or (
            rule is rules.pickles.DENIED_IMPORT and subject in self._called
        ):
            return
        if self._kept[rule.verdict] >= MAX_KEPT:
            return
        self._kept[rule.verdict] += 1
        self._findings[key] = make_finding(
            rule,
            title=title,
            detail=detail,
            where=self._where,
            offset=max(shown.meanings),
            evidence=self._trail.rows(shown),
        )

    def note_import(self, found: Global) -> None:
        """List an import, denied ones even when the list is full."""
        if found.dotted in self.imports:
            return
        if len(self.imports) >= MAX_KEPT and found.standing is not Standing.DENY:
            return
        if len(self.imports) >= 2 * MAX_KEPT:
            return
        self.imports[found.dotted] = Import(
            clip(found.dotted, 200), _JUDGEMENTS[found.standing], self._where, found.offset
        )

    def was_called(self, callee: Global) -> None:
        """A finding about the call says all that the one about the import said."""
        self._called.add(callee.dotted)
        self.forgive(callee)

    def forgive(self, callee: Global) -> None:
        """Take back the finding about an import that turned out to be used in its one harmless way."""
        if self._findings.pop((rules.pickles.DENIED_IMPORT.id, callee.dotted), None):
            self._kept[rules.pickles.DENIED_IMPORT.verdict] -= 1

    def is_unknown(self, callee: Global) -> None:
        """A class that was called, not only instantiated, is no longer an allowed import."""
        one = self.imports.get(callee.dotted)
        if one is not None:
            self.imports[callee.dotted] = Import(one.name, "unknown", one.where, one.offset)
