"""Rendering cards, once per content and renderer."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from hub.core.actor import Actor
from hub.core.bounded import OutOfBounds, run_bounded
from hub.core.errors import Invalid
from hub.core.events import emit
from hub.core.jobs.actions import request_job
from models_catalog.cards.editing import Value
from models_catalog.cards.events import CardRendered
from models_catalog.cards.models import README, Card
from models_catalog.cards.render import MAX_PLAIN, MAX_SOURCE, RENDERER, Rendered, plain
from models_catalog.revisions.models import Occurrence
from models_catalog.storage.models import Blob
from models_catalog.storage.queries import open_blob

RENDER_CARD = "render_card"
MAX_SECONDS = 8
EDITOR = "models_catalog.cards.editing:edit_as_json"
ONLY_BY_HAND = gettext_lazy(
    "The head of README.md is written in a way that this form cannot change without touching more than these fields. "
    "Edit the file itself and upload it."
)


def request_card(blob: Blob) -> None:
    """Ask for a card of these bytes, unless this renderer has made or been asked for one."""
    request_job(RENDER_CARD, key=f"card:{blob.sha256}:{RENDERER}", payload={"blob_id": blob.pk})


@transaction.atomic
def request_missing_cards(*, limit: int = 1000) -> int:
    """Ask for cards of README.md files that this renderer has not made; answer how many were without."""
    made = Card.objects.filter(renderer=RENDERER).values("blob_id")
    held = Occurrence.objects.filter(path=README).exclude(blob_id__in=made).values("blob_id")
    missing = Blob.objects.filter(pk__in=held)[:limit]
    for blob in missing:
        request_card(blob)
    return len(missing)


def render_card(blob: Blob, *, actor: Actor) -> Card:
    """Parse and render a README.md; a second time answers the card that is there.

    Whatever the bytes are, there is a card in the end: one that cannot be rendered within bounds holds its source,
    escaped, and a sentence that says so.
    """
    known = Card.objects.filter(blob=blob, renderer=RENDERER).first()
    if known is not None:
        return known
    rendered = _rendered(blob)
    try:
        return _store(blob, rendered, actor=actor)
    except IntegrityError:
        return Card.objects.get(blob=blob, renderer=RENDERER)


def _rendered(blob: Blob) -> Rendered:
    with open_blob(blob) as file:
        source = file.read(MAX_SOURCE + 1)
    if len(source) > MAX_SOURCE:
        limit, shown = MAX_SOURCE // 1024, MAX_PLAIN // 1024
        return _plainly(
            source,
            f"The card is longer than {limit} kB, so its first {shown} kB are shown as plain text.",
        )
    try:
        return _in_child("render_as_json", source, seconds=MAX_SECONDS)
    except OutOfBounds as stopped:
        return _plainly(
            source,
            f"The card could not be rendered ({stopped.reason}), so it is shown as plain text.",
        )


def _plainly(source: bytes, problem: str) -> Rendered:
    """The escaped source, with the facts of its front matter if at least those can be read."""
    try:
        rendered = _in_child("plain_as_json", source, seconds=MAX_SECONDS)
    except OutOfBounds:
        return plain(source, [problem])
    rendered.problems.insert(0, problem)
    return rendered


def _in_child(function: str, source: bytes, *, seconds: int) -> Rendered:
    return Rendered(
        **json.loads(
            run_bounded(f"models_catalog.cards.render:{function}", source, seconds=seconds)
        )
    )


def facts_in(source: bytes) -> dict[str, Any]:
    """The facts that the head of a card states; those of a card that cannot be read are none."""
    try:
        return _in_child("plain_as_json", source[:MAX_SOURCE], seconds=MAX_SECONDS).facts
    except OutOfBounds:
        return {}


def edited_card(source: bytes, values: Mapping[str, Value]) -> bytes:
    """The card with these facts in its head (``None`` takes one out), all else byte for byte as it was.

    Raises ``Invalid`` where the head is written in a way that only its authors can change.
    """
    if len(source) > MAX_SOURCE:
        raise Invalid(ONLY_BY_HAND)
    asked = {"source": base64.b64encode(source).decode(), "values": dict(values)}
    try:
        answer = run_bounded(EDITOR, json.dumps(asked).encode(), seconds=MAX_SECONDS)
    except OutOfBounds:
        raise Invalid(ONLY_BY_HAND) from None
    made = json.loads(answer)
    if "refused" in made:
        raise Invalid(ONLY_BY_HAND)
    return base64.b64decode(made["source"])


@transaction.atomic
def _store(blob: Blob, rendered: Rendered, *, actor: Actor) -> Card:
    card = Card.objects.create(
        blob=blob,
        renderer=RENDERER,
        title=rendered.title,
        summary=rendered.summary,
        facts=rendered.facts,
        problems=rendered.problems,
        contents=rendered.contents,
        html=rendered.html,
        text=rendered.text,
    )
    emit(
        CardRendered(
            actor=actor,
            subject=f"blob:{blob.sha256}",
            label=blob.sha256,
            card=card,
            sha256=blob.sha256,
            renderer=RENDERER,
        )
    )
    return card
