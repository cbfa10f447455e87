"""Where one change or request of a queue stands, in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.users.models import User
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.approvals import Approvals
from governance.policies.rules.objections import NoObjections
from governance.reviews.gathering import ChangeReview
from governance.reviews.models import DecisionKind
from governance.reviews.queues.models import QueueEntry, QueueKind, Risk
from governance.reviews.queues.risk import Reason
from governance.reviews.subjects import Subject
from models_catalog.changes.queries import OPEN_STATES
from models_catalog.storage.models import Verdict, worst

OF_PEOPLE = (Approvals.id, NoObjections.id)  # these are told by their own words


@dataclass(frozen=True, slots=True)
class Waiting:
    """One change or request in a queue; without ``review`` it is decided, or too large to be judged in a list."""

    entry: QueueEntry
    change: Subject
    review: ChangeReview | None

    @property
    def kind(self) -> str:
        """What is asked for, where it is not to publish a change."""
        is_usual = self.entry.kind == QueueKind.PUBLISH
        return "" if is_usual else str(self.entry.get_kind_display())

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.change.discussion.state in OPEN_STATES

    @property
    def passed(self) -> int:
        """Checks that keep nobody from merging."""
        return len(self._checks(Outcome.PASS)) + len(self._checks(Outcome.WAIVED))

    @property
    def failed(self) -> int:
        """Checks that fail."""
        return len(self._checks(Outcome.FAIL))

    @property
    def to_decide(self) -> int:
        """Checks besides the approvals that a person has to decide."""
        return len(self._checks(Outcome.DECIDE))

    @property
    def waits(self) -> int:
        """Checks that wait for the hub."""
        return len(self._checks(Outcome.PENDING))

    def _checks(self, outcome: Outcome) -> list[CheckOutcome]:
        checks = self.review.checks if self.review else ()
        return [c for c in checks if c.outcome == outcome and c.rule not in OF_PEOPLE]

    @property
    def risk(self) -> Risk:
        """How much there is to look out for, as it was found last."""
        return Risk(self.entry.risk)

    @property
    def reasons(self) -> list[Reason]:
        """Why, as far as this release of the hub knows the words."""
        return [Reason(reason) for reason in self.entry.reasons if reason in Reason.values]

    @property
    def verdict(self) -> str:
        """The worst verdict of its files, where that is a reason to look twice."""
        files = self.review.facts.files if self.review else ()
        found = worst(*(file.verdict for file in files)) if files else Verdict.SAFE
        return "" if found in (Verdict.SAFE, Verdict.PENDING) else found.value

    @property
    def missing(self) -> Sequence[str]:
        """The roles that have still to approve."""
        if self.review is None:
            return ()
        bench, given = self.review.bench, self.review.facts.approvals
        for_security = bench.needed_security - sum(voice.as_security for voice in given)
        others = bench.needed - len(given) - max(0, for_security)
        names = [_("Security reviewer")] * max(0, for_security)
        return [*names, *[_("Reviewer")] * max(0, others)]

    @property
    def objectors(self) -> list[User]:
        """Those who asked for changes or rejected it."""
        decisions = self.review.decisions if self.review else ()
        return [d.reviewer for d in decisions if d.kind != DecisionKind.APPROVE]

    @property
    def reviewers(self) -> list[User]:
        """Those whose word stands."""
        return [decision.reviewer for decision in (self.review.decisions if self.review else ())]

    @property
    def due(self) -> datetime | None:
        """Until when reviewers are asked to answer."""
        return self.entry.due_at if self.is_open else None

    @property
    def is_late(self) -> bool:
        """Whether that moment has passed."""
        return self.due is not None and self.due < timezone.now()
