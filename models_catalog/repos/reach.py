"""What somebody reaches by their rights, as one sub-query: whole namespaces by role, single repos by grant.

It answers numbers, of which each repo has four: for its namespace and for itself, and of both one for those who work on it
and one for those who read what is released. So a list asks it once, however many rights and states it is about.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import BooleanField, Case, F, Func, Q, QuerySet, Value, When
from django.utils import timezone

from accounts.authz.policy import Right
from accounts.orgs.models import OrganizationGroupPermission, OrganizationUserPermission
from accounts.users.models import User
from hub.core.actor import Actor
from hub.core.prepared import PERSON, TODAY, Prepared, prepare

NAMESPACE, REPO = 0, 2  # by role, by grant
READS, WORKS = 0, 1
Codenames = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Who asks, when, and for which rights."""

    person: int
    today: date
    working: Codenames
    reading: Codenames

    def as_query(self) -> Prepared:
        """The numbers as a sub-query."""
        rows = _numbers(self.working, self.reading)
        return rows.filled(person=self.person, today=self.today)


class Reached(Func):
    """Whether a repo's namespace or the repo itself is among the numbers that somebody reaches."""

    output_field = BooleanField()

    def __init__(self, shown: Q, reach: Reach) -> None:
        super().__init__(F("namespace_id"), F("id"), shown)
        self.reach = reach

    def as_sql(self, compiler: Any, *_: Any, **__: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """As a sub-query, once for each number that a row may be found by."""
        (works, reads), (shown, given) = self._parts(compiler)
        numbers, params = (query := self.reach.as_query()).sql, query.params
        worked = " OR ".join(f"{each} IN ({numbers})" for each in works)
        read = " OR ".join(f"{each} IN ({numbers})" for each in reads)
        return f"({worked} OR ({shown} AND ({read})))", [*params, *params, *given, *params, *params]

    def as_postgresql(self, compiler: Any, *_: Any, **__: Any) -> tuple[str, list[Any]]:
        """As arrays that overlap: the function that migration 0009 made is asked once, not for each row."""
        (works, reads), (shown, given) = self._parts(compiler)
        every, some = ", ".join([*works, *reads]), ", ".join(works)
        keys = f"CASE WHEN {shown} THEN ARRAY[{every}]::bigint[] ELSE ARRAY[{some}]::bigint[] END"
        reached = "(SELECT models_catalog_reached(%s, %s, %s::text[], %s::text[]))"
        reach = self.reach
        return f"{keys} && {reached}", [
            *given,
            reach.person,
            reach.today,
            list(reach.working),
            list(reach.reading),
        ]

    def _parts(self, compiler: Any) -> tuple[tuple[list[str], list[str]], tuple[str, list[Any]]]:
        """The four numbers of a repo, for those who work on it and those who read, and what makes it ``shown``."""
        (namespace, _n), (repo, _r), shown = map(compiler.compile, self.source_expressions)
        works = [f"{namespace} * 4 + {NAMESPACE + WORKS}", f"{repo} * 4 + {REPO + WORKS}"]
        reads = [f"{namespace} * 4 + {NAMESPACE + READS}", f"{repo} * 4 + {REPO + READS}"]
        return (works, reads), shown


def within_reach(
    actor: Actor, *, working: Collection[Right], reading: Collection[Right] = (), shown: Q
) -> Q:
    """Repos on which the person holds one of ``working``, and of those that are ``shown`` also one of ``reading``."""
    works = tuple(sorted(right.value for right in working))
    reads = tuple(sorted(right.value for right in reading))
    return Q(Reached(shown, Reach(actor.user_id or 0, timezone.localdate(), works, reads)))


@lru_cache(maxsize=64)
def _numbers(working: Codenames, reading: Codenames) -> Prepared:
    groups = User.groups.through.objects.filter(user_id=PERSON).values("group_id")
    counts = Q(expires_on=None) | Q(expires_on__gte=TODAY)
    by_group, by_person = Q(group__in=groups), Q(user_id=PERSON)
    to_person = apps.get_model("models_catalog", "RepoUserPermission").objects
    to_team = apps.get_model("models_catalog", "RepoGroupPermission").objects
    roles = OrganizationGroupPermission.objects.filter(by_group)
    others = OrganizationUserPermission.objects.filter(by_person)
    owner, repo = "content_object__namespace_id", "content_object_id"
    listed = [
        _numbered(rows.filter(permission__codename__in=[*working, *reading]), key, working)
        for rows, key in (
            (roles, F(owner) * 4 + NAMESPACE),
            (others, F(owner) * 4 + NAMESPACE),
            (to_person.filter(by_person, counts), F(repo) * 4 + REPO),
            (to_team.filter(by_group, counts), F(repo) * 4 + REPO),
        )
    ]
    return prepare(listed[0].union(*listed[1:], all=True))


def _numbered(rows: QuerySet[Any], key: Any, working: Codenames) -> QuerySet[Any]:
    works = When(permission__codename__in=working, then=Value(WORKS))
    numbered = rows.annotate(number=key + Case(works, default=Value(READS)))
    found: QuerySet[Any] = numbered.values_list("number", flat=True)
    return found
