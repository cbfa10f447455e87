"""Which changes and requests wait, for whom, and which were decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.authz.policy import Right
from accounts.namespaces.models import Namespace
from accounts.orgs.queries import namespaces_with_right
from accounts.teams.models import Team
from governance.reviews.assignments import waiting_assignments
from governance.reviews.models import Assignment, Decision, DecisionKind
from governance.reviews.people import DECIDING
from governance.reviews.queues.models import QueueEntry, QueueKind
from hub.core.actor import Actor
from models_catalog.changes.models import Comment, DiscussionState
from models_catalog.changes.queries import PUSHES
from models_catalog.repos.models import Repo, RepoGroupPermission, RepoUserPermission

Entries = QuerySet[QueueEntry]
OF_CHANGES = (QueueKind.PUBLISH, QueueKind.LICENCE)
DUE_FIRST = ("due_at", "discussion_id")
NEWEST_FIRST = ("-opened_at", "-discussion_id")
LAST_DECIDED_FIRST = ("-ended_at", "-discussion_id")
PACE = timedelta(days=30)
MOST_MEASURED = 500
MOST_COUNTED = 10_000


def open_in(namespace: Namespace) -> Entries:
    """Everything that waits in an organisation. The caller has asked whether the actor is an insider."""
    return _of(namespace, _open())


def decided_in(namespace: Namespace) -> Entries:
    """What was merged, granted or closed in an organisation."""
    return _of(namespace, _entries().filter(ended_at__isnull=False))


def decided_by(*, actor: Actor) -> Entries:
    """What the actor said something about, decided or still open."""
    said = Decision.objects.filter(reviewer=actor.user_id or 0)
    return _entries().filter(_visible(actor), discussion__in=said.values("discussion_id"))


def decidable_by(actor: Actor) -> Entries:
    """What waits in every model that the actor may decide about: by role, by grant, or asked as a stand-in."""
    return _open().filter(_decidable(actor), _visible(actor))


def own(*, actor: Actor) -> Entries:
    """What the actor pushed to or asked for, and still waits."""
    return _open().filter(_visible(actor)).filter(_made_by(actor))


def waiting_for(entries: Entries, *, actor: Actor) -> Entries:
    """Those that the actor is asked to decide, or that lack an approval which they could give.

    Never their own, and none that they have decided.
    """
    stands = Q(discussion__decisions__voided_at=None)
    stands &= Q(discussion__decisions__kind=DecisionKind.APPROVE)
    head = Coalesce("discussion__change__head", "discussion__request__revision")
    stands &= Q(discussion__decisions__revision=head)
    for_security = stands & Q(discussion__decisions__as_security=True)
    own_word = Decision.objects.filter(reviewer=actor.user_id or 0, voided_at=None)
    asked = waiting_assignments().filter(reviewer=actor.user_id or 0)
    lacks = Q(given__lt=F("needed")) | Q(given_security__lt=F("needed_security"))
    return (
        entries.exclude(_made_by(actor))
        .exclude(discussion__in=own_word.values("discussion_id"))
        .annotate(
            given=Count("discussion__decisions", filter=stands),
            given_security=Count("discussion__decisions", filter=for_security),
        )
        .filter(lacks | Q(discussion__in=asked.values("discussion_id")))
    )


def waiting_for_author(entries: Entries) -> Entries:
    """Those that somebody objects to: their makers have to answer."""
    objections = Decision.objects.filter(voided_at=None).exclude(kind=DecisionKind.APPROVE)
    return entries.filter(discussion__in=objections.values("discussion_id"))


def waiting_for_teams(entries: Entries, *, actor: Actor) -> Entries:
    """Those about models that a team of the actor was granted to decide on, or that somebody in it is asked about."""
    groups = _teams_of(actor)
    granted = RepoGroupPermission.in_force.filter(
        group__in=groups, permission__codename__in=[right.value for right in DECIDING]
    )
    asked = waiting_assignments().filter(reviewer__groups__in=groups)
    return entries.filter(
        Q(repo__in=granted.values("content_object_id"))
        | Q(discussion__in=asked.values("discussion_id"))
    )


def has_team(actor: Actor, *, namespace: Namespace | None = None) -> bool:
    """Whether the actor belongs to a team, of one organisation or of any."""
    teams = _teams_of(actor)
    if namespace is not None:
        teams = teams.filter(organization__namespace=namespace)
    return teams.exists()


def overdue(entries: Entries) -> Entries:
    """Those whose day has passed."""
    return entries.filter(due_at__lt=timezone.now())


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to: words of a title, model or author; a kind; whom it waits for by name; a risk."""

    words: str = ""
    kind: str = ""
    asked: str = ""
    risk: int | None = None
    is_late: bool = False
    is_blocked: bool = False

    def of(self, entries: Entries) -> Entries:
        """The entries that are left."""
        if self.words:
            entries = entries.filter(
                Q(discussion__title__icontains=self.words)
                | Q(repo__name__icontains=self.words)
                | Q(discussion__author__username__iexact=self.words)
            )
        if self.kind:
            entries = entries.filter(kind=self.kind)
        if self.asked:
            given = Assignment.objects.filter(reviewer__username__iexact=self.asked, ended_at=None)
            entries = entries.filter(discussion__in=given.values("discussion"))
        if self.risk is not None:
            entries = entries.filter(risk=self.risk)
        if self.is_late:
            entries = overdue(entries)
        return entries.filter(is_blocked=True) if self.is_blocked else entries


