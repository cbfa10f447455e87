"""What people decide about: changes, and requests of other kinds. Both are threads of a model that point to exact files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.robots.queries import people_behind
from governance.policies.locks import hold_policy
from governance.policies.rules.by_kind import PUBLISH
from governance.reviews.requests.models import RequestKind, ReviewRequest
from hub.core.errors import Conflict
from models_catalog.changes.actions import hold_change
from models_catalog.changes.models import Change, Comment
from models_catalog.changes.queries import OPEN_STATES, PUSHES

CLOSED = gettext_lazy("This change has been merged or closed already.")
ENDED = gettext_lazy("This request has been granted or closed already.")


Subject = Change | ReviewRequest


def hold(subject: Subject) -> Subject:
    """The subject as it is now, kept so until the transaction ends: see ``hold_change``."""
    return hold_change(subject) if isinstance(subject, Change) else hold_request(subject)


def hold_request(request: ReviewRequest) -> ReviewRequest:
    """The request as it is now: decisions, granting and closing wait for each other.

    Unlike a change it is locked after its namespace: gates ask about requests when the catalogue holds that already.
    """
    hold_policy(request.repo.namespace)
    ReviewRequest.objects.select_for_update(no_key=True).only("pk").get(pk=request.pk)
    return with_neighbours().get(pk=request.pk)


def with_neighbours() -> QuerySet[ReviewRequest]:
    """Requests with the rows that a review looks at."""
    return ReviewRequest.objects.select_related(
        "discussion__author", "repo__namespace", "revision__author", "version", "granted_by"
    )


def is_open(subject: Subject) -> bool:
    """Whether people can still decide about it."""
    return subject.discussion.state in OPEN_STATES


def closed_words(subject: Subject) -> str:
    """The sentence that says why nobody can decide any more."""
    return str(CLOSED if isinstance(subject, Change) else ENDED)


def require_open(subject: Subject) -> None:
    """Raise ``Conflict`` when it has been merged, granted or closed."""
    if not is_open(subject):
        raise Conflict(closed_words(subject))


def kind_of(subject: Subject) -> str:
    """What is asked for, as policies and queues name it."""
    return subject.kind if isinstance(subject, ReviewRequest) else PUBLISH


def judges_files(subject: Subject) -> bool:
    """Whether it asks people to stand by files: taking some back, or excusing them from a rule, does not."""
    return not isinstance(subject, ReviewRequest) or subject.kind in (
        RequestKind.PROMOTE,
        RequestKind.RECERTIFY,
    )


def makers_of(subjects: Sequence[Subject]) -> dict[int, frozenset[int]]:
    """Who had a part in each subject, by its id, so that their own word on it does not count.

    Who pushed to a change; who asked for something; and who brought the files that it is about, unless it asks to take
    them back: there their agreement is welcome. The people behind a robot had the part that it had.
    """
    threads: Mapping[int, set[int]] = defaultdict(set)
    for subject in subjects:
        if isinstance(subject, ReviewRequest):
            threads[subject.discussion_id].add(subject.discussion.author_id)
    for thread, person in _pushers(subjects):
        threads[thread].add(person)
    behind = people_behind({person for people in threads.values() for person in people})
    for people in threads.values():
        people.update(*(behind.get(person, ()) for person in tuple(people)))
    return {subject.pk: frozenset(threads[subject.discussion_id]) for subject in subjects}


def _pushers(subjects: Sequence[Subject]) -> Iterable[tuple[int, int]]:
    """(thread of the subject, person) for everybody whose commits it is about: one query for any number."""
    threads: Mapping[tuple[int, int], set[int]] = defaultdict(set)
    for subject in subjects:
        number = _brought_by(subject)
        if number:
            threads[subject.repo.pk, number].add(subject.discussion_id)
        if is_about_files(subject) and subject.head.author_id is not None:
            yield subject.discussion_id, subject.head.author_id
    pushes = Comment.objects.filter(
        discussion__repo__in={repo for repo, _number in threads},
        discussion__number__in={number for _repo, number in threads},
        kind__in=PUSHES,
    ).exclude(author=None)
    rows = pushes.values_list("discussion__repo", "discussion__number", "author")
    for repo, number, person in rows.distinct().order_by():
        for thread in threads.get((repo, number), ()):
            if person is not None:
                yield thread, person


def _brought_by(subject: Subject) -> int | None:
    """The number of the change that brought the files which a subject is about."""
    if not isinstance(subject, ReviewRequest):
        return subject.discussion.number
    if not is_about_files(subject):
        return None
    asked: int | None = subject.payload.get("change")
    return asked or (subject.version.change_number if subject.version else None)


def is_about_files(subject: Subject) -> bool:
    """Whether it is a request that those who brought the files have an interest in; not so to take them back."""
    return isinstance(subject, ReviewRequest) and subject.kind != RequestKind.WITHDRAW


def made_it_words(subject: Subject) -> str:
    """Why somebody who had a part in it has no say."""
    if isinstance(subject, ReviewRequest):
        return _(
            "You asked for this or had a part in the files it is about, so somebody else has to decide."
        )
    return _("You pushed to this change, so somebody else has to review it.")
