"""Every address of the hub, most specific first; ``/<namespace>/<name>`` catches what is left."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from hub.web.csp_reports import collect_reports
from hub.web.health_pages import health
from hub.web.status_pages import status

handler400 = "hub.web.errors.bad_request"
handler403 = "hub.web.errors.forbidden"
handler404 = "hub.web.errors.not_found"
handler429 = "hub.web.errors.too_many_requests"
handler500 = "hub.web.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="health"),
    path("status", status, name="status"),
    path("report/csp", collect_reports, name="csp-report"),
    path("api/v1/", include("hub.api.urls")),
    path("", include("hub.ui.urls")),
    path("", include("hub.guide.urls")),
    path("", include("accounts.web.urls")),
    path("", include("governance.web.urls")),
    path("", include("models_catalog.web.urls")),
]
