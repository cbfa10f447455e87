"""What is asked of people for one kind of review, where it is more than for every other, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.policies.facts import Facts
from governance.policies.outcomes import CheckOutcome
from governance.policies.rules.approvals import MOST, Approvals
from governance.policies.rules.base import Rule
from governance.policies.rules.parameters import Kind, Parameter, Stricter

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

PUBLISH, LICENCE = "publish", "licence"
USUAL_DAYS = 7
MOST_DAYS = 90


@dataclass(frozen=True, slots=True)
class ReviewsOfKind(Rule):
    """At least ``count`` approvals, ``security`` of them by security reviewers, for reviews of one ``kind``.

    It asks for no less than the rule about all approvals does, and is judged together with it. ``days`` is how long
    reviewers have; ``None`` leaves that as it is.
    """

    count: int = 1
    security: int = 0
    days: int | None = None
    kind: ClassVar[str]
    needs_change: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="count",
            kind=Kind.NUMBER,
            label=gettext_lazy("Approvals"),
            help=gettext_lazy("It counts where it is more than what all reviews need."),
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
        Parameter(
            name="days",
            kind=Kind.NUMBER,
            label=gettext_lazy("Days until it is due"),
            help=gettext_lazy("How long reviewers have. Left empty: a week."),
            stricter=Stricter.LOWER,
            minimum=1,
            maximum=MOST_DAYS,
            is_optional=True,
        ),
    )

    @property
    def title(self) -> str:
        """What is asked for, and by when."""
        said = ngettext("{n} approval", "{n} approvals", self.count).format(n=self.count)
        if self.security:
            said = _("{approvals}, {n} of them for security").format(
                approvals=said, n=self.security
            )
        if self.days is not None:
            within = ngettext("within {n} day", "within {n} days", self.days).format(n=self.days)
            said = f"{said}, {within}"
        return f"{self.name}: {said}"

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """As the approvals of everything."""
        found = Approvals(count=self.count, security=self.security).evaluate(facts)
        return replace(found, rule=self.id, title=self.title)


class PublishReviews(ReviewsOfKind):
    """Changes of ``main``."""

    __slots__ = ()
    id: ClassVar[str] = "reviews_publish"
    kind: ClassVar[str] = PUBLISH
    name: ClassVar = gettext_lazy("Reviews of changes")


class LicenceReviews(ReviewsOfKind):
    """Changes of ``main`` that bring another licence."""

    __slots__ = ()
    id: ClassVar[str] = "reviews_licence"
    kind: ClassVar[str] = LICENCE
    name: ClassVar = gettext_lazy("Reviews of licence changes")


class PromoteReviews(ReviewsOfKind):
    """Moves to protected stages, aliases and visibilities."""

    __slots__ = ()
    id: ClassVar[str] = "reviews_promote"
    kind: ClassVar[str] = "promote"
    name: ClassVar = gettext_lazy("Reviews of promotions")


class RecertifyReviews(ReviewsOfKind):
    """New certificates of released versions."""

    __slots__ = ()
    id: ClassVar[str] = "reviews_recertify"
    kind: ClassVar[str] = "recertify"
    name: ClassVar = gettext_lazy("Reviews of recertifications")


class WithdrawReviews(ReviewsOfKind):
    """Withdrawals."""

    __slots__ = ()
    id: ClassVar[str] = "reviews_withdraw"
    kind: ClassVar[str] = "withdraw"
    name: ClassVar = gettext_lazy("Reviews of withdrawals")


class WaiverReviews(ReviewsOfKind):
    """Doing without a rule for a while."""

    __slots__ = ()
    id: ClassVar[str] = "reviews_waiver"
    kind: ClassVar[str] = "waiver"
    name: ClassVar = gettext_lazy("Reviews of waivers")


KIND_TITLES: Mapping[str, _StrOrPromise] = {
    PUBLISH: gettext_lazy("Change"),
    LICENCE: gettext_lazy("Licence change"),
    "promote": gettext_lazy("Promotion"),
    "recertify": gettext_lazy("Recertification"),
    "withdraw": gettext_lazy("Withdrawal"),
    "waiver": gettext_lazy("Waiver"),
}
BY_KIND: tuple[type[ReviewsOfKind], ...] = (
    PublishReviews,
    LicenceReviews,
    PromoteReviews,
    RecertifyReviews,
    WithdrawReviews,
    WaiverReviews,
)


def kinds_in(kind: str) -> tuple[str, ...]:
    """What a kind of review is besides itself: whoever brings another licence publishes as well."""
    return (PUBLISH, LICENCE) if kind == LICENCE else (kind,)


def _about(rules: Iterable[Rule], kind: str) -> list[ReviewsOfKind]:
    """The rules about this kind."""
    kinds = kinds_in(kind)
    return [rule for rule in rules if isinstance(rule, ReviewsOfKind) and rule.kind in kinds]


def approvals_for(rules: Iterable[Rule], kind: str) -> Approvals:
    """What all of the rules together ask of people for a kind of review."""
    known = list(rules)
    found = next((rule for rule in known if isinstance(rule, Approvals)), Approvals(count=0))
    for rule in _about(known, kind):
        found = replace(
            found,
            count=max(found.count, rule.count),
            security=max(found.security, rule.security),
        )
    return found


def days_for(rules: Iterable[Rule], kind: str) -> int:
    """How many days reviewers have for a kind of review."""
    said = [rule.days for rule in _about(rules, kind) if rule.days is not None]
    return min(said, default=USUAL_DAYS)
