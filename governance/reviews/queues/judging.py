"""What stands behind the rows of a queue: the changes and requests themselves, and how far each has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from governance.reviews.gathering import ChangeReview, review_of, reviews_of
from governance.reviews.queues.models import QueueEntry
from governance.reviews.subjects import Subject, is_open, with_neighbours
from models_catalog.changes.models import Change

MOST_FILES = 2000  # of one head; larger ones are judged on their own page, and by the job
MOST_FILES_TOGETHER = 40_000
BATCH = 50
NEIGHBOURS = (
    "discussion__repo__namespace",
    "discussion__repo__search_row",
    "discussion__author",
    "head",
    "base",
    "version",
)


def subjects_of(entries: Sequence[QueueEntry]) -> dict[int, Subject]:
    """The change or request of each entry, by the id of its thread: a query for each of the two."""
    threads = [entry.pk for entry in entries]
    changes = Change.objects.filter(discussion__in=threads).select_related(*NEIGHBOURS)
    requests = with_neighbours().select_related("repo__search_row", "discussion__repo__namespace")
    found: dict[int, Subject] = {change.discussion_id: change for change in changes}
    for request in requests.filter(discussion__in=threads):
        found[request.discussion_id] = request
    return found


def judged(subjects: Sequence[Subject]) -> dict[int, ChangeReview]:
    """Where the open ones stand, by the ids of their threads; those with very many files are left out."""
    chosen: list[Subject] = []
    files = 0
    for subject in subjects:
        count = subject.head.file_count
        if not is_open(subject) or count > MOST_FILES:
            continue
        files += count
        if files > MOST_FILES_TOGETHER:
            break
        chosen.append(subject)
    found: dict[int, ChangeReview] = {}
    for kind in (True, False):  # a change and a request may have the same id
        alike = [each for each in chosen if isinstance(each, Change) is kind]
        reviews = reviews_of(alike) if alike else {}
        found.update((each.discussion_id, reviews[each.pk]) for each in alike)
    return found


def all_judged(
    entries: QuerySet[QueueEntry],
) -> Iterator[tuple[QueueEntry, Subject, ChangeReview]]:
    """Each of the entries with what stands behind it, the large ones too: for the background, some at a time."""
    last = 0
    while some := list(entries.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = some[-1].pk
        subjects = subjects_of(some)
        reviews = judged(list(subjects.values()))
        for entry in some:
            subject = subjects.get(entry.pk)
            if subject is not None:
                yield entry, subject, reviews.get(entry.pk) or review_of(subject)
