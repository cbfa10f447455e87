"""Endpoints of notifications and webhooks under ``/api/v1/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from governance.api import notifications, webhooks

MODEL = "models/<str:namespace>/<str:name>"
HOOK = "webhooks/<uuid:webhook>"
SENT = f"{HOOK}/deliveries/<uuid:delivery>"

urlpatterns: list[URLPattern] = [
    path("me/notifications", notifications.Notifications.as_view(), name="notification-list"),
    path("me/notifications/mark-all", notifications.MarkAll.as_view(), name="mark-all"),
    path("me/notifications/feed", notifications.Feed.as_view(), name="notification-feed"),
    path(
        "me/notifications/<int:notification>",
        notifications.Notification.as_view(),
        name="notification",
    ),
    path("me/notification-settings", notifications.Channels.as_view(), name="channels"),
    path("me/watching", notifications.Watching.as_view(), name="watched-list"),
    path("me/watching/<int:watched>", notifications.OneWatched.as_view(), name="watched"),
    path("watch/<str:namespace>", notifications.WatchOwner.as_view(), name="owner-watch"),
    path(f"{MODEL}/watch", notifications.WatchModel.as_view(), name="model-watch"),
    path("me/webhooks", webhooks.OwnWebhooks.as_view(), name="own-webhook-list"),
    path(
        "orgs/<str:org>/webhooks",
        webhooks.OrganizationWebhooks.as_view(),
        name="org-webhook-list",
    ),
    path(f"{MODEL}/webhooks", webhooks.ModelWebhooks.as_view(), name="model-webhook-list"),
    path(HOOK, webhooks.Webhook.as_view(), name="webhook"),
    path(f"{HOOK}/secret", webhooks.WebhookSecret.as_view(), name="webhook-secret"),
    path(f"{HOOK}/test", webhooks.WebhookTest.as_view(), name="webhook-test"),
    path(f"{HOOK}/deliveries", webhooks.Deliveries.as_view(), name="delivery-list"),
    path(SENT, webhooks.Delivery.as_view(), name="delivery"),
    path(f"{SENT}/replay", webhooks.Replay.as_view(), name="delivery-replay"),
]
