"""Reading external checks. Callers got the revision by its door: who may see it may see what is said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from governance.checks.models import ExternalCheck
from governance.policies.facts import ReportFact
from hub.core.many_keys import with_ids
from models_catalog.revisions.models import Revision


def checks_of(revision: Revision) -> QuerySet[ExternalCheck]:
    """The newest report of each external check, by name."""
    current = ExternalCheck.objects.filter(revision=revision, is_current=True)
    return current.select_related("reported_by").order_by("name")


def reports_about(revision: Revision) -> QuerySet[ExternalCheck]:
    """Every report that is kept, the newest first."""
    reports = ExternalCheck.objects.filter(revision=revision)
    return reports.select_related("reported_by").order_by("-id")


def report_facts(revisions: Iterable[int]) -> Mapping[int, dict[str, ReportFact]]:
    """What rules judge: the newest report of each name, by revision; one query."""
    found: Mapping[int, dict[str, ReportFact]] = defaultdict(dict)
    current = ExternalCheck.objects.filter(is_current=True)
    rows = with_ids(current, "revision_id", revisions)
    speaker = "reported_by__username", "reported_by_id", "reported_by__is_active"
    robot = "reported_by__service_account__organization__namespace", "repo__namespace"
    for revision, name, state, summary, at, by, person, is_active, of, owner in rows.values_list(
        "revision_id", "name", "state", "summary", "reported_at", *speaker, *robot
    ):
        found[revision][name] = ReportFact(
            state,
            summary,
            at,
            by=by if is_active else "",
            person=person,
            is_own_robot=is_active and of == owner,
        )
    return found
