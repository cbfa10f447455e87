"""Refs and commits of a model."""

from __future__ import annotations

import re

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from hub.api.operations import IF_NONE_MATCH, KEY, MODEL, Answer, Sent, operation, place
from hub.api.pages import Neighbours, page_answer, wanted_page
from hub.api.shapes import shown, shown_all
from hub.core.errors import Invalid
from models_catalog.api.commit_shapes import COMMIT_BODY, NewCommit
from models_catalog.api.doors import AT, OfModel
from models_catalog.api.history_shapes import (
    BEFORE,
    COMMIT_EXAMPLE,
    DIFFERENCE_EXAMPLE,
    REF_EXAMPLE,
    CommitReadShape,
    CommitShape,
    DifferenceShape,
    RefShape,
)
from models_catalog.api.operations_sent import operations_of
from models_catalog.changes.queries import changed_files
from models_catalog.revisions.actions import commit
from models_catalog.versions.history import visible_history, visible_parent
from models_catalog.versions.queries import (
    visible_refs,
)

MOST_DIFFERENCES = 500
VERSION = (*MODEL, place("number", "The number of the version.", example=3, kind=OpenApiTypes.INT))


class Refs(OfModel):
    """Branches, tags and heads of changes."""

    open_to_strangers = ("GET",)

    @operation(
        name="ref_list",
        tag="History",
        purpose="List branches and tags",
        answer=Answer(RefShape, REF_EXAMPLE, is_list=True),
        places=MODEL,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str) -> Response:
        """By name."""
        refs = visible_refs(self.repo(namespace, name), actor=self.actor)
        return self.listed(refs, RefShape, keys=("name",))


class Commits(OfModel):
    """The commits that led to a revision."""

    open_to_strangers = ("GET",)

    @operation(
        name="commit_list",
        tag="History",
        purpose="List commits",
        details="The commits that led to a revision, newest first. The list goes forward only.",
        answer=Answer(CommitShape, COMMIT_EXAMPLE, is_list=True),
        places=AT,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, revision: str) -> Response:
        """From the revision, or from the commit that the cursor names."""
        wanted = wanted_page(request)
        start = self.revision(namespace, name, revision)
        if wanted.cursor:
            start = self.revision(namespace, name, _commit_id(wanted.cursor))
        found = visible_history(start, limit=wanted.size + 1, actor=self.actor)
        older = found[wanted.size].sha1 if len(found) > wanted.size else None
        items = shown_all(CommitShape, found[: wanted.size])
        return page_answer(request, items, Neighbours(next_cursor=older))


def _commit_id(cursor: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{40}", cursor):
        raise Invalid(
            _("This page address is damaged. Start again from the first."), field="cursor"
        )
    return cursor


class NewCommits(OfModel):
    """Adding commits to an open model."""

    spends = {"POST": "write"}

    @operation(
        name="commit_create",
        tag="Uploads",
        purpose="Commit to a model",
        details=(
            "Adds and removes files in one commit on `main` of a model that is not reviewed. A reviewed one answers with "
            "403: open a change there. A file is added by the SHA-256 of bytes that you have sent or may read, or with "
            "its content in the body. To move a file, add it under the new path and delete the old one."
        ),
        sent=Sent(NewCommit, COMMIT_BODY),
        answer=Answer(CommitShape, COMMIT_EXAMPLE, status=201, means="Committed."),
        places=MODEL,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """One commit, or the one that the same request made before."""
        repo = self.repo(namespace, name)
        body = self.read(NewCommit)
        made = commit(
            repo,
            ref=body["branch"],
            operations=operations_of(repo, body["operations"], actor=self.actor),
            message=body["message"],
            parent=body["parent"],
            actor=self.actor,
        )
        where = reverse("api:commit", args=[namespace, name, made.sha1])
        return self.one(shown(CommitShape, made), status=201, location=where)


class Commit(OfModel):
    """One commit."""

    open_to_strangers = ("GET",)

    @operation(
        name="commit_read",
        tag="History",
        purpose="Read a commit",
        answer=Answer(
            CommitReadShape,
            COMMIT_EXAMPLE
            | {"compared_with": BEFORE, "changed_files": 1, "changes": [DIFFERENCE_EXAMPLE]},
        ),
        places=AT,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, revision: str) -> HttpResponseBase:
        """What it is, and what it changed."""
        found = self.revision(namespace, name, revision)
        before = visible_parent(found, actor=self.actor)
        changes = changed_files(before, found)
        facts = shown(CommitShape, found) | {
            "compared_with": before.sha1 if before else None,
            "changed_files": len(changes),
            "changes": shown_all(DifferenceShape, changes[:MOST_DIFFERENCES]),
        }
        return self.one(facts)
