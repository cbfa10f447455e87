"""Who has another part in what is reviewed than having pushed to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from governance.policies.facts import RevisionFacts
from governance.reviews.subjects import Subject
from hub.core.many_keys import with_ids
from models_catalog.cards.models import README
from models_catalog.revisions.models import Occurrence
from models_catalog.revisions.verdicts import PathReport

Reports = Mapping[str, PathReport]
Parts = dict[str, frozenset[int]]


def parts_of(
    subjects: Sequence[Subject],
    reports: Mapping[int, Reports],
    known: Mapping[int, RevisionFacts],
) -> dict[int, Parts]:
    """Who opened each subject, released the version before it, and made its card, by its id: one query."""
    cards = {
        subject.pk: (subject.repo.pk, reports[subject.head_id][README].entry.blob_id)
        for subject in subjects
        if README in reports[subject.head_id]
    }
    makers = _card_makers(set(cards.values()))
    found = {}
    for subject in subjects:
        released = known[subject.head_id].released
        found[subject.pk] = {
            "opened": frozenset([subject.discussion.author_id]),
            "released": frozenset(
                [released.released_by] if released and released.released_by else []
            ),
            "card": frozenset(makers.get(cards[subject.pk], ()) if subject.pk in cards else ()),
        }
    return found


def _card_makers(cards: set[tuple[int, int]]) -> Mapping[tuple[int, int], set[int]]:
    """Who first committed exactly these cards to their repos."""
    brought = Occurrence.objects.filter(path=README, repo_id__in={repo for repo, _ in cards})
    rows = with_ids(brought, "blob_id", (blob for _, blob in cards))
    found: Mapping[tuple[int, int], set[int]] = defaultdict(set)
    for repo, blob, author in rows.values_list("repo_id", "blob_id", "first_revision__author_id"):
        if author is not None:
            found[repo, blob].add(author)
    return found
