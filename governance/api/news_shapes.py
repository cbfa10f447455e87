"""What answers say of notifications, watching and channels, and bodies about them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from governance.outbox.models import Channel, Group, Level, NotificationState, Why
from governance.outbox.watching import NOT_WATCHING
from hub.api.bodies import Body

LEVELS = [*Level.values, NOT_WATCHING]


class NotificationShape(serializers.Serializer[Any]):
    """One thing that the caller was told; a thread is one notification, however much happens in it."""

    id = serializers.IntegerField()
    event = serializers.CharField(source="name", help_text="The name of the last event of it.")
    sentence = serializers.CharField(help_text="What happened, to be read after the actor’s name.")
    actor = serializers.CharField(help_text="Who did it; `hub` for the hub itself.")
    reason = serializers.CharField(help_text="The reason that was given; empty for none.")
    model = serializers.CharField(help_text="The model’s full name; empty for what is about none.")
    number = serializers.IntegerField(allow_null=True, help_text="The number of the thread.")
    title = serializers.CharField(
        help_text="The title of the thread, in lists; empty where there is none."
    )
    path = serializers.CharField(help_text="The page on which one sees it.")
    group = serializers.ChoiceField(Group.values)
    why = serializers.ChoiceField(Why.values, help_text="Why the caller was told.")
    state = serializers.ChoiceField(NotificationState.values)
    updated_at = serializers.DateTimeField()


class NotificationBody(Body):
    """What to do with a notification."""

    state = serializers.ChoiceField(NotificationState.values, required=False)
    is_muted = serializers.BooleanField(
        required=False, help_text="Whether to hear no more of its thread, unless it names you."
    )


class MarkAllBody(Body):
    """What to mark."""

    state = serializers.ChoiceField([NotificationState.READ.value, NotificationState.DONE.value])
    until = serializers.DateTimeField(help_text="What came later stays as it is.")


class MarkedShape(serializers.Serializer[Any]):
    """How many were marked."""

    marked = serializers.IntegerField()


class ChannelsShape(serializers.Serializer[Any]):
    """The channel of every group of news."""

    personal = serializers.ChoiceField(Channel.values, help_text="What names you.")
    releases = serializers.ChoiceField(Channel.values)
    withdrawals = serializers.ChoiceField(Channel.values)
    reviews = serializers.ChoiceField(Channel.values)
    discussions = serializers.ChoiceField(Channel.values)
    stages = serializers.ChoiceField(Channel.values)
    upkeep = serializers.ChoiceField(Channel.values)


class ChannelsBody(Body):
    """Channels of some groups; the others stay."""

    personal = serializers.ChoiceField(Channel.values, required=False)
    releases = serializers.ChoiceField(Channel.values, required=False)
    withdrawals = serializers.ChoiceField(Channel.values, required=False)
    reviews = serializers.ChoiceField(Channel.values, required=False)
    discussions = serializers.ChoiceField(Channel.values, required=False)
    stages = serializers.ChoiceField(Channel.values, required=False)
    upkeep = serializers.ChoiceField(Channel.values, required=False)


class WatchShape(serializers.Serializer[Any]):
    """How much the caller hears of it."""

    level = serializers.ChoiceField(LEVELS)


class WatchedShape(serializers.Serializer[Any]):
    """A model or an owner that the caller chose a level for."""

    id = serializers.IntegerField()
    name = serializers.CharField(help_text="Empty for what you may no longer see.")
    is_owner = serializers.BooleanField(help_text="All models of a person or an organisation.")
    level = serializers.ChoiceField(LEVELS)
    since = serializers.DateTimeField()


WATCHED_EXAMPLE: dict[str, Any] = {
    "id": 7,
    "name": "savanna/minilm",
    "is_owner": False,
    "level": "releases",
    "since": "2026-11-20T09:30:00Z",
}


class WatchBody(Body):
    """How much to hear of it."""

    level = serializers.ChoiceField(LEVELS)


class FeedShape(serializers.Serializer[Any]):
    """The secret address of the caller’s notifications as Atom."""

    address = serializers.CharField(help_text="Shown once. One made before no longer works.")


NOTIFICATION_EXAMPLE: dict[str, Any] = {
    "id": 41,
    "event": "version:released",
    "sentence": "released version 3 of savanna/minilm",
    "actor": "ada",
    "reason": "",
    "model": "savanna/minilm",
    "number": None,
    "title": "",
    "path": "/savanna/minilm/versions/3",
    "group": "releases",
    "why": "watching",
    "state": "unread",
    "updated_at": "2026-11-20T09:30:00Z",
}
CHANNELS_EXAMPLE: dict[str, Any] = {
    "personal": "mail",
    "releases": "digest",
    "withdrawals": "mail",
    "reviews": "hub",
    "discussions": "hub",
    "stages": "hub",
    "upkeep": "none",
}
