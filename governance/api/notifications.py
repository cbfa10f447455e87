"""``/me/notifications`` and watching: what the caller is told of, and how."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authz.queries import require_no_token
from accounts.namespaces.queries import get_namespace
from governance.api.news_shapes import (
    CHANNELS_EXAMPLE,
    NOTIFICATION_EXAMPLE,
    WATCHED_EXAMPLE,
    ChannelsBody,
    ChannelsShape,
    FeedShape,
    MarkAllBody,
    MarkedShape,
    NotificationBody,
    NotificationShape,
    WatchBody,
    WatchedShape,
    WatchShape,
)
from governance.outbox.feed import end_feed_address, make_feed_address
from governance.outbox.preferences import channels_of, choose_channels
from governance.outbox.queries import VIEWS, get_notification, news_from, notification_page
from governance.outbox.reading import mark, mark_all, mute
from governance.outbox.watching import end_watch, watch, watch_of, watched_page
from hub.api.operations import IF_NONE_MATCH, MODEL, Answer, Sent, operation, place, query
from hub.api.pages import page_answer, wanted_page
from hub.api.shapes import shown, shown_all
from hub.api.views import ApiView
from hub.core.errors import Invalid
from models_catalog.api.doors import OfModel

TAG = "Notifications"
OWNER = (place("namespace", "A person or an organisation.", example="savanna"),)
ONE = (place("notification", "The id of the notification.", example=41, kind=OpenApiTypes.INT),)


class Notifications(ApiView):
    """What the caller was told."""

    @operation(
        name="notification_list",
        tag=TAG,
        purpose="List your notifications",
        details="The newest first, and only what you may see at this moment.",
        answer=Answer(NotificationShape, NOTIFICATION_EXAMPLE, is_list=True),
        parameters=[query("view", "Which; unread unless told.", enum=[*VIEWS])],
    )
    def get(self, request: Request) -> Response:
        """By the page's own query."""
        wanted = wanted_page(request)
        view = request.query_params.get("view") or "unread"
        if view not in VIEWS:
            raise Invalid(f"“view” is one of {', '.join(VIEWS)}.", field="view")
        found = notification_page(
            view=view, actor=self.actor, cursor=wanted.cursor, size=wanted.size
        )
        return page_answer(request, shown_all(NotificationShape, found.rows), found.page)


class MarkAll(ApiView):
    """Everything up to a moment."""

    spends = {"POST": "write"}

    @operation(
        name="notification_mark_all",
        tag=TAG,
        purpose="Mark all notifications",
        sent=Sent(MarkAllBody, {"state": "read", "until": "2026-11-20T09:30:00Z"}),
        answer=Answer(MarkedShape, {"marked": 12}),
        refusals=(403,),
    )
    def post(self, request: Request) -> HttpResponseBase:
        """Those that came later stay."""
        number = mark_all(**self.read(MarkAllBody), actor=self.actor)
        return self.one(shown(MarkedShape, {"marked": number}))


class Notification(ApiView):
    """One of them."""

    spends = {"PATCH": "write"}

    @operation(
        name="notification_read",
        tag=TAG,
        purpose="Read a notification",
        answer=Answer(NotificationShape, NOTIFICATION_EXAMPLE),
        places=ONE,
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, notification: int) -> HttpResponseBase:
        """If it is the caller's and they may still see it."""
        return self.one(self._shown(notification))

    @operation(
        name="notification_change",
        tag=TAG,
        purpose="Mark a notification, or mute its thread",
        sent=Sent(NotificationBody, {"state": "done"}),
        answer=Answer(NotificationShape, NOTIFICATION_EXAMPLE | {"state": "done"}),
        places=ONE,
        refusals=(403,),
    )
    def patch(self, request: Request, notification: int) -> HttpResponseBase:
        """What is not sent stays."""
        found = get_notification(notification, actor=self.actor)
        body = self.read(NotificationBody)
        if "is_muted" in body:
            mute(found, is_muted=body["is_muted"], actor=self.actor)
        if "state" in body:
            mark([found.pk], body["state"], actor=self.actor)
        return self.one(self._shown(notification))

    def _shown(self, notification: int) -> object:
        found = get_notification(notification, actor=self.actor)
        return shown(NotificationShape, news_from(found))


