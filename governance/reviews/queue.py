"""Which changes wait, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TypeVar

from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
)
from django.utils import timezone

from accounts.authz.policy import Right
from accounts.namespaces.models import Namespace
from accounts.orgs.queries import namespaces_with_right
from governance.policies.needed import days_asked, lacks_approvals
from governance.reviews.models import Assignment, Decision, DecisionKind
from governance.reviews.people import DECIDING
from governance.reviews.requests.models import ReviewRequest
from governance.reviews.subjects import with_neighbours
from hub.core.actor import Actor
from models_catalog.changes.models import Change, Comment, DiscussionState
from models_catalog.changes.queries import OPEN_STATES, PUSHES
from models_catalog.repos.models import Repo, RepoGroupPermission, RepoUserPermission

S = TypeVar("S", Change, ReviewRequest)
OLDEST_FIRST = ("discussion__created_at", "id")
NEWEST_FIRST = ("-discussion__created_at", "-id")
LAST_DECIDED_FIRST = ("-discussion__closed_at", "-id")
PACE = timedelta(days=30)
MOST_MEASURED = 500


def open_in(namespace: Namespace) -> QuerySet[Change]:
    """Everything that waits in an organisation. The caller has asked whether the actor is an insider."""
    return _open().filter(discussion__repo__namespace=namespace)


def decided_in(namespace: Namespace) -> QuerySet[Change]:
    """What was merged or closed in an organisation."""
    return _changes().filter(
        discussion__repo__namespace=namespace,
        discussion__state__in=[DiscussionState.MERGED, DiscussionState.CLOSED],
        discussion__closed_at__isnull=False,
    )


def decided_by(*, actor: Actor) -> QuerySet[Change]:
    """The changes that the actor said something about, decided or still open."""
    said = Decision.objects.filter(reviewer=actor.user_id or 0)
    return _changes().filter(_visible(actor), discussion__in=said.values("discussion_id"))


def requests_in(namespace: Namespace) -> QuerySet[ReviewRequest]:
    """The open requests in an organisation. The caller has asked whether the actor is an insider."""
    return _open_requests().filter(repo__namespace=namespace)


def requests_for(actor: Actor) -> QuerySet[ReviewRequest]:
    """The open requests that the actor may decide about, and those that they made."""
    readable = Q(repo__in=Repo.objects.opened_to(actor).values("pk"))
    mine = Q(discussion__author=actor.user_id or 0)
    return _open_requests().filter(readable & (mine | _decidable(actor)))


def _open_requests() -> QuerySet[ReviewRequest]:
    rows = with_neighbours().select_related("repo__search_row")
    return rows.filter(discussion__state__in=OPEN_STATES)


def overdue(changes: QuerySet[Change]) -> QuerySet[Change]:
    """Those that have waited longer than the policies of their models let reviewers take."""
    time = ExpressionWrapper(
        days_asked("discussion__repo") * Value(timedelta(days=1)), output_field=DurationField()
    )
    due = ExpressionWrapper(F("discussion__created_at") + time, output_field=DateTimeField())
    return changes.alias(due=due).filter(due__lt=timezone.now())


def narrowed(rows: QuerySet[S], *, words: str, kind: str = "", asked: str = "") -> QuerySet[S]:
    """Those whose title, model or author holds ``words``, of one kind, that a person is asked to decide on."""
    if words:
        rows = rows.filter(
            Q(discussion__title__icontains=words)
            | Q(discussion__repo__name__icontains=words)
            | Q(discussion__author__username__iexact=words)
        )
    if kind and rows.model is ReviewRequest:
        rows = rows.filter(kind=kind)
    if asked:
        given = Assignment.objects.filter(reviewer__username__iexact=asked, ended_at=None)
        rows = rows.filter(discussion__in=given.values("discussion"))
    return rows


@dataclass(frozen=True, slots=True)
class Pace:
    """How many changes were decided in the last thirty days, and how long that took in the median."""

    decided: int
    median: timedelta | None


def pace_of(namespace: Namespace) -> Pace:
    """How fast an organisation decides, from its last ``MOST_MEASURED`` decided changes of the month."""
    decided = decided_in(namespace).filter(discussion__closed_at__gte=timezone.now() - PACE)
    moments = decided.order_by(*LAST_DECIDED_FIRST).values_list(
        "discussion__created_at", "discussion__closed_at"
    )
    took = [
        (closed - opened).total_seconds() for opened, closed in moments[:MOST_MEASURED] if closed
    ]
    return Pace(len(took), timedelta(seconds=median(took)) if took else None)


def own(*, actor: Actor) -> QuerySet[Change]:
    """The open changes that the actor pushed to."""
    return _open().filter(_visible(actor), discussion__in=_pushed(actor))


def waiting_for(changes: QuerySet[Change], *, actor: Actor) -> QuerySet[Change]:
    """Those that lack an approval which the actor could give: not their own, not decided by them yet."""
    stands = Q(discussion__decisions__voided_at=None)
    stands &= Q(discussion__decisions__kind=DecisionKind.APPROVE)
    stands &= Q(discussion__decisions__revision=F("head"))
    for_security = stands & Q(discussion__decisions__as_security=True)
    own_word = Decision.objects.filter(reviewer=actor.user_id or 0, voided_at=None)
    return (
        changes.exclude(discussion__in=_pushed(actor))
        .exclude(discussion__in=own_word.values("discussion_id"))
        .annotate(
            given=Count("discussion__decisions", filter=stands),
            given_security=Count("discussion__decisions", filter=for_security),
        )
        .filter(lacks_approvals("discussion__repo", given="given", given_security="given_security"))
    )


def waiting_for_author(changes: QuerySet[Change]) -> QuerySet[Change]:
    """Those that somebody objects to: their makers have to answer."""
    objections = Decision.objects.filter(voided_at=None).exclude(kind=DecisionKind.APPROVE)
    return changes.filter(discussion__in=objections.values("discussion_id"))


def decidable_by(actor: Actor) -> QuerySet[Change]:
    """The open changes of every model that the actor may decide about: by role, by grant, or asked as a stand-in."""
    return _open().filter(_decidable(actor, "discussion__repo"), _visible(actor))


def _decidable(actor: Actor, repo: str = "repo") -> Q:
    """Rows whose model the actor holds a right to decide about."""
    if actor.rights is not None and not actor.rights & set(DECIDING):
        return Q(pk__in=[])
    where = Q()
    for right in DECIDING:
        where |= Q(**{f"{repo}__namespace__in": namespaces_with_right(right, actor=actor)})
        where |= Q(**{f"{repo}__in": _granted(right, actor)})
    if actor.user is not None and actor.user.is_community_reviewer:
        where |= Q(**{f"{repo}__in": _granted(Right.SEE_UNRELEASED, actor)})
    return where


def _visible(actor: Actor) -> Q:
    """As ``visible_discussions`` has it: changes of a reviewed model are for its insiders until they are merged."""
    opened = Q(discussion__repo__in=Repo.objects.opened_to(actor).values("pk"))
    merged = Q(discussion__state=DiscussionState.MERGED)
    return opened | merged & Q(discussion__repo__in=Repo.objects.visible_to(actor).values("pk"))


def _granted(right: Right, actor: Actor) -> QuerySet[Repo]:
    person = {"permission__codename": right.value}
    direct = RepoUserPermission.in_force.filter(user=actor.user_id or 0, **person)
    team = RepoGroupPermission.in_force.filter(group__user=actor.user_id or 0, **person)
    return Repo.objects.filter(
        Q(pk__in=direct.values("content_object_id")) | Q(pk__in=team.values("content_object_id"))
    ).values("pk")  # type: ignore[return-value]


def _pushed(actor: Actor) -> QuerySet[Comment]:
    pushes = Comment.objects.filter(author=actor.user_id or 0, kind__in=PUSHES)
    return pushes.values("discussion_id")  # type: ignore[return-value]


def _open() -> QuerySet[Change]:
    return _changes().filter(
        discussion__state__in=OPEN_STATES,
        discussion__repo__archived_at=None,
        discussion__repo__withdrawn_at=None,
    )


def _changes() -> QuerySet[Change]:
    present = Change.objects.filter(discussion__repo__deleted_at=None)
    return present.select_related(
        "discussion__repo__namespace",
        "discussion__repo__search_row",
        "discussion__author",
        "head",
        "base",
        "version",
    )
