"""Asking for something, granting what was agreed to, giving it up."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import RIGHT_TITLES, Right
from accounts.authz.queries import require_person
from governance.reviews.gathering import ChangeReview, review_of
from governance.reviews.requests.events import RequestClosed, RequestGranted, RequestOpened
from governance.reviews.requests.kinds import Granted, Wish, kind_named
from governance.reviews.requests.models import RequestKind, ReviewRequest
from governance.reviews.subjects import hold_request, require_open
from hub.core.actor import Actor
from hub.core.attempts import attempting, remembers_attempts
from hub.core.errors import Conflict, Forbidden
from hub.core.events import emit
from hub.core.gates import GateShut, Refusal
from models_catalog.changes.actions import (
    begin_request,
    end_request,
    require_author_or_manager,
)
from models_catalog.changes.events import ChangeEvent
from models_catalog.changes.mentions import people_named
from models_catalog.changes.models import DiscussionState
from models_catalog.repos.attempts import attempt_on
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import hold_repo, repo_rights, require_active

OVERTAKEN = "The change that this is about has moved on."
ASKING = frozenset({Right.WRITE, Right.MANAGE, Right.REVIEW, Right.SECURITY})


@transaction.atomic
def ask_for(wish: Wish, *, kind: str, reason: str, actor: Actor) -> ReviewRequest:
    """Ask people to agree to something: a numbered thread of the model that waits for their decisions.

    Raises ``Conflict`` when the same is asked already, ``Invalid`` for what cannot be granted.
    """
    repo = wish.repo
    require_asking(repo, actor)
    asked = kind_named(kind).read(wish, actor=actor)
    if ReviewRequest.objects.filter(repo=repo, asks=asked.asks, ended_at=None).exists():
        raise Conflict(_("The same is asked already. Look at the open requests of this model."))
    discussion = begin_request(repo, title=asked.title, body=reason, actor=actor)
    try:
        with transaction.atomic():
            request = ReviewRequest.objects.create(
                discussion=discussion,
                kind=RequestKind(kind),
                repo=repo,
                version=wish.version,
                payload=asked.payload,
                asks=asked.asks,
                revision=asked.revision,
                manifest_digest=asked.revision.manifest_digest,
            )
    except IntegrityError as error:  # two people asked at once
        raise Conflict(_("The same is asked already. Look at the open requests.")) from error
    named = people_named(reason, actor=actor)
    emit(
        RequestOpened(
            actor=actor, request=request, reason=reason, concerns=named, **_facts(request)
        )
    )
    return request


@remembers_attempts
@transaction.atomic
def grant_request(request: ReviewRequest, *, actor: Actor) -> ReviewRequest:
    """Do what was asked for, if enough people agreed: one transaction with the act itself.

    Raises ``GateShut`` with every reason, ``Conflict`` when it has ended or what it is about has moved on, and
    whatever the catalogue's action raises, its right and its own gate among them.
    """
    require_asking(request.repo, actor)
    request = hold_for_granting(request)
    require_open(request)
    is_last = request.kind == RequestKind.WITHDRAW
    require_active(request.repo, actor=actor, though_archived=is_last)
    review = review_of(request)
    if review.blocking:
        reasons = [Refusal(check.reason) for check in review.blocking]
        tried = attempt_on(request.repo, f"request {request.discussion.number}", actor=actor)
        with attempting(tried):
            raise GateShut(_("This request cannot be granted yet."), reasons)
    agreed = Granted([decision.reviewer for decision in review.counting], actor)
    kind_named(request.kind).carry_out(request, agreed)
    note_granted(request, review, actor=actor)
    return request


def hold_for_granting(request: ReviewRequest) -> ReviewRequest:
    """The request with its model and policy as they are until the transaction ends."""
    hold_repo(request.repo)
    return hold_request(request)


def note_granted(request: ReviewRequest, review: ChangeReview, *, actor: Actor) -> None:
    """Close a request whose act is done; a second time changes nothing. Callers hold the request."""
    granted = ReviewRequest.objects.filter(pk=request.pk, ended_at=None)
    if not granted.update(ended_at=timezone.now(), granted_by=actor.user):
        return
    end_request(request.discussion, DiscussionState.GRANTED, actor=actor)
    emit(
        RequestGranted(
            actor=actor,
            request=request,
            approvals=len(review.counting),
            policy_version=review.policy.number,
            **_facts(request),
        )
    )


@transaction.atomic
def close_request(request: ReviewRequest, *, reason: str = "", actor: Actor) -> None:
    """Give a request up: its author may, and whoever manages the model."""
    require_author_or_manager(request.discussion, actor)
    request = hold_request(request)
    require_open(request)
    _close(request, reason=reason, actor=actor)


def close_overtaken(event: ChangeEvent) -> None:
    """A waiver was asked for files of a change that are its head no longer, or need none any more."""
    number = event.change.discussion.number
    about = ReviewRequest.objects.filter(
        repo=event.change.repo, kind=RequestKind.WAIVER, ended_at=None, payload__change=number
    ).order_by("pk")
    for request in about:
        held = hold_request(request)
        if held.ended_at is None:
            _close(held, reason=OVERTAKEN, actor=event.actor)


def _close(request: ReviewRequest, *, reason: str, actor: Actor) -> None:
    ReviewRequest.objects.filter(pk=request.pk).update(ended_at=timezone.now())
    end_request(request.discussion, DiscussionState.CLOSED, reason=reason, actor=actor)
    emit(RequestClosed(actor=actor, request=request, reason=reason, **_facts(request)))


def require_asking(repo: Repo, actor: Actor) -> None:
    """Refuse everybody who has no part in the model."""
    require_person(actor)
    if not repo_rights(repo, actor=actor) & ASKING:
        raise Forbidden(
            _("You may not do this: it needs the right “{right}” on {on}.").format(
                right=RIGHT_TITLES[Right.WRITE], on=repo.full_name
            )
        )


def _facts(request: ReviewRequest) -> dict[str, Any]:
    return {
        "repo": request.repo,
        "number": request.discussion.number,
        "kind": request.kind,
        "asks": request.asks,
        "sha1": request.revision.sha1,
        "manifest_digest": request.manifest_digest,
    }
