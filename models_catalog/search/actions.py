"""Keeping the rows that lists and searches read. They are derived: no event tells of them, and any can be made anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from hub.core.jobs.actions import request_job
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Occurrence
from models_catalog.search.fulltext import full_text
from models_catalog.search.models import SearchFacet, SearchRow
from models_catalog.search.rows import Draft, draft_of

REFRESH = "refresh_search"
REFRESH_HOLDERS = "refresh_search_of_blob"
FEW = 20
BATCH = 500


def request_refresh(repo_id: int) -> None:
    """Ask for a repo's row to be made anew after the caller's transaction; a burst of requests is one or two runs."""
    request_job(REFRESH, key=f"search:{repo_id}", payload={"repo_id": repo_id}, again=True)


def request_refresh_of_blob(blob_id: int) -> None:
    """Ask the same for every repo that holds a blob; many of them are asked for in the background."""
    holders = _holders(blob_id)[: FEW + 1]
    if len(holders) > FEW:
        request_job(
            REFRESH_HOLDERS, key=f"search-blob:{blob_id}", payload={"blob_id": blob_id}, again=True
        )
        return
    for repo_id in holders:
        request_refresh(repo_id)


def request_refresh_of_holders(blob_id: int) -> int:
    """Ask for the rows of all repos that hold a blob, some at a time; answer how many."""
    count, last = 0, 0
    while batch := _holders(blob_id, after=last)[:BATCH]:
        with transaction.atomic():
            for repo_id in batch:
                request_refresh(repo_id)
        count, last = count + len(batch), batch[-1]
    return count


def _holders(blob_id: int, *, after: int = 0) -> list[int]:
    found = Occurrence.objects.filter(blob_id=blob_id, repo_id__gt=after).order_by("repo_id")
    return list(found.values_list("repo_id", flat=True).distinct()[:BATCH])


def refresh(repo_id: int) -> None:
    """Make a repo's row, facets and index entry from what is true now; take them away when the repo is gone."""
    present = Repo.objects.filter(deleted_at=None).select_related("namespace")
    repo = present.filter(pk=repo_id).first()
    if repo is None:
        _forget(repo_id)
    else:
        _write(repo, draft_of(repo))


@transaction.atomic
def _write(repo: Repo, draft: Draft) -> None:
    text = full_text()
    known = SearchRow.objects.select_for_update().filter(pk=repo.pk).first()
    if known is not None:
        text.forget(known)
    row, _ = SearchRow.objects.update_or_create(repo=repo, defaults=dict(draft.columns))
    text.index(row)
    present = set(SearchFacet.objects.filter(row=row).values_list("facet", "value"))
    for facet, value in present - draft.facets:
        SearchFacet.objects.filter(row=row, facet=facet, value=value).delete()
    SearchFacet.objects.bulk_create(
        [
            SearchFacet(row=row, facet=facet, value=value)
            for facet, value in sorted(draft.facets - present)
        ]
    )


@transaction.atomic
def _forget(repo_id: int) -> None:
    for row in SearchRow.objects.select_for_update().filter(pk=repo_id):
        full_text().forget(row)
        row.delete()


@transaction.atomic
def write_downloads(counts: Mapping[int, int]) -> None:
    """Write the downloads of the last 30 days by repo id; rows that are not named and have some go back to none."""
    for pk, old in SearchRow.objects.exclude(downloads=0).values_list("pk", "downloads").iterator():
        if counts.get(pk, 0) != old:
            SearchRow.objects.filter(pk=pk).update(downloads=counts.get(pk, 0))
    fresh = SearchRow.objects.filter(downloads=0)
    for batch in _batched(sorted(counts)):
        for pk in fresh.filter(pk__in=batch).values_list("pk", flat=True):
            SearchRow.objects.filter(pk=pk).update(downloads=counts[pk])


def _batched(ids: Iterable[int]) -> Iterable[list[int]]:
    whole = list(ids)
    return (whole[start : start + BATCH] for start in range(0, len(whole), BATCH))