class Channels(ApiView):
    """How news reach the caller."""

    spends = {"PATCH": "write"}

    @operation(
        name="notification_settings_read",
        tag=TAG,
        purpose="Read how news reach you",
        answer=Answer(ChannelsShape, CHANNELS_EXAMPLE),
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The channel of every group."""
        return self.one(shown(ChannelsShape, channels_of(self.actor)))

    @operation(
        name="notification_settings_change",
        tag=TAG,
        purpose="Choose how news reach you",
        sent=Sent(ChannelsBody, {"upkeep": "none"}),
        answer=Answer(ChannelsShape, CHANNELS_EXAMPLE),
        refusals=(403,),
    )
    def patch(self, request: Request) -> HttpResponseBase:
        """What is not sent stays."""
        chosen = choose_channels(self.read(ChannelsBody), actor=self.actor)
        return self.one(shown(ChannelsShape, chosen))


class Feed(ApiView):
    """The secret address of the Atom feed."""

    spends = {"POST": "mint-token"}
    shows_secret = True

    @operation(
        name="notification_feed_create",
        tag=TAG,
        purpose="Make the secret address of your feed",
        details="Only in a browser: a token may not make what outlives it.",
        answer=Answer(
            FeedShape, {"address": "https://hub.example/notifications/feed/…"}, status=201
        ),
        refusals=(403,),
    )
    def post(self, request: Request) -> HttpResponseBase:
        """Shown this once."""
        require_no_token(self.actor, to="make the address of a feed")
        secret = make_feed_address(actor=self.actor)
        where = settings.PUBLIC_URL + reverse("governance:notification-feed", args=[secret])
        return self.one(shown(FeedShape, {"address": where}), status=201)

    @operation(
        name="notification_feed_end",
        tag=TAG,
        purpose="End the secret address of your feed",
        answer=Answer(status=204, means="It no longer works."),
        refusals=(403,),
    )
    def delete(self, request: Request) -> Response:
        """Whoever has it."""
        end_feed_address(actor=self.actor)
        return Response(status=204)


class WatchModel(OfModel):
    """How much the caller hears of a model."""

    spends = {"PUT": "write"}

    @operation(
        name="model_watch_read",
        tag=TAG,
        purpose="Read how much you hear of a model",
        answer=Answer(WatchShape, {"level": "releases"}),
        places=MODEL,
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """`none` when the caller does not watch it."""
        level = watch_of(self.repo(namespace, name), actor=self.actor)
        return self.one(shown(WatchShape, {"level": level}))

    @operation(
        name="model_watch",
        tag=TAG,
        purpose="Watch a model",
        details="`releases`: new versions and withdrawals; `all`; `muted`; `none` ends it.",
        sent=Sent(WatchBody, {"level": "releases"}),
        answer=Answer(WatchShape, {"level": "releases"}),
        places=MODEL,
        refusals=(403,),
    )
    def put(self, request: Request, namespace: str, name: str) -> HttpResponseBase:
        """The last word counts."""
        repo = self.repo(namespace, name)
        level = watch(repo, **self.read(WatchBody), actor=self.actor)
        return self.one(shown(WatchShape, {"level": level}))


class WatchOwner(ApiView):
    """How much the caller hears of all models of a person or an organisation."""

    spends = {"PUT": "write"}

    @operation(
        name="owner_watch_read",
        tag=TAG,
        purpose="Read how much you hear of an owner’s models",
        answer=Answer(WatchShape, {"level": "releases"}),
        places=OWNER,
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request, namespace: str) -> HttpResponseBase:
        """`none` when the caller does not watch it."""
        level = watch_of(get_namespace(namespace), actor=self.actor)
        return self.one(shown(WatchShape, {"level": level}))

    @operation(
        name="owner_watch",
        tag=TAG,
        purpose="Watch all models of an owner",
        details="What you choose for a single model goes before this.",
        sent=Sent(WatchBody, {"level": "releases"}),
        answer=Answer(WatchShape, {"level": "releases"}),
        places=OWNER,
        refusals=(403,),
    )
    def put(self, request: Request, namespace: str) -> HttpResponseBase:
        """The last word counts."""
        owner = get_namespace(namespace)
        level = watch(owner, **self.read(WatchBody), actor=self.actor)
        return self.one(shown(WatchShape, {"level": level}))


class Watching(ApiView):
    """Everything that the caller watches."""

    @operation(
        name="watched_list",
        tag=TAG,
        purpose="List what you watch",
        details="Models and owners, what you have muted too; the last chosen first.",
        answer=Answer(WatchedShape, WATCHED_EXAMPLE, is_list=True),
    )
    def get(self, request: Request) -> Response:
        """A page of them."""
        wanted = wanted_page(request)
        page = watched_page(actor=self.actor, cursor=wanted.cursor, size=wanted.size)
        return page_answer(request, shown_all(WatchedShape, page.rows), page)


class OneWatched(ApiView):
    """One of them."""

    spends = {"DELETE": "write"}

    @operation(
        name="watched_end",
        tag=TAG,
        purpose="Watch something no longer",
        details="Also what you may no longer see. A second time changes nothing.",
        answer=Answer(status=204, means="You hear of it no more."),
        places=(place("watched", "The id in the list.", example=7, kind=OpenApiTypes.INT),),
        refusals=(403,),
    )
    def delete(self, request: Request, watched: int) -> Response:
        """At once."""
        end_watch(watched, actor=self.actor)
        return Response(status=204)
