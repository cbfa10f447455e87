"""Asking particular people to decide, by a day; taking that back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.users.models import User, UserKind
from governance.policies.rules.by_kind import MOST_DAYS
from governance.reviews.events import ReviewAssigned, ReviewUnassigned
from governance.reviews.gathering import review_of
from governance.reviews.models import Assignment, Decision
from governance.reviews.people import Bench
from governance.reviews.requests.actions import require_asking
from governance.reviews.subjects import Subject, hold, require_open
from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid, NotFound
from hub.core.events import emit
from models_catalog.changes.queries import OPEN_STATES
from models_catalog.repos.queries import require_active

MOST_ASSIGNED = 20  # of one thread


@transaction.atomic
def assign(
    subject: Subject,
    *,
    reviewer: User,
    days: int | None = None,
    instead_of: User | None = None,
    actor: Actor,
) -> Assignment:
    """Ask somebody who could decide to do so within ``days``, or as the policy says; ``instead_of`` is asked no longer.

    Asking the same person again sets a new day. Raises ``Invalid`` for somebody whose word would not count.
    """
    require_asking(subject.repo, actor)
    require_active(subject.repo, actor=actor)
    assert actor.user is not None
    subject = hold(subject)
    require_open(subject)
    review = review_of(subject)
    days = review.days if days is None else days
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(
            _("A review is due after 1 to {most} days.").format(most=MOST_DAYS), field="days"
        )
    if not review.bench.seats(reviewer):
        raise Invalid(
            _("{name} could not decide here, so there is nothing to ask them for.").format(
                name=reviewer.name
            ),
            field="reviewer",
        )
    if instead_of is not None:
        _end(subject, instead_of, actor=actor)
    if assignments_of(subject).exclude(reviewer=reviewer).count() >= MOST_ASSIGNED:
        raise Conflict(_("Enough people are asked already. Take one away first."))
    due = timezone.now() + timedelta(days=days)
    made, created = Assignment.objects.get_or_create(
        discussion=subject.discussion,
        reviewer=reviewer,
        ended_at=None,
        defaults={"assigned_by": actor.user, "due_at": due},
    )
    if not created:
        if abs(made.due_at - due) < timedelta(minutes=1):  # the second of two clicks
            return made
        made.due_at, made.told, made.assigned_by = due, 0, actor.user
        made.save(update_fields=["due_at", "told", "assigned_by"])
    emit(
        ReviewAssigned(
            actor=actor,
            repo=subject.repo,
            number=subject.discussion.number,
            reviewer=reviewer.username,
            due=due.date().isoformat(),
            concerns=(reviewer.pk,),
        )
    )
    return made


@transaction.atomic
def unassign(subject: Subject, *, reviewer: User, actor: Actor) -> None:
    """Ask somebody no longer. Raises ``NotFound`` for somebody who was not asked."""
    require_asking(subject.repo, actor)
    subject = hold(subject)
    require_open(subject)
    _end(subject, reviewer, actor=actor)


def _end(subject: Subject, reviewer: User, *, actor: Actor) -> None:
    standing = assignments_of(subject).filter(reviewer=reviewer).first()
    if standing is None:
        raise NotFound(_("{name} is not asked to decide here.").format(name=reviewer.name))
    standing.ended_at = timezone.now()
    standing.save(update_fields=["ended_at"])
    emit(
        ReviewUnassigned(
            actor=actor,
            repo=subject.repo,
            number=subject.discussion.number,
            reviewer=reviewer.username,
            due=standing.due_at.date().isoformat(),
            concerns=(reviewer.pk,),
        )
    )


def assignments_of(subject: Subject) -> QuerySet[Assignment]:
    """Who is asked to decide, due first."""
    rows = Assignment.objects.filter(discussion=subject.discussion_id, ended_at=None)
    return rows.select_related("reviewer").order_by("due_at", "pk")


def people_asked(subject: Subject) -> list[User]:
    """The people who are asked to decide."""
    return [assignment.reviewer for assignment in assignments_of(subject)]


def waiting_assignments() -> QuerySet[Assignment]:
    """Those that nobody has answered, in threads that are open."""
    answered = Decision.objects.filter(
        discussion=OuterRef("discussion"), reviewer=OuterRef("reviewer"), voided_at=None
    )
    return Assignment.objects.filter(
        ~Exists(answered), ended_at=None, discussion__state__in=OPEN_STATES
    )


def could_be_assigned(bench: Bench, *, besides: frozenset[int] = frozenset()) -> list[User]:
    """People who could decide, by name."""
    people = User.objects.filter(
        pk__in=bench.reviewers - besides, is_active=True, kind=UserKind.PERSON
    )
    return list(people.order_by("display_name", "username")[:200])
