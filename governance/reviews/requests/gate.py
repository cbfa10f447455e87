"""Whether people agreed to a protected move: what the gates of stages, aliases and visibility ask."""

from __future__ import annotations

from django.utils.translation import gettext as _

from governance.reviews.gathering import review_of
from governance.reviews.requests.actions import note_granted
from governance.reviews.requests.kinds import asks_to_move, why_moved_on
from governance.reviews.requests.models import RequestKind, ReviewRequest
from governance.reviews.subjects import hold_request, with_neighbours
from hub.core.actor import Actor
from hub.core.gates import Refusal
from models_catalog.repos.models import Repo
from models_catalog.stages.events import AliasMoved, StageMoved
from models_catalog.versions.models import Version


def open_request(
    repo: Repo, *, version: Version | None, target: str, name: str
) -> ReviewRequest | None:
    """The open request for exactly this move."""
    asks = asks_to_move(version, target, name)
    return with_neighbours().filter(repo=repo, asks=asks, ended_at=None).first()


def is_granted(
    kind: str, version: Version | None, *, repo: Repo, target: str, name: str, review: int | None
) -> list[Refusal]:
    """Why people have not agreed to a protected move; nothing when they have, in the discussion numbered ``review``.

    Asked inside the transaction that moves, with the model locked; it holds the request and after it the policy, so that
    what it sees stays so until the move is done, and the move spends the request, whichever door it came through.
    """
    request = None
    if kind == RequestKind.PROMOTE:
        request = open_request(repo, version=version, target=target, name=name)
    if request is None:
        ask = _("“{name}” is protected: ask for a review of exactly this move first.")
        return [Refusal(ask.format(name=name or _("No stage")))]
    number = request.discussion.number
    if number != review:
        name_it = _("Request {number} asks for this. Carry it out there, or name it with the move.")
        return [Refusal(name_it.format(number=number))]
    request = hold_request(request)
    if request.ended_at is not None:
        return [Refusal(_("Request {number} has been granted or closed.").format(number=number))]
    refusals = [Refusal(check.reason) for check in review_of(request).blocking]
    moved = why_moved_on(request)
    return [*refusals, Refusal(moved)] if moved else refusals


def spend_for_stage(event: StageMoved) -> None:
    """A version moved by a review: what was asked has happened."""
    _spend(event.repo, event.review, actor=event.actor)


def spend_for_alias(event: AliasMoved) -> None:
    """An alias moved by a review: what was asked has happened."""
    _spend(event.repo, event.review, actor=event.actor)


def _spend(repo: Repo, number: int | None, *, actor: Actor) -> None:
    asked = with_neighbours().filter(
        repo=repo, discussion__number=number or 0, kind=RequestKind.PROMOTE, ended_at=None
    )
    request = asked.first()
    if request is not None:
        note_granted(request, review_of(request), actor=actor)
