"""Background entry points of cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from celery import shared_task

from hub.core.actor import SYSTEM
from hub.core.jobs.actions import handles
from models_catalog.cards.actions import RENDER_CARD, render_card, request_missing_cards
from models_catalog.storage.models import Blob


@handles(RENDER_CARD)
def render(payload: Mapping[str, Any]) -> str:
    """Carry out a job of kind ``render_card``."""
    card = render_card(Blob.objects.get(pk=payload["blob_id"]), actor=SYSTEM)
    return f"{len(card.html)} characters, {len(card.problems)} problems"


@shared_task(name="cards.request_missing", ignore_result=True)
def request_missing() -> None:
    """Ask for cards that this renderer has not made, which is all of them after it has changed."""
    request_missing_cards()
