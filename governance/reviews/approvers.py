"""Who vouches for what lists show."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import OuterRef, Subquery

from governance.reviews.models import Decision, DecisionKind
from models_catalog.versions.models import Version, VersionState


def approvers_of(repo_ids: Collection[int]) -> dict[int, list[str]]:
    """Who approved the newest released version of some models, by their ids, in one query.

    Callers may know of the models; who approved is shown with every version.
    """
    released = Version.objects.filter(
        repo=OuterRef("change__discussion__repo"), state=VersionState.RELEASED
    ).order_by("-number")
    approvals = (
        Decision.objects.filter(
            kind=DecisionKind.APPROVE,
            voided_at=None,
            change__discussion__repo__in=list(repo_ids),
            revision=Subquery(released.values("revision")[:1]),
        )
        .select_related("reviewer")
        .order_by("pk")
        .values_list("change__discussion__repo", "reviewer__display_name", "reviewer__username")
    )
    named: dict[int, list[str]] = {pk: [] for pk in repo_ids}
    for pk, display_name, username in approvals:
        named[pk].append(display_name or username)
    return named
