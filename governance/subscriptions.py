"""Where governance plugs into the catalogue: everything it listens to and every gate it answers."""

from __future__ import annotations

from governance.audit.actions import record
from governance.checks.events import CheckReported
from governance.outbox import mail
from governance.outbox.posting import also_tell, put_in_outbox
from governance.policies.events import PolicyChanged
from governance.policies.gates import draft_gate
from governance.policies.protection import protect_new
from governance.reviews import reminders
from governance.reviews.actions import TAKEN_BACK, void_for_commit, void_for_policy
from governance.reviews.events import (
    DecisionMade,
    DecisionVoided,
    ReviewAssigned,
    ReviewUnassigned,
    WaiverEnded,
    WaiverGiven,
)
from governance.reviews.gate import (
    answer_alias,
    answer_merge,
    answer_stage,
    answer_visibility,
    count_approvals,
)
from governance.reviews.queues import keeping
from governance.reviews.requests.actions import close_overtaken
from governance.reviews.requests.events import (
    CheckWaived,
    CheckWaiverEnded,
    RequestClosed,
    RequestGranted,
    RequestOpened,
)
from governance.reviews.requests.gate import spend_for_alias, spend_for_stage
from governance.reviews.requests.moves import register_move
from governance.reviews.requests.stage_moves import ALIAS, ALIASES, STAGE, STAGES
from governance.reviews.requests.visibility_moves import VISIBILITIES, VISIBILITY
from governance.scanning import actions as scanning
from governance.scanning.events import RevisionScanned
from governance.simulations.actions import (
    SIMULATE,
    answer_draft,
    give_up_simulation,
    run_simulation,
)
from governance.webhooks import delivering
from hub.core.events import Event, subscribe
from hub.core.jobs.actions import handles, when_exhausted
from models_catalog.cards.events import CardRendered
from models_catalog.changes.events import ChangeClosed, ChangeMerged, ChangeOpened, ChangeUpdated
from models_catalog.changes.gates import merge_gate, register_approvals
from models_catalog.lifecycle.events import RepoTransferred
from models_catalog.repos.events import RepoCreated
from models_catalog.repos.gates import visibility_gate
from models_catalog.revisions.events import RevisionCommitted
from models_catalog.search.actions import request_refresh
from models_catalog.stages.events import AliasMoved, StageMoved
from models_catalog.stages.gates import alias_gate, stage_gate
from models_catalog.storage.events import BlobVerdictRecorded
from models_catalog.storage.models import CLEARED, Verdict


def _record(event: Event) -> None:
    """The record first; what people are told points at it."""
    put_in_outbox(event, record(event))


def _scan(event: RevisionCommitted) -> None:
    scanning.request_scans(event.revision)


def _refresh_search(event: RevisionScanned) -> None:
    request_refresh(event.repo.pk)


def _look_after_verdict(event: BlobVerdictRecorded) -> None:
    """A file that is cleared says nothing yet: ``RevisionScanned`` comes when all of them are."""
    is_awaited = event.previous == Verdict.PENDING and event.verdict in CLEARED
    if event.verdict != event.previous and not is_awaited:
        keeping.look_again_for_blob(event.sha256)


def _look_after_reading(event: CardRendered) -> None:
    keeping.look_again_for_blob(event.card.blob.sha256)


def _set_due_again(event: DecisionVoided) -> None:
    """New commits and policies void many at once and have the entries looked at by themselves."""
    if event.reason == TAKEN_BACK:
        keeping.set_due(event)


def _keep_queues() -> None:
    """Last, because entries of queues are locked last: see ``keeping``."""
    subscribe(ChangeOpened, keeping.begin)
    subscribe(RequestOpened, keeping.begin)
    subscribe(ChangeMerged, keeping.end)
    subscribe(ChangeClosed, keeping.end)
    subscribe(RequestGranted, keeping.end)
    subscribe(RequestClosed, keeping.end)
    subscribe(ReviewAssigned, keeping.set_due)
    subscribe(ReviewUnassigned, keeping.set_due)
    subscribe(DecisionMade, keeping.set_due)
    for event in (
        ChangeUpdated,
        RevisionScanned,
        CheckReported,
        WaiverGiven,
        WaiverEnded,
        CheckWaived,
        CheckWaiverEnded,
        RepoTransferred,
    ):
        subscribe(event, keeping.look_again)
    subscribe(DecisionVoided, _set_due_again)
    subscribe(PolicyChanged, keeping.look_again_for_policy)
    subscribe(BlobVerdictRecorded, _look_after_verdict)
    subscribe(CardRendered, _look_after_reading)
    handles(keeping.REFRESH)(keeping.refresh)
    handles(keeping.REFRESH_REACHED)(keeping.refresh_reached)


def connect() -> None:
    """Subscribe to events and register gates; called once when Django starts."""
    subscribe(Event, _record)
    subscribe(RevisionCommitted, _scan)
    subscribe(RevisionScanned, _refresh_search)
    handles(reminders.REMIND)(reminders.remind)
    handles(scanning.SCAN)(scanning.scan_blob)
    handles(scanning.SCAN_ALL)(scanning.request_all_scans)
    handles(scanning.JUDGE)(scanning.judge_revision)
    when_exhausted(scanning.SCAN, scanning.give_up_on_blob)
    also_tell(delivering.queue_for_owners, delivering.queue_for_people)
    handles(delivering.DELIVER)(delivering.deliver)
    handles(mail.MAIL)(mail.send_mail)
    handles(mail.DIGEST)(mail.send_digest)
    merge_gate.register(answer_merge)
    register_approvals(count_approvals)
    stage_gate.register(answer_stage)
    alias_gate.register(answer_alias)
    visibility_gate.register(answer_visibility)
    subscribe(ChangeUpdated, void_for_commit)
    subscribe(PolicyChanged, void_for_policy)
    draft_gate.register(answer_draft)
    handles(SIMULATE)(run_simulation)
    when_exhausted(SIMULATE, give_up_simulation)
    for over in (ChangeUpdated, ChangeClosed, ChangeMerged):
        subscribe(over, close_overtaken)
    for name, move in ((VISIBILITY, VISIBILITIES), (STAGE, STAGES), (ALIAS, ALIASES)):
        register_move(name, move)
    subscribe(StageMoved, spend_for_stage)
    subscribe(AliasMoved, spend_for_alias)
    subscribe(RepoCreated, protect_new)
    _keep_queues()
