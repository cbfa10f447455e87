"""The card of a revision."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request

from hub.api.operations import IF_NONE_MATCH, MODEL, Answer, operation, place
from hub.api.shapes import shown
from hub.core.errors import NotFound
from models_catalog.api.doors import AT, OfModel
from models_catalog.api.history_shapes import (
    CARD_EXAMPLE,
    CardShape,
)
from models_catalog.cards.models import README, Card
from models_catalog.cards.queries import card_for_blob, readme_of
from models_catalog.downloads.access import standing
from models_catalog.revisions.models import Revision
from models_catalog.revisions.verdicts import path_verdicts
from models_catalog.storage.models import BlobState
from models_catalog.web.card_text import Place, card_text

MOST_DIFFERENCES = 500
VERSION = (*MODEL, place("number", "The number of the version.", example=3, kind=OpenApiTypes.INT))


class CardOfModel(OfModel):
    """The card of a revision."""

    open_to_strangers = ("GET",)

    @operation(
        name="card_read",
        tag="Models",
        purpose="Read the card",
        answer=Answer(CardShape, CARD_EXAMPLE),
        places=AT,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, revision: str) -> HttpResponseBase:
        """Facts, prose, and what could not be read; empty while it is being rendered."""
        found = self.revision(namespace, name, revision)
        readme = readme_of(found)
        if readme is None:
            raise NotFound(_("This revision has no README.md, so it has no card."))
        card = card_for_blob(readme.blob_id)
        is_held = card is not None and card.blob.state == BlobState.QUARANTINED
        source = reverse("api:file-bytes", args=[namespace, name, revision, README])
        facts = {
            "state": "received" if card else "waiting",
            "title": card.title if card else "",
            "summary": card.summary if card else "",
            "facts": card.facts if card else {},
            "problems": card.problems if card else [],
            "html": self._html(found, card, revision) if card and not is_held else "",
            "source": request.build_absolute_uri(source),
        }
        return self.one(shown(CardShape, facts))

    def _html(self, found: Revision, card: Card, revision: str) -> str:
        """As its page shows it: links lead into the revision."""
        how = standing(found.repo, found, actor=self.actor)
        place = Place(found.repo, revision, path_verdicts(found), how, self.actor)
        return card_text(card, place, is_whole=True)
