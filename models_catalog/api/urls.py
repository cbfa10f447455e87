"""Endpoints of the catalogue under ``/api/v1/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from models_catalog.api import models

MODEL = "models/<str:namespace>/<str:name>"

urlpatterns: list[URLPattern] = [
    path("models", models.Models.as_view(), name="model-list"),
    path(MODEL, models.Model.as_view(), name="model"),
]
