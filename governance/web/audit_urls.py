"""Addresses of the audit log."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from governance.audit.row_files import FORMATS
from governance.web import audit_pages


class ExportKind(StringConverter):
    """The ending of a file that the log can be taken away as."""

    regex = "|".join(FORMATS)


register_converter(ExportKind, "audit_export")

urlpatterns: list[URLPattern] = [
    path("audit", audit_pages.hub_audit, name="hub-audit"),
    path("audit.<audit_export:kind>", audit_pages.hub_audit_export, name="hub-audit-export"),
    path("orgs/<str:org>/audit", audit_pages.org_audit, name="org-audit"),
    path(
        "orgs/<str:org>/audit.<audit_export:kind>",
        audit_pages.org_audit_export,
        name="org-audit-export",
    ),
    path("settings/audit", audit_pages.my_audit, name="my-audit"),
    path("settings/audit.<audit_export:kind>", audit_pages.my_audit_export, name="my-audit-export"),
]
