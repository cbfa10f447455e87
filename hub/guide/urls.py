"""Addresses of the guide, and of what stands at fixed places for machines."""

from __future__ import annotations

from django.urls import path

from hub.guide import guide_pages, small_print, well_known
from hub.guide.sitemap import sitemap

app_name = "guide"
urlpatterns = [
    path("guide", guide_pages.index, name="index"),
    path("guide/<slug:slug>", guide_pages.page, name="page"),
    path("robots.txt", small_print.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("opensearch.xml", small_print.search_description, name="opensearch"),
    path("llms.txt", small_print.for_language_models, name="llms"),
    path("humans.txt", small_print.for_humans, name="humans"),
    path(".well-known/security.txt", well_known.security, name="security-txt"),
    path(".well-known/change-password", well_known.change_password, name="change-password"),
]
