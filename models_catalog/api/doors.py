"""What endpoints about one model share."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes

from hub.api.operations import MODEL, place
from hub.api.views import ApiView, BytesView
from models_catalog.changes.models import Change, Discussion
from models_catalog.changes.queries import get_change, get_discussion
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import get_repo
from models_catalog.revisions.models import Revision
from models_catalog.versions.queries import get_revision

REVISION = place(
    "revision",
    "A branch, a tag, a version (`1.2.0`, `v3`), the head of a change (`refs/pr/4`) or a whole commit id.",
    example="main",
)
NUMBER = place("number", "The number of the thread.", example=1, kind=OpenApiTypes.INT)
AT = (*MODEL, REVISION)
FILE = (*AT, place("path", "The path of the file.", example="README.md"))
THREAD = (*MODEL, NUMBER)


class OfModel(ApiView):
    """An endpoint below ``/models/<namespace>/<name>``; each of these raises ``NotFound``."""

    def repo(self, namespace: str, name: str) -> Repo:
        """The model."""
        return get_repo(namespace=namespace, name=name, actor=self.actor)

    def revision(self, namespace: str, name: str, revision: str) -> Revision:
        """A revision of it."""
        return get_revision(self.repo(namespace, name), revision, actor=self.actor)

    def discussion(self, namespace: str, name: str, number: int) -> Discussion:
        """A thread of it."""
        return get_discussion(self.repo(namespace, name), number, actor=self.actor)

    def change(self, namespace: str, name: str, number: int) -> Change:
        """A change to it."""
        return get_change(self.repo(namespace, name), number, actor=self.actor)


class BytesOfModel(BytesView, OfModel):
    """Bytes of a model."""
