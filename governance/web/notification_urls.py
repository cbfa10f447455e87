"""Addresses of what people are told, and of what they ask to be told."""

from __future__ import annotations

from django.urls import URLPattern, path

from governance.web import notification_pages, notification_settings, watch_pages

urlpatterns: list[URLPattern] = [
    path("notifications", notification_pages.notifications, name="notifications"),
    path("notifications/feed/<str:secret>", notification_pages.feed, name="notification-feed"),
    path(
        "notifications/unsubscribe/<str:token>",
        notification_settings.unsubscribe,
        name="unsubscribe",
    ),
    path("settings/notifications", notification_settings.channels, name="notification-settings"),
    path(
        "settings/notifications/feed",
        notification_settings.feed_address,
        name="notification-feed-address",
    ),
    path("settings/notifications/watching", watch_pages.watching, name="watching"),
    path("notifications/watch/<str:namespace>", watch_pages.watch_thing, name="watch"),
    path("notifications/watch/<str:namespace>/<str:name>", watch_pages.watch_thing, name="watch"),
]
