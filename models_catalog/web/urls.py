"""Every address of the catalogue; the greedy ``/<namespace>`` and ``/<namespace>/<name>`` come last."""

from __future__ import annotations

from models_catalog.web import catalog_urls, model_urls, upload_urls

app_name = "catalog"
urlpatterns = [*upload_urls.urlpatterns, *model_urls.urlpatterns, *catalog_urls.urlpatterns]
