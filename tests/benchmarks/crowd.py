"""A very large catalogue and somebody who belongs to much of it, inside a process of the hub (``manage.py shell``)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from accounts.authz.policy import REPO_ROLE_RIGHTS, RepoRole, Role
from accounts.users.models import User
from hub.core.actor import ANONYMOUS, Actor
from models_catalog.grants.actions import grant_repo
from models_catalog.repos.models import Repo
from models_catalog.search.models import SearchRow
from models_catalog.search.queries import ModelQuery, page_of_models, visible_rows
from tests.benchmarks.report import percentile
from tests.factories.people import acting, add_member, make_organization, make_user

ORGANIZATIONS, JOINED, GRANTS, OTHERS = 200, 20, 200, 100_000
LOOKS = 80
REPOS = """
    INSERT INTO models_catalog_repo (public_id, accession, namespace_id, name, folded, visibility, is_protected,
        first_released_at, gating, gating_terms, withdrawn_reason, discussion_count, version_count, created_by_id,
        created_at, updated_at {columns})
    SELECT gen_random_uuid(), 'BENCH-' || n, (%(namespaces)s::bigint[])[1 + n %% %(many)s], 'm' || n, 'm' || n,
        CASE WHEN n %% 20 = 0 THEN 'private' WHEN n %% 20 = 1 THEN 'internal' ELSE 'public' END, n %% 5 = 0,
        CASE WHEN n %% 10 = 0 THEN NULL ELSE now() END, 'none', '', '', 0, 0, %(author)s,
        now() - n * interval '1 second', now() {values} FROM generate_series(1, %(count)s) n"""
ROWS = """
    INSERT INTO models_catalog_searchrow (repo_id, full_name, folded_name, title, summary, name_words, summary_words,
        card_words, task, library, license, languages, formats, approval, verdict, version_label, version_count,
        total_size, downloads, updated_at)
    SELECT id, name, folded, name, '', '', '', '', '', '', '', '[]', '[]', 'not_reviewed', 'safe', '', 0,
        id %% 1000003, (id * 7919) %% 1000003, created_at FROM models_catalog_repo"""
STRANGERS = """
    INSERT INTO models_catalog_repouserpermission (content_object_id, permission_id, user_id, is_stand_in)
    SELECT r.id, p.id, %(other)s, false FROM models_catalog_repo r, auth_permission p, django_content_type t
    WHERE p.content_type_id = t.id AND t.app_label = 'models_catalog' AND t.model = 'repo'
        AND p.codename = 'read_models' ORDER BY r.id DESC LIMIT %(count)s"""
# columns of the table that this statement does not know of and that have no default in the database
KNOWN = {
    "public_id",
    "accession",
    "namespace_id",
    "name",
    "folded",
    "visibility",
    "is_protected",
    "first_released_at",
    "gating",
    "gating_terms",
    "withdrawn_reason",
    "discussion_count",
    "version_count",
    "created_by_id",
    "created_at",
    "updated_at",
    "id",
}


def fill(count: int) -> None:
    """Make ``count`` models of many organisations, and ``member``, who belongs to some and was given others."""
    organizations = [make_organization(f"lab-{n:03}") for n in range(ORGANIZATIONS)]
    member, other = make_user("member"), make_user("other")
    roles = [Role.READER, Role.CONTRIBUTOR, Role.REVIEWER, Role.MAINTAINER]
    for number, organization in enumerate(organizations[:JOINED]):
        add_member(organization, member, roles[number % len(roles)].value)
    more: dict[str, Any] = {
        str(field.column): field.get_default()
        for field in Repo._meta.concrete_fields
        if field.column not in KNOWN and not field.null
    }
    columns = "".join(f", {name}" for name in more)
    values = "".join(f", %({name})s" for name in more)
    given: dict[str, Any] = {
        "namespaces": [organization.namespace_id for organization in organizations],
        "many": ORGANIZATIONS,
        "author": other.pk,
        "count": count,
    }
    with connection.cursor() as cursor:
        cursor.execute(REPOS.format(columns=columns, values=values), given | more)
        cursor.execute(ROWS, {})
        cursor.execute(STRANGERS, {"other": other.pk, "count": min(OTHERS, count)})
    elsewhere = [each.namespace_id for each in organizations[JOINED:]]
    chosen = Repo.objects.filter(namespace__in=elsewhere, visibility="private").order_by("name")
    step = max(1, chosen.count() // GRANTS)
    for number, pk in enumerate(list(chosen.values_list("pk", flat=True))[::step][:GRANTS]):
        repo = Repo.objects.select_related("namespace__organization").get(pk=pk)
        owner = acting(repo.namespace.organization.created_by)
        role = list(RepoRole)[number % 3]
        grant_repo(repo, member, role=role.value, actor=owner)
        assert REPO_ROLE_RIGHTS[role]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def ask() -> None:
    """Ask each question in turn for both; print the median milliseconds and the plans as JSON."""
    member = acting(User.objects.get(username="member"))
    listed: dict[str, Callable[[Actor], Any]] = {
        "first page of the catalogue": lambda actor: page_of_models(ModelQuery(), actor=actor).rows,
        "most downloaded": lambda actor: (
            page_of_models(ModelQuery(order="downloads"), actor=actor).rows
        ),
        "newest models": lambda actor: list(_newest(actor)),
        "page 1,000 by name": lambda actor: list(_far(actor)),
    }
    plans: dict[str, Callable[[Actor], QuerySet[Any]]] = {
        "first page of the catalogue": _first,
        "newest models": _newest,
    }
    found = {}
    for question, work in listed.items():
        taken: dict[str, Any] = _in_turn(work, {"stranger": ANONYMOUS, "member": member})
        explained = plans.get(question)
        taken["plans"] = {"member": _plan(explained(member))} if explained else {}
        found[question] = taken
    granted = Repo.objects.filter(grants__user=member.user).count()
    counted = {"repos": Repo.objects.count(), "organizations": JOINED, "grants": granted}
    print(json.dumps(counted | {"questions": found}))


def _first(actor: Actor) -> QuerySet[SearchRow]:
    rows = visible_rows(actor=actor).select_related("repo__namespace")
    return rows.order_by("-updated_at", "-repo_id")[:31]


def _newest(actor: Actor) -> QuerySet[Repo]:
    return Repo.objects.visible_to(actor).order_by("-id")[:31]


def _far(actor: Actor) -> QuerySet[SearchRow]:
    """Far along the list as a cursor leads there: behind a name, not behind an offset."""
    return visible_rows(actor=actor).filter(folded_name__gt="m5").order_by("folded_name")[:31]


def _in_turn(work: Callable[[Actor], Any], actors: dict[str, Actor]) -> dict[str, float]:
    taken: dict[str, list[float]] = {who: [] for who in actors}
    for _ in range(LOOKS):
        for who, actor in actors.items():
            began = time.perf_counter()
            work(actor)
            taken[who].append((time.perf_counter() - began) * 1000)
    return {who: percentile(each[5:], 0.2) for who, each in taken.items()}


def _plan(rows: QuerySet[Any]) -> str:
    return rows.explain(analyze=True, buffers=True)
