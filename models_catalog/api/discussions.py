"""Threads of a model and what is said in them."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from hub.api.operations import IF_NONE_MATCH, KEY, MODEL, Answer, Sent, operation, query
from hub.api.shapes import shown
from hub.core.errors import Invalid
from models_catalog.api.discussion_shapes import (
    COMMENT_EXAMPLE,
    STATES,
    THREAD_EXAMPLE,
    CommentShape,
    NewComment,
    NewDiscussion,
    Reason,
    ThreadShape,
)
from models_catalog.api.doors import THREAD, OfModel
from models_catalog.changes.actions import (
    add_comment,
    close_discussion,
    open_discussion,
    reopen_discussion,
)
from models_catalog.changes.models import DiscussionState
from models_catalog.changes.queries import OPEN_STATES, comments_of, visible_discussions

PLAIN_EXAMPLE = THREAD_EXAMPLE | {"is_change": False, "title": "Which data?"}
CHOSEN = {
    "open": OPEN_STATES,
    "merged": (DiscussionState.MERGED, DiscussionState.GRANTED),
    "closed": (DiscussionState.CLOSED,),
    "all": tuple(DiscussionState),
}


class Discussions(OfModel):
    """The threads of a model."""

    open_to_strangers = ("GET",)
    spends = {"POST": "comment"}

    @operation(
        name="discussion_list",
        tag="Changes",
        purpose="List discussions and changes",
        details="The newest first; those that are open unless you ask for others.",
        answer=Answer(ThreadShape, THREAD_EXAMPLE, is_list=True),
        places=MODEL,
        parameters=[query("state", "Where they stand.", enum=STATES)],
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str) -> Response:
        """Threads that the caller may read."""
        state = request.query_params.get("state", "open")
        if state not in CHOSEN:
            raise Invalid(
                _("“state” is one of {states}.").format(states=", ".join(STATES)), field="state"
            )
        rows = visible_discussions(self.repo(namespace, name), actor=self.actor)
        chosen = rows.select_related("change", "author").filter(state__in=CHOSEN[state])
        return self.listed(chosen, ThreadShape, keys=("-number",))

    @operation(
        name="discussion_create",
        tag="Changes",
        purpose="Open a discussion",
        sent=Sent(NewDiscussion, {"title": "Which data?", "body": "What was it tested on?"}),
        answer=Answer(ThreadShape, PLAIN_EXAMPLE, status=201, means="Opened."),
        places=MODEL,
        refusals=(403, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """A thread that proposes nothing."""
        repo = self.repo(namespace, name)
        made = open_discussion(repo, **self.read(NewDiscussion), actor=self.actor)
        where = reverse("api:discussion", args=[namespace, name, made.number])
        return self.one(shown(ThreadShape, made), status=201, location=where)


class Discussion(OfModel):
    """One thread."""

    open_to_strangers = ("GET",)

    @operation(
        name="discussion_read",
        tag="Changes",
        purpose="Read a discussion",
        answer=Answer(ThreadShape, THREAD_EXAMPLE),
        places=THREAD,
        takes=(IF_NONE_MATCH,),
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """Where it stands; what was said is a list of its own."""
        return self.one(shown(ThreadShape, self.discussion(namespace, name, number)))


class Comments(OfModel):
    """What was said and done in a thread."""

    open_to_strangers = ("GET",)
    spends = {"POST": "comment"}

    @operation(
        name="comment_list",
        tag="Changes",
        purpose="Read what was said and done",
        details="The timeline of a discussion or change, in order.",
        answer=Answer(CommentShape, COMMENT_EXAMPLE, is_list=True),
        places=THREAD,
        is_open=True,
    )
    def get(self, request: Request, namespace: str, name: str, number: int) -> Response:
        """The first first."""
        rows = comments_of(self.discussion(namespace, name, number))
        return self.listed(rows, CommentShape, keys=("id",))

    @operation(
        name="comment_create",
        tag="Changes",
        purpose="Say something",
        sent=Sent(NewComment, {"body": "Which data was it tested on?"}),
        answer=Answer(CommentShape, COMMENT_EXAMPLE, status=201, means="Said."),
        places=THREAD,
        refusals=(403, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """A comment."""
        thread = self.discussion(namespace, name, number)
        said = add_comment(thread, **self.read(NewComment), actor=self.actor)
        return self.one(shown(CommentShape, said), status=201)


class CloseDiscussion(OfModel):
    """Ending a thread."""

    spends = {"POST": "write"}

    @operation(
        name="discussion_close",
        tag="Changes",
        purpose="Close a discussion",
        details="Ends a thread that proposes nothing. Its author may, and whoever manages the model.",
        sent=Sent(Reason, {"reason": "Answered."}),
        answer=Answer(ThreadShape, PLAIN_EXAMPLE),
        places=THREAD,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """Talking goes on if people want to."""
        thread = self.discussion(namespace, name, number)
        close_discussion(thread, **self.read(Reason), actor=self.actor)
        return self.one(shown(ThreadShape, thread))


class ReopenDiscussion(OfModel):
    """Taking a thread up again."""

    spends = {"POST": "write"}

    @operation(
        name="discussion_reopen",
        tag="Changes",
        purpose="Reopen a discussion",
        details="Takes a closed thread up again. Its author may, and whoever manages the model.",
        sent=Sent(Reason, {"reason": "There is more to say."}),
        answer=Answer(ThreadShape, PLAIN_EXAMPLE),
        places=THREAD,
        refusals=(403, 409, 410),
        takes=(KEY,),
    )
    def post(self, request: Request, namespace: str, name: str, number: int) -> HttpResponseBase:
        """As it was."""
        thread = self.discussion(namespace, name, number)
        reopen_discussion(thread, **self.read(Reason), actor=self.actor)
        return self.one(shown(ThreadShape, thread))
