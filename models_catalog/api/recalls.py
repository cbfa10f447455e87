"""Taking versions back, and recalling bytes."""

from __future__ import annotations

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from hub.api.operations import KEY, Answer, Sent, operation, place
from hub.api.shapes import shown
from hub.api.views import ApiView
from models_catalog.api.doors import OfModel
from models_catalog.api.history_shapes import MANIFEST, VERSION_EXAMPLE, VersionShape
from models_catalog.api.lifecycle_shapes import (
    RECALL_EXAMPLE,
    RECALLED_EXAMPLE,
    Reasoned,
    RecalledShape,
    Recalling,
    RecallShape,
    TakingBack,
)
from models_catalog.api.versions import VERSION
from models_catalog.lifecycle.actions import (
    end_recall,
    recall_blob,
    unyank_version,
    withdraw_version,
    yank_version,
)
from models_catalog.lifecycle.queries import get_recall, models_holding, recalled_blobs
from models_catalog.storage.models import Blob
from models_catalog.versions.models import Version
from models_catalog.versions.queries import get_version

DIGEST = place("digest", "The SHA-256 of the bytes.", example=MANIFEST)
MOST_NAMED = 100


class _OfVersion(OfModel):
    spends = {"POST": "write"}

    def version(self, namespace: str, name: str, number: int) -> Version:
        """One version of a model."""
        return get_version(self.repo(namespace, name), number, actor=self.actor)


class Yank(_OfVersion):
    """Leaving a version out of what is newest."""

    @operation(
        name="version_yank",
        tag="Recalls",
        purpose="Yank a version",
        details="It is nobody's newest any more and leaves its stage and aliases; by its number it is still handed out.",
        sent=Sent(TakingBack, {"reason": "It is slow."}),
        answer=Answer(VersionShape, VERSION_EXAMPLE | {"yanked_reason": "It is slow."}),
        places=VERSION,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """409 says what still relies on it."""
        found, body = self.version(namespace, name, number), self.read(TakingBack)
        return self.one(shown(VersionShape, yank_version(found, **body, actor=self.actor)))


class Unyank(_OfVersion):
    """Letting a yanked version count again."""

    @operation(
        name="version_unyank",
        tag="Recalls",
        purpose="Take the yank of a version back",
        sent=Sent(Reasoned, {"reason": "It was the weather."}),
        answer=Answer(VersionShape, VERSION_EXAMPLE),
        places=VERSION,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """Its stage and aliases do not come back by themselves."""
        found, body = self.version(namespace, name, number), self.read(Reasoned)
        return self.one(shown(VersionShape, unyank_version(found, **body, actor=self.actor)))


class WithdrawVersion(_OfVersion):
    """Stopping to hand a version out."""

    @operation(
        name="version_withdraw",
        tag="Recalls",
        purpose="Withdraw a version",
        details="Its record stays and says who, when and why; its files answer with 410. It cannot be undone.",
        sent=Sent(TakingBack, {"reason": "It mixes up two languages."}),
        answer=Answer(
            VersionShape,
            VERSION_EXAMPLE
            | {"state": "withdrawn", "withdrawn_reason": "It mixes up two languages."},
        ),
        places=VERSION,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """409 says what still relies on it."""
        found, body = self.version(namespace, name, number), self.read(TakingBack)
        return self.one(shown(VersionShape, withdraw_version(found, **body, actor=self.actor)))


class Recalls(ApiView):
    """Recalled bytes, for the security role of the hub."""

    spends = {"POST": "write"}

    @operation(
        name="recall_list",
        tag="Recalls",
        purpose="List recalled files",
        answer=Answer(RecallShape, RECALL_EXAMPLE, is_list=True),
        refusals=(403,),
    )
    def get(self, request: Request) -> Response:
        """The latest first."""
        rows = recalled_blobs(actor=self.actor)
        return self.listed(rows, RecallShape, keys=("-recalled_at", "-id"))

    @operation(
        name="recall_create",
        tag="Recalls",
        purpose="Recall a file by its digest",
        details="From now on it is handed out and taken at no door, wherever it occurs: 410 with the reason.",
        sent=Sent(Recalling, {"sha256": MANIFEST, "reason": RECALL_EXAMPLE["reason"]}),
        answer=Answer(RecalledShape, RECALLED_EXAMPLE),
        refusals=(403,),
        takes=(KEY,),
    )
    def post(self, request: Request) -> HttpResponseBase:
        """A second time changes the reason."""
        body = self.read(Recalling)
        return self.one(_facts(recall_blob(**body, actor=self.actor)))


class Recall(ApiView):
    """One recall."""

    @operation(
        name="recall_read",
        tag="Recalls",
        purpose="Read a recall",
        answer=Answer(RecalledShape, RECALLED_EXAMPLE),
        places=[DIGEST],
        refusals=(403,),
    )
    def get(self, request: Request, digest: str) -> HttpResponseBase:
        """With the models that hold the bytes."""
        return self.one(_facts(get_recall(digest, actor=self.actor)))


class EndRecall(ApiView):
    """Taking a recall back."""

    spends = {"POST": "write"}

    @operation(
        name="recall_end",
        tag="Recalls",
        purpose="End a recall",
        details="The bytes are handed out again where scanning does not stop them.",
        sent=Sent(Reasoned, {"reason": "A false alarm."}),
        answer=Answer(status=204, means="Ended."),
        places=[DIGEST],
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, digest: str) -> Response:
        """With a reason, for the record."""
        end_recall(digest, reason=self.read(Reasoned)["reason"], actor=self.actor)
        return Response(status=204)


def _facts(blob: Blob) -> dict[str, object]:
    names = [repo.full_name for repo in models_holding(blob)[:MOST_NAMED]]
    return {**shown(RecallShape, blob), "models": names}
