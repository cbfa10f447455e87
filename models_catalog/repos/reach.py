"""What somebody reaches by their rights, as one sub-query: whole namespaces by role, single repos by grant.

It answers numbers, of which each repo has four: for its namespace and for itself, and of both one for those who work on it
and one for those who read what is released. So a list asks it once, however many rights and states it is about.
"""

from __future__ import annotations

from collections.abc import Collection
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


class Reached(Func):
    """Whether a repo's namespace or the repo itself is among what a sub-query of numbers answers."""

    output_field = BooleanField()

    def __init__(self, shown: Q, among: Prepared) -> None:
        super().__init__(F("namespace_id"), F("id"), shown)
        self.among = among

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """On PostgreSQL arrays that overlap: so it asks the sub-query once, and not for each row it looks at."""
        (namespace, _n), (repo, _r), (shown, given) = map(compiler.compile, self.source_expressions)
        works = [f"{namespace} * 4 + {NAMESPACE + WORKS}", f"{repo} * 4 + {REPO + WORKS}"]
        reads = [f"{namespace} * 4 + {NAMESPACE + READS}", f"{repo} * 4 + {REPO + READS}"]
        numbers, params = self.among.sql, self.among.params
        if connection.vendor == "postgresql":
            every, some = ", ".join([*works, *reads]), ", ".join(works)
            keys = f"CASE WHEN {shown} THEN ARRAY[{every}] ELSE ARRAY[{some}] END"
            return f"{keys} && ARRAY({numbers})", [*given, *params]
        worked = " OR ".join(f"{each} IN ({numbers})" for each in works)
        read = " OR ".join(f"{each} IN ({numbers})" for each in reads)
        return f"({worked} OR ({shown} AND ({read})))", [*params, *params, *given, *params, *params]


def within_reach(
    actor: Actor, *, working: Collection[Right], reading: Collection[Right] = (), shown: Q
) -> Q:
    """Repos on which the person holds one of ``working``, and of those that are ``shown`` also one of ``reading``."""
    rows = _numbers(tuple(sorted(working)), tuple(sorted(reading)))
    return Q(Reached(shown, rows.filled(person=actor.user_id or 0, today=timezone.localdate())))


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
