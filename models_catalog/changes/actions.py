"""Opening, updating, merging and closing changes; talking about them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.authz.queries import require_means
from hub.core.actor import Actor
from hub.core.attempts import attempting, remembers_attempts
from hub.core.errors import Conflict
from hub.core.events import emit
from hub.core.gates import GateShut
from hub.core.text import storable
from models_catalog.changes.events import (
    ChangeClosed,
    ChangeMerged,
    ChangeOpened,
    ChangeUpdated,
    CommentAdded,
    DiscussionClosed,
    DiscussionOpened,
    DiscussionReopened,
)
from models_catalog.changes.gates import MergeQuestion, merge_gate, standing_approvals
from models_catalog.changes.mentions import people_named
from models_catalog.changes.models import Change, Comment, Discussion, DiscussionState
from models_catalog.changes.queries import OPEN_STATES
from models_catalog.changes.words import MAX_COMMENT, checked_body, checked_title
from models_catalog.repos.attempts import attempt_if
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import hold_repo, require_active, require_repo_right
from models_catalog.revisions.actions import (
    MAIN,
    Work,
    draft_merge,
    move_ref,
    plan_revision,
    prepare_revision,
    store_draft,
)
from models_catalog.revisions.models import Revision
from models_catalog.revisions.operations import Operation
from models_catalog.revisions.queries import head_of
from models_catalog.versions.actions import propose_version, reject_version, release_version


def open_change(
    repo: Repo,
    *,
    operations: Sequence[Operation],
    title: str,
    description: str = "",
    label: str = "",
    actor: Actor,
) -> Change:
    """Propose to move ``main``: a commit on ``refs/pr/N``, a thread and a reserved version number.

    Raises ``Invalid`` when the operations change nothing, and whatever a commit may raise.
    """
    require_repo_right(repo, Right.WRITE, actor=actor)
    require_active(repo, actor=actor)
    title = checked_title(title)
    base = head_of(repo, MAIN)
    work = Work(operations, f"{title}\n\n{description}")
    draft = prepare_revision(base=base, work=work, actor=actor)
    with transaction.atomic():
        discussion = _new_discussion(repo, title=title, actor=actor)
        version = propose_version(repo, label=label, change_number=discussion.number, actor=actor)
        ref = f"refs/pr/{discussion.number}"
        head = store_draft(repo, draft, ref=ref, expected=None, actor=actor)
        change = Change.objects.create(discussion=discussion, base=base, head=head, version=version)
        _note(discussion, "opened", actor=actor, body=description, data={"sha1": head.sha1})
        emit(
            ChangeOpened(
                actor=actor,
                repo=repo,
                change=change,
                number=discussion.number,
                sha1=head.sha1,
                concerns=people_named(description, actor=actor),
            )
        )
    return change


def add_to_change(
    change: Change,
    *,
    operations: Sequence[Operation],
    message: str,
    actor: Actor,
    parent: str | None = None,
) -> Revision:
    """Add a commit to an open change. Raises ``Conflict`` when the change is closed or has moved on."""
    require_repo_right(change.repo, Right.WRITE, actor=actor)
    require_active(change.repo, actor=actor)
    _require_open(change)
    ref, head = change.ref_name, change.head
    draft = plan_revision(ref=ref, base=head, work=Work(operations, message, parent), actor=actor)
    if draft is None:
        return head
    with transaction.atomic():
        revision = store_draft(change.repo, draft, ref=ref, expected=head, actor=actor)
        _advance(change, revision, kind="pushed", actor=actor)
    return revision


def update_change(change: Change, *, actor: Actor) -> Revision:
    """Bring a change that has fallen behind up to date with ``main``, by a merge commit on the change.

    Raises ``Conflict`` when both changed the same files, or when there is nothing to bring in.
    """
    require_repo_right(change.repo, Right.WRITE, actor=actor)
    require_active(change.repo, actor=actor)
    _require_open(change)
    main = head_of(change.repo, MAIN)
    if main is None or change.base is None or main.pk == change.base_id:
        raise Conflict(_("This change is up to date with “main” already."))
    draft = draft_merge(
        base=change.base,
        ours=change.head,
        theirs=main,
        message="Bring in what “main” has",
        actor=actor,
    )
    with transaction.atomic():
        revision = store_draft(
            change.repo, draft, ref=change.ref_name, expected=change.head, actor=actor
        )
        Change.objects.filter(pk=change.pk).update(base=main)
        change.base = main
        _advance(change, revision, kind="updated", actor=actor)
    return revision


def _advance(change: Change, revision: Revision, *, kind: str, actor: Actor) -> None:
    moved = Change.objects.filter(
        pk=change.pk, head_id=change.head_id, discussion__state__in=OPEN_STATES
    ).update(head=revision)
    if not moved:
        raise Conflict(
            _("Somebody closed, merged or updated this change meanwhile. Reload the page.")
        )
    change.head = revision
    _note(change.discussion, kind, actor=actor, data={"sha1": revision.sha1})
    emit(
        ChangeUpdated(
            actor=actor,
            repo=change.repo,
            change=change,
            number=change.discussion.number,
            sha1=revision.sha1,
        )
    )


def hold_change(change: Change) -> Change:
    """The change as it is now, kept so until the transaction ends: decisions, merges and closing wait for each other.

    First the row alone is locked, then it is read with its neighbours: PostgreSQL, when it has waited for a locked
    row, reads joined rows as they were before the wait, and loses the row when its foreign keys moved.
    """
    Change.objects.select_for_update(no_key=True).only("pk").get(pk=change.pk)
    return Change.objects.select_related(
        "discussion__repo__namespace", "discussion__author", "head", "base", "version"
    ).get(pk=change.pk)


@remembers_attempts
@transaction.atomic
def merge_change(change: Change, *, actor: Actor, expected: str | None = None) -> Change:
    """Ask the gate, then move ``main`` to exactly the head of the change and release its version: one transaction.

    ``expected`` is the commit id that the person saw. Raises ``GateShut`` with every reason, ``Conflict`` when the
    change or ``main`` has moved on.
    """
    tried = attempt_if(change.repo, MAIN, is_protected=change.repo.is_protected, actor=actor)
    with attempting(tried):
        require_repo_right(change.repo, Right.WRITE, actor=actor)
    repo = hold_repo(change.repo)
    require_active(repo, actor=actor)
    change = hold_change(change)
    _require_open(change)
    if expected is not None and expected != change.head.sha1:
        raise Conflict(
            _("A commit was added since you opened this page. Look at it, then merge again.")
        )
    main = head_of(repo, MAIN)
    if main is None or change.base_id != main.pk:
        raise Conflict(
            _(
                "“main” has moved on since this change began. Bring the change up to date, then merge."
            )
        )
    refusals = merge_gate.ask(MergeQuestion(change=change, revision=change.head, actor=actor))
    with attempting(tried):
        if refusals:
            raise GateShut(_("This change cannot be merged yet."), refusals)
    return _merge(change, repo, main, actor=actor)


def _merge(change: Change, repo: Repo, main: Revision, *, actor: Actor) -> Change:
    approvals = standing_approvals(change)
    move_ref(repo, ref=MAIN, expected=main, target=change.head, actor=actor)
    release_version(change.version, revision=change.head, approvals=approvals, actor=actor)
    discussion = change.discussion
    discussion.state, discussion.closed_at = DiscussionState.MERGED, timezone.now()
    discussion.save(update_fields=["state", "closed_at"])
    change.merged_by = actor.user
    change.save(update_fields=["merged_by"])
    _note(
        discussion,
        "merged",
        actor=actor,
        data={"sha1": change.head.sha1, "version": change.version.number},
    )
    emit(
        ChangeMerged(
            actor=actor,
            repo=repo,
            change=change,
            number=discussion.number,
            sha1=change.head.sha1,
            manifest_digest=change.head.manifest_digest,
            version=change.version.number,
            approvals=approvals,
        )
    )
    return change


@transaction.atomic
def close_change(change: Change, *, reason: str = "", actor: Actor) -> None:
    """Give a change up. Its author may, and whoever manages the model. Its version number is not used again."""
    require_author_or_manager(change.discussion, actor)
    require_active(hold_repo(change.repo), actor=actor)
    change = hold_change(change)
    _require_open(change)
    discussion = change.discussion
    discussion.state, discussion.closed_at = DiscussionState.CLOSED, timezone.now()
    discussion.save(update_fields=["state", "closed_at"])
    reject_version(change.version, actor=actor)
    _note(change.discussion, "closed", actor=actor, body=reason)
    emit(
        ChangeClosed(
            actor=actor,
            repo=change.repo,
            change=change,
            number=change.discussion.number,
            reason=reason,
        )
    )


@transaction.atomic
def open_discussion(repo: Repo, *, title: str, body: str, actor: Actor) -> Discussion:
    """Begin a thread that proposes nothing."""
    _require_means(repo, actor)
    require_active(repo, actor=actor)
    discussion = _new_discussion(repo, title=checked_title(title), actor=actor)
    _note(discussion, "comment", actor=actor, body=checked_body(body))
    named = people_named(body, actor=actor)
    emit(DiscussionOpened(actor=actor, repo=repo, number=discussion.number, concerns=named))
    return discussion


@transaction.atomic
def close_discussion(discussion: Discussion, *, reason: str = "", actor: Actor) -> None:
    """End a thread that proposes nothing. Its author may, and whoever manages the model; talking goes on if people want to."""
    _settle(discussion, DiscussionState.CLOSED, reason=reason, actor=actor)
    event = DiscussionClosed(
        actor=actor, repo=discussion.repo, number=discussion.number, reason=reason
    )
    emit(event)


@transaction.atomic
def reopen_discussion(discussion: Discussion, *, reason: str = "", actor: Actor) -> None:
    """Take a closed thread up again; the same people may."""
    _settle(discussion, DiscussionState.OPEN, reason=reason, actor=actor)
    event = DiscussionReopened(
        actor=actor, repo=discussion.repo, number=discussion.number, reason=reason
    )
    emit(event)


def _settle(discussion: Discussion, state: DiscussionState, *, reason: str, actor: Actor) -> None:
    """Move a plain thread to ``state``; the condition on the row decides between two at once."""
    require_author_or_manager(discussion, actor)
    require_active(discussion.repo, actor=actor)
    is_closed = state == DiscussionState.CLOSED
    before = DiscussionState.OPEN if is_closed else DiscussionState.CLOSED
    plain = Discussion.objects.filter(pk=discussion.pk, state=before, change=None, is_request=False)
    if not plain.update(state=state, closed_at=timezone.now() if is_closed else None):
        raise Conflict(_("Somebody closed or reopened this meanwhile. Reload the page."))
    discussion.refresh_from_db(fields=["state", "closed_at"])
    _note(discussion, "closed" if is_closed else "reopened", actor=actor, body=reason)


def require_author_or_manager(discussion: Discussion, actor: Actor) -> None:
    """Refuse everybody but who began a thread and who manages the model: only they may end it."""
    if actor.user_id is not None and discussion.author_id == actor.user_id:
        _require_means(discussion.repo, actor)
    else:
        require_repo_right(discussion.repo, Right.MANAGE, actor=actor)


@transaction.atomic
def add_comment(discussion: Discussion, *, body: str, actor: Actor) -> Comment:
    """Say something in a thread that the actor can read. Raises as ``require_active``."""
    _require_means(discussion.repo, actor)
    require_active(discussion.repo, actor=actor)
    comment = _note(discussion, "comment", actor=actor, body=checked_body(body))
    emit(
        CommentAdded(
            actor=actor,
            repo=discussion.repo,
            number=discussion.number,
            concerns=people_named(body, actor=actor),
        )
    )
    return comment


@transaction.atomic
def begin_request(repo: Repo, *, title: str, body: str, actor: Actor) -> Discussion:
    """A thread that asks people for something; who keeps the request has asked for rights, and emits the event."""
    _require_means(repo, actor)
    require_active(repo, actor=actor)
    discussion = _new_discussion(repo, title=checked_title(title), actor=actor, is_request=True)
    _note(discussion, "asked", actor=actor, body=checked_body(body))
    return discussion


@transaction.atomic
def end_request(
    discussion: Discussion, state: DiscussionState, *, reason: str = "", actor: Actor
) -> None:
    """Move the thread of an open request to its end. Raises ``Conflict`` when it has ended already."""
    waiting = Discussion.objects.filter(pk=discussion.pk, is_request=True, state__in=OPEN_STATES)
    if not waiting.update(state=state, closed_at=timezone.now()):
        raise Conflict(_("This request has been granted or closed already."))
    discussion.refresh_from_db(fields=["state", "closed_at"])
    _note(discussion, state.value, actor=actor, body=reason)


def _new_discussion(
    repo: Repo, *, title: str, actor: Actor, is_request: bool = False
) -> Discussion:
    Repo.objects.filter(pk=repo.pk).update(discussion_count=F("discussion_count") + 1)
    number = Repo.objects.values_list("discussion_count", flat=True).get(pk=repo.pk)
    assert actor.user is not None
    return Discussion.objects.create(
        repo=repo, number=number, title=title, author=actor.user, is_request=is_request
    )


def _note(
    discussion: Discussion,
    kind: str,
    *,
    actor: Actor,
    body: str = "",
    data: dict[str, str | int] | None = None,
) -> Comment:
    return Comment.objects.create(
        discussion=discussion,
        author=actor.user,
        kind=kind,
        body=storable(body)[:MAX_COMMENT],
        data=data or {},
    )


def _require_means(repo: Repo, actor: Actor) -> None:
    """What everybody may do with what is theirs, no leaked token should that was only given to read."""
    require_means(actor, Right.WRITE, namespace_id=repo.namespace_id, repo_id=repo.pk)


def _require_open(change: Change) -> None:
    if change.discussion.state not in OPEN_STATES:
        raise Conflict(_("This change has been merged or closed already."))
