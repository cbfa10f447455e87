"""File operations as bodies spell them, turned into those of a commit; contents are received on the way."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from hub.core.actor import Actor
from hub.core.errors import Invalid
from models_catalog.api.commit_shapes import ADD, DELETE
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import require_repo_right
from models_catalog.revisions.operations import AddFile, DeleteFile, DeleteFolder, Operation
from models_catalog.revisions.paths import check_path
from models_catalog.storage.actions import receive_blob


def operations_of(
    repo: Repo, sent: Iterable[Mapping[str, Any]], *, actor: Actor
) -> list[Operation]:
    """The operations. Nothing is received from somebody who may not write; raises ``Forbidden`` and ``Invalid``."""
    require_repo_right(repo, Right.WRITE, actor=actor)
    listed = list(sent)
    for each in listed:
        if each["do"] == ADD:
            check_path(each["path"])
    return [_operation(each, actor) for each in listed]


def _operation(sent: Mapping[str, Any], actor: Actor) -> Operation:
    if sent["do"] == ADD:
        return AddFile(sent["path"], sent.get("sha256") or _received(sent, actor))
    return DeleteFile(sent["path"]) if sent["do"] == DELETE else DeleteFolder(sent["path"])


def _received(sent: Mapping[str, Any], actor: Actor) -> str:
    if "text" in sent:
        content = sent["text"].encode()
    else:
        try:
            content = base64.b64decode(sent["base64"], validate=True)
        except ValueError as error:
            raise Invalid(
                _("The content of “{sent}” is not Base64.").format(sent=sent["path"]),
                field="base64",
            ) from error
    return receive_blob([content], actor=actor).sha256
