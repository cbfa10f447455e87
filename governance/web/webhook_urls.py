"""Addresses of webhooks."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from governance.web import webhook_pages


class WebhookAct(StringConverter):
    """What can be done to a webhook by one button."""

    regex = "delete|off|on|secret|test"


register_converter(WebhookAct, "webhook_act")

ONE = "webhooks/<uuid:public_id>"
SENT = f"{ONE}/deliveries/<uuid:delivery_id>"

urlpatterns: list[URLPattern] = [
    path("orgs/<str:org>/webhooks", webhook_pages.org_webhooks, name="org-webhooks"),
    path(
        "<str:namespace>/<str:name>/settings/webhooks",
        webhook_pages.model_webhooks,
        name="model-webhooks",
    ),
    path("settings/webhooks", webhook_pages.own_webhooks, name="own-webhooks"),
    path(ONE, webhook_pages.webhook, name="webhook"),
    path(f"{ONE}/<webhook_act:act>", webhook_pages.webhook_act, name="webhook-act"),
    path(SENT, webhook_pages.delivery, name="delivery"),
    path(f"{SENT}/replay", webhook_pages.replay_delivery, name="delivery-replay"),
]
