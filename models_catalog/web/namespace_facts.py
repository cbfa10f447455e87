"""A publisher in numbers and words; no queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.authz.policy import ROLE_TITLES
from accounts.namespaces.models import Namespace
from accounts.orgs.queries import Member
from accounts.users.models import User
from governance.web.queue_rows import in_words
from hub.ui.parts import Fact
from hub.ui.quantities import count
from models_catalog.search.highlights import Portfolio
from models_catalog.versions.models import Version


@dataclass(frozen=True, slots=True)
class StateCount:
    """Models in one state of approval, and the list of them."""

    state: str
    number: str
    url: str


@dataclass(frozen=True, slots=True)
class Person:
    """A member with what they do here, in a line."""

    user: User
    about: str


def stats_of(owner: Namespace, portfolio: Portfolio, released: Sequence[Version]) -> list[Fact]:
    """At most four numbers, those with rows behind them as links."""
    everything = list_url(owner) if portfolio.models else ""
    facts = [
        Fact(_("Models"), count(portfolio.models), everything),
        Fact(_("Released versions"), count(portfolio.versions)),
        Fact(_("Downloads in 30 days"), count(portfolio.downloads)),
    ]
    took = median_review(released)
    return [*facts, Fact(_("Median review time"), in_words(took))] if took else facts


def states_of(owner: Namespace, portfolio: Portfolio) -> list[StateCount]:
    """The models by approval; states without any are left out."""
    return [
        StateCount(state, count(number), list_url(owner, approval=state))
        for state, number in portfolio.states.items()
        if number
    ]


def list_url(owner: Namespace, **filters: str) -> str:
    """The catalogue with only this publisher's models."""
    return f"/models?{urlencode({'org': owner.name, **filters})}"


def median_review(released: Sequence[Version]) -> timedelta | None:
    """How long it took from proposal to release, in the median of the approved ones."""
    took = [
        (version.released_at - version.created_at).total_seconds()
        for version in released
        if version.approvals and version.released_at
    ]
    return timedelta(seconds=median(took)) if took else None


def people_of(members: Sequence[Member], approved: Mapping[int, int]) -> list[Person]:
    """Each member's roles, and how many changes they approved."""
    return [Person(each.user, _about(each, approved.get(each.user.pk, 0))) for each in members]


def _about(member: Member, approved: int) -> str:
    roles = ", ".join(str(ROLE_TITLES[role]) for role in member.roles)
    if not approved:
        return roles
    said = ngettext("approved %(n)d change", "approved %(n)d changes", approved) % {"n": approved}
    return f"{roles}, {said}"
