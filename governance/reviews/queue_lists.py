"""The lists that a queue consists of, by the names that addresses have for them; the first is shown unless told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.authz.policy import Right
from accounts.authz.queries import require_person
from accounts.orgs.models import Organization
from accounts.orgs.queries import organization_rights
from governance.reviews import queue
from governance.reviews.gathering import ChangeReview, reviews_of
from governance.reviews.people import DECIDING
from governance.reviews.subjects import Subject
from hub.core.actor import Actor
from hub.core.errors import NotFound
from models_catalog.changes.queries import OPEN_STATES

MOST_FILES = 2000  # of one change; larger ones are judged on their own page
MOST_FILES_TOGETHER = 40_000


@dataclass(frozen=True, slots=True)
class Listed:
    """Some changes, or some requests, and the order they are read in."""

    changes: QuerySet[Any]
    keys: Sequence[str] = queue.OLDEST_FIRST


def lists_in(organization: Organization, *, actor: Actor) -> dict[str, Listed]:
    """What waits in an organisation; for its insiders. Raises ``NotFound`` for all others."""
    rights = organization_rights(organization, actor=actor)
    if Right.SEE_UNRELEASED not in rights:
        raise NotFound
    namespace = organization.namespace
    waiting = queue.open_in(namespace)
    lists = {
        "": Listed(waiting),
        "you": Listed(queue.waiting_for(waiting, actor=actor)),
        "author": Listed(queue.waiting_for_author(waiting)),
        "late": Listed(queue.overdue(waiting)),
        "requests": Listed(queue.requests_in(namespace)),
        "decided": Listed(queue.decided_in(namespace), queue.LAST_DECIDED_FIRST),
    }
    if not rights & set(DECIDING):
        lists.pop("you")
    return lists


def own_lists(*, actor: Actor) -> dict[str, Listed]:
    """What waits for the actor in all organisations, and their own changes."""
    require_person(actor)
    decidable = queue.decidable_by(actor)
    return {
        "": Listed(queue.waiting_for(decidable, actor=actor)),
        "author": Listed(queue.waiting_for_author(decidable)),
        "own": Listed(queue.own(actor=actor)),
        "all": Listed(decidable),
        "requests": Listed(queue.requests_for(actor)),
        "decided": Listed(queue.decided_by(actor=actor), queue.NEWEST_FIRST),
    }


def judged(changes: Sequence[Subject]) -> dict[int, ChangeReview]:
    """Where the open ones of some changes, or requests, stand, by their ids; those with very many files are left out."""
    chosen, files = [], 0
    for change in changes:
        count = change.head.file_count
        if change.discussion.state not in OPEN_STATES or count > MOST_FILES:
            continue
        files += count
        if files > MOST_FILES_TOGETHER:
            break
        chosen.append(change)
    return reviews_of(chosen) if chosen else {}
