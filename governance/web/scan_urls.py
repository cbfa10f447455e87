"""Addresses of scan reports."""

from __future__ import annotations

from django.urls import path

from governance.web import scan_pages
from models_catalog.web.converters import RevisionName

urlpatterns = [
    path("<str:namespace>/<str:name>/security", scan_pages.scan_report, name="scan-report"),
    path(
        f"<str:namespace>/<str:name>/security/<{RevisionName.name}:revision>",
        scan_pages.scan_report,
        name="scan-report",
    ),
]
