"""The catalogue's own reactions to its events, all on one page."""

from __future__ import annotations

from accounts.teams.events import TeamMemberAdded
from hub.core.events import subscribe
from models_catalog.artifacts.actions import request_header
from models_catalog.artifacts.events import HeaderRead
from models_catalog.artifacts.queries import WEIGHTS
from models_catalog.cards.actions import request_card
from models_catalog.cards.events import CardRendered
from models_catalog.cards.models import README
from models_catalog.changes.events import ChangeClosed, ChangeMerged, ChangeOpened
from models_catalog.grants.teams import require_may_let_in
from models_catalog.lifecycle.events import (
    BlobRecalled,
    BlobRecallEnded,
    RepoArchived,
    RepoDeleted,
    RepoDeprecated,
    RepoPurged,
    RepoRenamed,
    RepoRestored,
    RepoTransferred,
    RepoUnarchived,
    RepoUndeprecated,
    VersionUnyanked,
    VersionWithdrawn,
    VersionYanked,
)
from models_catalog.lifecycle.gates import purge_gate
from models_catalog.lifecycle.named import answer_named
from models_catalog.repos.events import RepoCreated, RepoEvent, RepoSettingsChanged, RepoWithdrawn
from models_catalog.revisions.actions import start_history
from models_catalog.revisions.events import RevisionCommitted
from models_catalog.revisions.models import Occurrence
from models_catalog.search.actions import request_refresh, request_refresh_of_blob
from models_catalog.search.dependents import answer_purge
from models_catalog.storage.events import BlobVerdictRecorded
from models_catalog.storage.models import CLEARED, Blob, Verdict
from models_catalog.versions.events import VersionReleased


def _begin_history(event: RepoCreated) -> None:
    start_history(event.repo, actor=event.actor)


def _read_what_is_new(event: RevisionCommitted) -> None:
    """Ask for cards and headers of files that this commit brought; those that came earlier have been asked for."""
    came = Occurrence.objects.filter(first_revision=event.revision).select_related("blob")
    for occurrence in came.filter(path=README):
        request_card(occurrence.blob)
    for occurrence in came.filter(path__endswith=WEIGHTS):
        request_header(occurrence.blob)


def _refresh_search(event: RepoEvent) -> None:
    request_refresh(event.repo.pk)


def _refresh_after_verdict(event: BlobVerdictRecorded) -> None:
    """A file that is found clean changes no row by itself: its revision is pending until all of it has been judged."""
    is_awaited = event.previous == Verdict.PENDING and event.verdict in CLEARED
    if event.verdict != event.previous and not is_awaited:
        request_refresh_of_blob(Blob.objects.get(sha256=event.sha256).pk)


def _refresh_after_recall(event: BlobRecalled | BlobRecallEnded) -> None:
    request_refresh_of_blob(Blob.objects.get(sha256=event.sha256).pk)


def _refresh_after_reading(event: CardRendered | HeaderRead) -> None:
    read = event.card if isinstance(event, CardRendered) else event.header
    request_refresh_of_blob(read.blob_id)


def connect() -> None:
    """Subscribe; called once when Django starts."""
    subscribe(TeamMemberAdded, require_may_let_in)
    subscribe(RepoCreated, _begin_history)
    subscribe(RevisionCommitted, _read_what_is_new)
    for event in (
        RevisionCommitted,
        RepoSettingsChanged,
        RepoWithdrawn,
        ChangeOpened,
        ChangeMerged,
        ChangeClosed,
        VersionReleased,
        RepoRenamed,
        RepoTransferred,
        RepoArchived,
        RepoUnarchived,
        RepoDeleted,
        RepoRestored,
        RepoPurged,
        RepoDeprecated,
        RepoUndeprecated,
        VersionYanked,
        VersionUnyanked,
        VersionWithdrawn,
    ):
        subscribe(event, _refresh_search)
    subscribe(BlobVerdictRecorded, _refresh_after_verdict)
    subscribe(BlobRecalled, _refresh_after_recall)
    subscribe(BlobRecallEnded, _refresh_after_recall)
    purge_gate.register(answer_purge)
    purge_gate.register(answer_named)
    subscribe(CardRendered, _refresh_after_reading)
    subscribe(HeaderRead, _refresh_after_reading)
