"""Every address under ``/api/v1/``: the kit's own, then each app's endpoints, then a refusal for the rest."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from hub.api import docs_pages, schema_pages

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", schema_pages.Beginning.as_view(), name="beginning"),
    path("schema/", schema_pages.document, name="schema"),
    path("docs", docs_pages.contents, name="docs"),
    path("docs/problems", docs_pages.problems, name="docs-problems"),
    path("docs/<slug:tag>", docs_pages.operations, name="docs-tag"),
    path("", include("models_catalog.api.urls")),
    path("", include("accounts.api.urls")),
    path("", include("governance.api.urls")),
    path("", include("governance.api.news_urls")),
    re_path(r"^(?P<rest>.*)$", schema_pages.unknown),
]