@dataclass(frozen=True, slots=True)
class Pace:
    """How much was decided in a while, and how long that took in the median."""

    decided: int
    median: timedelta | None


def pace_of(entries: Entries, *, within: timedelta = PACE) -> Pace:
    """How fast was decided: counted to ``MOST_COUNTED``, measured on the last ``MOST_MEASURED``."""
    decided = entries.filter(ended_at__gte=timezone.now() - within).order_by(*LAST_DECIDED_FIRST)
    moments = decided.values_list("opened_at", "ended_at")[:MOST_MEASURED]
    took = [(closed - opened).total_seconds() for opened, closed in moments if closed]
    count = len(took) if len(took) < MOST_MEASURED else decided[:MOST_COUNTED].count()
    return Pace(count, timedelta(seconds=median(took)) if took else None)


def _entries() -> Entries:
    return QueueEntry.objects.filter(repo__deleted_at=None)


def _open() -> Entries:
    """What can still be decided: an archived model takes nothing but its withdrawal."""
    goes_on = Q(repo__archived_at=None) | Q(kind=QueueKind.WITHDRAW)
    return _entries().filter(goes_on, ended_at=None, repo__withdrawn_at=None)


def _of(namespace: Namespace, entries: Entries) -> Entries:
    """By the entry for the index, by the model because it may have gone elsewhere a moment ago."""
    return entries.filter(namespace=namespace, repo__namespace=namespace)


def _decidable(actor: Actor) -> Q:
    """Rows whose model the actor holds a right to decide about."""
    if actor.rights is not None and not actor.rights & set(DECIDING):
        return Q(pk__in=[])
    where = Q()
    for right in DECIDING:
        where |= Q(repo__namespace__in=namespaces_with_right(right, actor=actor))
        where |= Q(repo__in=_granted(right, actor))
    if actor.user is not None and actor.user.is_community_reviewer:
        where |= Q(repo__in=_granted(Right.SEE_UNRELEASED, actor))
    return where


def _visible(actor: Actor) -> Q:
    """As ``visible_discussions`` has it: what waits in a reviewed model is for its insiders, what was done is not."""
    opened = Q(repo__in=Repo.objects.opened_to(actor).values("pk"))
    done = Q(discussion__state__in=[DiscussionState.MERGED, DiscussionState.GRANTED])
    return opened | done & Q(repo__in=Repo.objects.visible_to(actor).values("pk"))


def _granted(right: Right, actor: Actor) -> QuerySet[Repo]:
    person = {"permission__codename": right.value}
    direct = RepoUserPermission.in_force.filter(user=actor.user_id or 0, **person)
    team = RepoGroupPermission.in_force.filter(group__user=actor.user_id or 0, **person)
    return Repo.objects.filter(
        Q(pk__in=direct.values("content_object_id")) | Q(pk__in=team.values("content_object_id"))
    ).values("pk")  # type: ignore[return-value]


def _made_by(actor: Actor) -> Q:
    """Changes that they pushed to, and whatever they asked for."""
    pushes = Comment.objects.filter(author=actor.user_id or 0, kind__in=PUSHES)
    asked = Q(discussion__author=actor.user_id or 0) & ~Q(kind__in=OF_CHANGES)
    return asked | Q(discussion__in=pushes.values("discussion_id"))


def _teams_of(actor: Actor) -> QuerySet[Team]:
    return Team.objects.filter(group__user=actor.user_id or 0).values("group")  # type: ignore[return-value]
