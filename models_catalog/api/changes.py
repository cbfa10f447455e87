"""Changes: proposed, carried on, merged or given up. Reviews and waivers are governance's."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from hub.api.operations import IF_NONE_MATCH, KEY, MODEL, Answer, Sent, operation
from hub.api.pages import page_answer, slice_of, wanted_page
from hub.api.shapes import shown, shown_all
from models_catalog.api.commit_shapes import CHANGE_BODY, COMMIT_BODY, Committing, NewChange
from models_catalog.api.discussion_shapes import (
    CHANGE_EXAMPLE,
    ChangeShape,
    Merge,
    Reason,
    ThreadShape,
)
from models_catalog.api.doors import THREAD, OfModel
from models_catalog.api.history_shapes import (
    COMMIT_EXAMPLE,
    DIFFERENCE_EXAMPLE,
    SHA1,
    CommitShape,
    DifferenceShape,
)
from models_catalog.api.operations_sent import operations_of
from models_catalog.changes.actions import (
    add_to_change,
    close_change,
    merge_change,
    open_change,
    update_change,
)
from models_catalog.changes.models import Change as ChangeRow
from models_catalog.changes.queries import changed_files, compared_with, get_change

MERGED_EXAMPLE = CHANGE_EXAMPLE | {
    "state": {"code": "merged", "word": "Merged"},
    "closed_at": "2026-11-21T08:00:00Z",
    "merged_by": "grace",
}


def change_facts(change: ChangeRow) -> dict[str, Any]:
    """The answer for one change."""
    return shown(ThreadShape, change.discussion) | {
        "is_change": True,
        "ref": change.ref_name,
        "head": change.head.sha1,
        "base": change.base.sha1 if change.base else None,
        "version": change.version.title,
        "version_number": change.version.number,
        "merged_by": change.merged_by.username if change.merged_by else None,
    }


class OfChange(OfModel):
    """An endpoint about one change."""

    spends = {"POST": "write"}

    def again(self, namespace: str, name: str, number: int) -> HttpResponseBase:
        """The change as it stands after the act."""
        found = get_change(self.repo(namespace, name), number, actor=self.actor)
        return self.one(change_facts(found))


class Changes(OfModel):
    """Proposing."""

    spends = {"POST": "write"}

    @operation(
        name="change_create",
        tag="Changes",
        purpose="Open a change",
        details=(
            "Proposes to move `main` of a model: a commit on `refs/pr/N`, a thread, and a reserved version number. Files "
            "are given as for a commit."
        ),
        sent=Sent(NewChange, CHANGE_BODY),
        answer=Answer(ChangeShape, CHANGE_EXAMPLE, status=201, means="Opened."),
        places=MODEL,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """A change of some files."""
        repo = self.repo(namespace, name)
        body = self.read(NewChange)
        body["operations"] = operations_of(repo, body["operations"], actor=self.actor)
        made = open_change(repo, **body, actor=self.actor)
        where = reverse("api:change", args=[namespace, name, made.discussion.number])
        return self.one(change_facts(made), status=201, location=where)


class Change(OfChange):
    """One change."""

    open_to_strangers = ("GET",)

    @operation(
        name="change_read",
        tag="Changes",
        purpose="Read a change",
        answer=Answer(ChangeShape, CHANGE_EXAMPLE),
        places=THREAD,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """What it proposes, and where it stands."""
        return self.again(namespace, name, number)


class ChangedFiles(OfModel):
    """What a change changes."""

    open_to_strangers = ("GET",)

    @operation(
        name="change_file_list",
        tag="Changes",
        purpose="List what a change changes",
        details="Each path that differs from what the change is compared with.",
        answer=Answer(DifferenceShape, DIFFERENCE_EXAMPLE, is_list=True),
        places=THREAD,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, number: int) -> Response:
        """By path."""
        wanted = wanted_page(request)
        change = self.change(namespace, name, number)
        before, _ = compared_with(change, actor=self.actor)
        changes = changed_files(before, change.head)
        start, stop, beside = slice_of([each.path for each in changes], wanted)
        return page_answer(request, shown_all(DifferenceShape, changes[start:stop]), beside)


class ChangeCommits(OfChange):
    """Carrying a change on."""

    @operation(
        name="change_commit_create",
        tag="Changes",
        purpose="Add a commit to a change",
        details="Voids decisions about the commit before it.",
        sent=Sent(Committing, COMMIT_BODY),
        answer=Answer(CommitShape, COMMIT_EXAMPLE, status=201, means="Added."),
        places=THREAD,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """One commit, or the one that the same request made before."""
        change = self.change(namespace, name, number)
        body = self.read(Committing)
        body["operations"] = operations_of(change.repo, body["operations"], actor=self.actor)
        made = add_to_change(change, **body, actor=self.actor)
        where = reverse("api:commit", args=[namespace, name, made.sha1])
        return self.one(shown(CommitShape, made), status=201, location=where)


class UpdateChange(OfChange):
    """Keeping up with ``main``."""

    @operation(
        name="change_update",
        tag="Changes",
        purpose="Bring a change up to date",
        details="Brings in what `main` has, by a merge commit; voids decisions. 409 when both changed the same files.",
        answer=Answer(ChangeShape, CHANGE_EXAMPLE),
        places=THREAD,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """Or 409 when there is nothing to bring in."""
        update_change(self.change(namespace, name, number), actor=self.actor)
        return self.again(namespace, name, number)


class MergeChange(OfChange):
    """Merging."""

    @operation(
        name="change_merge",
        tag="Changes",
        purpose="Merge a change",
        details=(
            "Moves `main` to exactly the head of the change and releases its version, if every rule is met; otherwise 403 "
            "`gate_shut` with a sentence per rule under `reasons`."
        ),
        sent=Sent(Merge, {"expected": SHA1}),
        answer=Answer(ChangeShape, MERGED_EXAMPLE),
        places=THREAD,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """One transaction, or nothing."""
        change = self.change(namespace, name, number)
        merge_change(change, **self.read(Merge), actor=self.actor)
        return self.again(namespace, name, number)


class CloseChange(OfChange):
    """Giving up."""

    @operation(
        name="change_close",
        tag="Changes",
        purpose="Close a change",
        details="Gives it up; its version number is not used again. Its author may, and whoever manages the model.",
        sent=Sent(Reason, {"reason": "Replaced by another."}),
        answer=Answer(
            ChangeShape, CHANGE_EXAMPLE | {"state": {"code": "closed", "word": "Closed"}}
        ),
        places=THREAD,
        refusals=(403, 409),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """For good."""
        change = self.change(namespace, name, number)
        close_change(change, **self.read(Reason), actor=self.actor)
        return self.again(namespace, name, number)
