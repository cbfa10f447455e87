"""Home, the catalogue, and the public pages of owners and models; the last two catch what is left."""

from __future__ import annotations

from django.urls import URLPattern, path

from models_catalog.web import (
    card_pages,
    catalog_pages,
    home_pages,
    namespace_pages,
    org_stage_pages,
)

urlpatterns: list[URLPattern] = [
    path("", home_pages.home, name="home"),
    path("models", catalog_pages.models, name="model-list"),
    path("search", catalog_pages.search, name="search"),
    path("tasks/<str:task>", catalog_pages.task, name="task"),
    path("orgs/<str:org>/stages", org_stage_pages.stages, name="organization-stages"),
    path("<str:namespace>", namespace_pages.namespace, name="namespace"),
    path("<str:namespace>/<str:name>", card_pages.card, name="model"),
]
