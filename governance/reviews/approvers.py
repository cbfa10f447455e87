"""Who vouches for what lists show."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, OuterRef, Subquery

from accounts.namespaces.models import Namespace
from governance.reviews.models import Decision, DecisionKind
from hub.core.actor import Actor
from models_catalog.changes.models import DiscussionState
from models_catalog.repos.models import Repo
from models_catalog.versions.models import Version, VersionState


def approvers_of(repo_ids: Collection[int]) -> dict[int, list[str]]:
    """Who approved the newest released version of some models, by their ids, in one query.

    Callers may know of the models; who approved is shown with every version.
    """
    released = Version.objects.filter(
        repo=OuterRef("discussion__repo"), state=VersionState.RELEASED
    ).order_by("-number")
    approvals = (
        Decision.objects.filter(
            kind=DecisionKind.APPROVE,
            voided_at=None,
            discussion__repo__in=list(repo_ids),
            revision=Subquery(released.values("revision")[:1]),
        )
        .select_related("reviewer")
        .order_by("pk")
        .values_list("discussion__repo", "reviewer__display_name", "reviewer__username")
    )
    named: dict[int, list[str]] = {pk: [] for pk in repo_ids}
    for pk, display_name, username in approvals:
        named[pk].append(display_name or username)
    return named


def approvals_by(user_ids: Collection[int], *, owner: Namespace, actor: Actor) -> dict[int, int]:
    """How many merged changes of a namespace each of some people approved, as far as the actor may know of them."""
    given = Decision.objects.filter(
        kind=DecisionKind.APPROVE,
        voided_at=None,
        reviewer__in=list(user_ids),
        discussion__state=DiscussionState.MERGED,
        discussion__repo__namespace=owner,
        discussion__repo__in=Repo.objects.visible_to(actor).values("pk"),
    )
    counted = given.values_list("reviewer").annotate(number=Count("pk")).order_by()
    return dict(counted)
