"""Whether people agreed to a protected move: what the gates of stages, aliases and visibility ask."""

from __future__ import annotations

from django.utils.translation import gettext as _

from governance.reviews.gathering import review_of
from governance.reviews.requests.actions import hold_for_granting, note_granted
from governance.reviews.requests.kinds import asks_to_move
from governance.reviews.requests.models import RequestKind, ReviewRequest
from governance.reviews.subjects import with_neighbours
from hub.core.actor import Actor
from hub.core.gates import Refusal
from models_catalog.repos.models import Repo
from models_catalog.versions.models import Version


def open_request(
    repo: Repo, *, version: Version | None, target: str, name: str
) -> ReviewRequest | None:
    """The open request for exactly this move."""
    asks = asks_to_move(version, target, name)
    return with_neighbours().filter(repo=repo, asks=asks, ended_at=None).first()


def is_granted(
    kind: str, version: Version | None, *, repo: Repo, target: str, name: str
) -> list[Refusal]:
    """Why a protected move is not agreed to; nothing when its open request has every approval it needs.

    Asked inside the transaction that moves, with the model locked. The request is spent by the move: whoever registers
    the gate calls ``spend_request`` when the move has happened, whichever door it came through.
    """
    if kind != RequestKind.PROMOTE:
        return [Refusal(_("This cannot be asked for."))]
    request = open_request(repo, version=version, target=target, name=name)
    if request is None:
        return [
            Refusal(
                _("“{name}” is protected: ask for a review of this move first.").format(name=name)
            )
        ]
    request = hold_for_granting(request)
    if request.ended_at is not None:
        return [Refusal(_("The request for this move has just been granted or closed."))]
    return [Refusal(check.reason) for check in review_of(request).blocking]


def spend_request(
    repo: Repo, *, version: Version | None, target: str, name: str, actor: Actor
) -> None:
    """The move has happened: its request is granted by it and cannot be used again."""
    request = open_request(repo, version=version, target=target, name=name)
    if request is not None:
        note_granted(request, review_of(request), actor=actor)
