"""Addresses of the kit itself."""

from __future__ import annotations

from django.urls import path

from hub.ui.gallery import gallery
from hub.ui.manifest import manifest
from hub.ui.preferences import save_preferences

app_name = "ui"
urlpatterns = [
    path("preferences", save_preferences, name="preferences"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("_ui/", gallery, name="gallery"),
]
