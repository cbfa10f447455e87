"""Renaming, moving, archiving, deprecating and deleting models."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.namespaces.queries import get_namespace
from hub.api.operations import KEY, MODEL, Answer, Sent, operation, place
from hub.api.shapes import shown
from hub.api.views import ApiView
from hub.core.errors import Invalid, NotFound
from models_catalog.api.doors import OfModel
from models_catalog.api.lifecycle_shapes import (
    DELETED_EXAMPLE,
    DeletedShape,
    Deprecating,
    Reasoned,
    Renaming,
    Transferring,
)
from models_catalog.api.model_facts import model_facts
from models_catalog.api.model_shapes import MODEL_EXAMPLE, ModelShape
from models_catalog.lifecycle.actions import (
    archive_repo,
    delete_repo,
    deprecate_repo,
    purge_repo,
    rename_repo,
    restore_repo,
    transfer_repo,
    unarchive_repo,
    undeprecate_repo,
)
from models_catalog.lifecycle.queries import deleted_repos, get_deleted_repo
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import successor_named

ID = place(
    "public_id",
    "The UUID of the model.",
    example=DELETED_EXAMPLE["public_id"],
    kind=OpenApiTypes.UUID,
)
REASON = {"reason": "It was added twice."}


def _model(**changed: object) -> Answer:
    return Answer(ModelShape, MODEL_EXAMPLE | changed)


class _Act(OfModel):
    spends = {"POST": "write"}

    def model(self, repo: Repo) -> HttpResponseBase:
        """How it stands afterwards."""
        return self.one(model_facts(repo, actor=self.actor))


class Rename(_Act):
    """Another name."""

    @operation(
        name="model_rename",
        tag="Lifecycle",
        purpose="Rename a model",
        details="The old name answers with 308 for good, and is never given out again.",
        sent=Sent(Renaming, {"name": "minilm-swahili"}),
        answer=_model(),
        places=MODEL,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """Under the same owner."""
        repo, body = self.repo(namespace, name), self.read(Renaming)
        return self.model(rename_repo(repo, name=body["name"], actor=self.actor))


class Transfer(_Act):
    """Another owner."""

    @operation(
        name="model_transfer",
        tag="Lifecycle",
        purpose="Give a model another owner",
        details=(
            "You manage it and may add models there. The rules of the new home apply from then on, and what teams of the "
            "old one were given ends. The old name answers with 308."
        ),
        sent=Sent(Transferring, {"namespace": "savanna"}),
        answer=_model(),
        places=MODEL,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """With its files, history and discussions."""
        repo, body = self.repo(namespace, name), self.read(Transferring)
        try:
            target = get_namespace(body["namespace"])
        except NotFound as error:
            said = f"There is nobody called “{body['namespace']}”."
            raise Invalid(said, field="namespace") from error
        moved = transfer_repo(repo, namespace=target, name=body["name"], actor=self.actor)
        return self.model(moved)


class Archive(_Act):
    """Making a model read only."""

    @operation(
        name="model_archive",
        tag="Lifecycle",
        purpose="Archive a model",
        details="It is read and fetched as before, takes nothing more and is left out of lists.",
        answer=_model(archived_at="2026-11-21T08:00:00Z"),
        places=MODEL,
        refusals=(403,),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """A second time changes nothing."""
        return self.model(archive_repo(self.repo(namespace, name), actor=self.actor))


class Unarchive(_Act):
    """Taking an archived model up again."""

    @operation(
        name="model_unarchive",
        tag="Lifecycle",
        purpose="Unarchive a model",
        answer=_model(),
        places=MODEL,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """So that it can be worked on."""
        return self.model(unarchive_repo(self.repo(namespace, name), actor=self.actor))


class Deprecate(_Act):
    """Advising against a model."""

    @operation(
        name="model_deprecate",
        tag="Lifecycle",
        purpose="Deprecate a model",
        details="Its page says so and names a successor; it works as before and is left out of lists.",
        sent=Sent(
            Deprecating, {"reason": "A newer one is better.", "use_instead": "savanna/minilm-2"}
        ),
        answer=_model(
            deprecation={
                "by": "ada",
                "at": "2026-11-21T08:00:00Z",
                "reason": "A newer one is better.",
                "successor": "savanna/minilm-2",
            }
        ),
        places=MODEL,
        refusals=(403,),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """Once more changes the reason and the successor."""
        repo, body = self.repo(namespace, name), self.read(Deprecating)
        successor = successor_named(body["use_instead"], field="use_instead", actor=self.actor)
        changed = deprecate_repo(repo, reason=body["reason"], successor=successor, actor=self.actor)
        return self.model(changed)


class Undeprecate(_Act):
    """No longer advising against a model."""

    @operation(
        name="model_undeprecate",
        tag="Lifecycle",
        purpose="Take a deprecation back",
        answer=_model(),
        places=MODEL,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """It is listed again."""
        return self.model(undeprecate_repo(self.repo(namespace, name), actor=self.actor))


class Delete(_Act):
    """Deleting a model."""

    @operation(
        name="model_delete",
        tag="Lifecycle",
        purpose="Delete a model",
        details="It is gone for everybody and can be restored until `purgeable_from`, and until a second person purges it.",
        sent=Sent(Reasoned, REASON),
        answer=Answer(DeletedShape, DELETED_EXAMPLE),
        places=MODEL,
        refusals=(403,),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """With a reason, which its address says from now on."""
        repo, body = self.repo(namespace, name), self.read(Reasoned)
        deleted = delete_repo(repo, reason=body["reason"], actor=self.actor)
        return self.one(shown(DeletedShape, deleted))


class Deleted(ApiView):
    """What was deleted under a name."""

    @operation(
        name="deleted_model_list",
        tag="Lifecycle",
        purpose="List deleted models",
        details="For those who manage the models of this person or organisation; purged ones too.",
        answer=Answer(DeletedShape, DELETED_EXAMPLE, is_list=True),
        places=[place("namespace", "A person or an organisation.", example="savanna")],
        refusals=(403,),
    )
    def get(self, request: Request, namespace: str) -> Response:
        """The latest first."""
        rows = deleted_repos(get_namespace(namespace), actor=self.actor)
        return self.listed(rows, DeletedShape, keys=("-deleted_at", "-id"))


class Restore(ApiView):
    """Bringing a deleted model back."""

    spends = {"POST": "write"}

    @operation(
        name="model_restore",
        tag="Lifecycle",
        purpose="Restore a deleted model",
        answer=_model(),
        places=[ID],
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, public_id: UUID) -> HttpResponseBase:
        """As it was, under its name."""
        repo = restore_repo(get_deleted_repo(public_id, actor=self.actor), actor=self.actor)
        return self.one(model_facts(repo, actor=self.actor))


class Purge(ApiView):
    """Removing a deleted model for good."""

    spends = {"POST": "write"}

    @operation(
        name="model_purge",
        tag="Lifecycle",
        purpose="Purge a deleted model",
        details=(
            "After the grace period, and by somebody else than the one who deleted it. Its name and numbers are never given "
            "out again. 409 names what still relies on it."
        ),
        sent=Sent(Reasoned, REASON),
        answer=Answer(
            DeletedShape,
            DELETED_EXAMPLE | {"purged_by": "ben", "purged_at": "2026-12-30T08:00:00Z"},
        ),
        places=[ID],
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, public_id: UUID) -> HttpResponseBase:
        """It cannot be undone."""
        repo, body = get_deleted_repo(public_id, actor=self.actor), self.read(Reasoned)
        purged = purge_repo(repo, reason=body["reason"], actor=self.actor)
        return self.one(shown(DeletedShape, purged))
