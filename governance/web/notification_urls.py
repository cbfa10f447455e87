"""Addresses of what people are told, and of what they ask to be told."""

from __future__ import annotations

from django.urls import URLPattern, path

from governance.web import watch_pages

urlpatterns: list[URLPattern] = [
    path("notifications/watch/<str:namespace>", watch_pages.watch_thing, name="watch"),
    path("notifications/watch/<str:namespace>/<str:name>", watch_pages.watch_thing, name="watch"),
]
