"""The lists that a queue consists of, by the names that addresses have for them; the first is shown unless told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.authz.policy import Right
from accounts.authz.queries import require_person
from accounts.orgs.models import Organization
from accounts.orgs.queries import organization_rights
from governance.reviews.people import DECIDING
from governance.reviews.queues import queries
from governance.reviews.queues.judging import judged, subjects_of
from governance.reviews.queues.models import QueueEntry
from governance.reviews.waiting import Waiting
from hub.core.actor import Actor
from hub.core.errors import NotFound
from hub.core.pagination import Page, page_of

Key = Sequence[str]


@dataclass(frozen=True, slots=True)
class Listed:
    """Some entries, and the order they are read in."""

    entries: queries.Entries
    keys: Key = queries.DUE_FIRST

    def page(
        self,
        narrowing: queries.Narrowing,
        *,
        newest_first: bool = False,
        cursor: str | None = None,
        size: int = 20,
    ) -> Page[QueueEntry]:
        """One page of those that are left when it is narrowed."""
        keys = queries.NEWEST_FIRST if newest_first else self.keys
        return page_of(narrowing.of(self.entries), keys=keys, cursor=cursor, size=size)


def lists_in(organization: Organization, *, actor: Actor) -> dict[str, Listed]:
    """What waits in an organisation; for its insiders. Raises ``NotFound`` for all others."""
    rights = organization_rights(organization, actor=actor)
    if Right.SEE_UNRELEASED not in rights:
        raise NotFound
    namespace = organization.namespace
    waiting = queries.open_in(namespace)
    lists = {"": Listed(waiting)}
    if rights & set(DECIDING):
        lists["you"] = Listed(queries.waiting_for(waiting, actor=actor))
    if queries.has_team(actor, namespace=namespace):
        lists["team"] = Listed(queries.waiting_for_teams(waiting, actor=actor))
    lists["author"] = Listed(queries.waiting_for_author(waiting))
    lists["decided"] = Listed(queries.decided_in(namespace), queries.LAST_DECIDED_FIRST)
    return lists


def own_lists(*, actor: Actor) -> dict[str, Listed]:
    """What waits for the actor in all organisations, and what they made themselves."""
    require_person(actor)
    decidable = queries.decidable_by(actor)
    lists = {"": Listed(queries.waiting_for(decidable, actor=actor))}
    if queries.has_team(actor):
        lists["team"] = Listed(queries.waiting_for_teams(decidable, actor=actor))
    lists["all"] = Listed(decidable)
    lists["author"] = Listed(queries.waiting_for_author(decidable))
    lists["own"] = Listed(queries.own(actor=actor))
    lists["decided"] = Listed(queries.decided_by(actor=actor), queries.NEWEST_FIRST)
    return lists


def waiting_rows(entries: Sequence[QueueEntry], row: type[Waiting] = Waiting) -> list[Waiting]:
    """The entries with where each stands, in as many queries for twenty as for one."""
    subjects = subjects_of(entries)
    reviews = judged(list(subjects.values()))
    return [
        row(entry, subjects[entry.pk], reviews.get(entry.pk))
        for entry in entries
        if entry.pk in subjects
    ]
