"""The audit log of an organisation, one's own and the hub's, to read and to take away."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from accounts.authz.queries import require_person
from accounts.namespaces.models import Namespace
from accounts.orgs.queries import get_organization
from accounts.web.org_head import open_organization
from accounts.web.settings_nav import settings_nav
from governance.audit.queries import (
    EXPORT_LIMIT,
    AuditFilters,
    audit_export,
    audit_page,
    chain_state,
    is_beyond_export,
)
from governance.audit.row_files import FORMATS
from governance.web.audit_forms import AuditFilterForm
from hub.core.actor import Actor
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest


@require_safe
def org_audit(request: HubRequest, org: str) -> HttpResponse:
    """What happened in an organisation, newest first."""
    view = open_organization(org, actor=request.actor, tab="audit")
    context = _context(request, view.organization.namespace) | {"head": view.head}
    return _answer(request, "governance/audit.html", context)


@require_safe
def org_audit_export(request: HubRequest, org: str, kind: str) -> StreamingHttpResponse:
    """The same rows as a file."""
    return _export(request, get_organization(org).namespace, kind)


@require_safe
def my_audit(request: HubRequest) -> HttpResponse:
    """What happened to one's own account and models."""
    context = _context(request, _own(request)) | {"nav": settings_nav("audit")}
    return _answer(request, "governance/audit_own.html", context)


@require_safe
def my_audit_export(request: HubRequest, kind: str) -> StreamingHttpResponse:
    """One's own rows as a file."""
    return _export(request, _own(request), kind)


@require_safe
def hub_audit(request: HubRequest) -> HttpResponse:
    """What happened in the whole hub, for those who administer it."""
    return _answer(request, "governance/audit_hub.html", _context(request, None))


@require_safe
def hub_audit_export(request: HubRequest, kind: str) -> StreamingHttpResponse:
    """The same rows as a file."""
    return _export(request, None, kind)


def _own(request: HubRequest) -> Namespace:
    require_person(request.actor)
    assert request.actor.user is not None
    return request.actor.user.namespace


def _context(request: HubRequest, namespace: Namespace | None) -> dict[str, Any]:
    form = AuditFilterForm(request.GET)
    found = audit_page(
        namespace,
        filters=form.filters(),
        actor=request.actor,
        cursor=request.GET.get("cursor"),
    )
    query = request.GET.copy()
    query.pop("cursor", None)
    return {
        "form": form,
        "is_narrowed": any(form.cleaned_data.values()),
        "page": found.page,
        "rows": found.rows,
        "chain": chain_state(),
        "exports": [
            (kind.upper(), f"{request.path}.{kind}?{query.urlencode()}") for kind in FORMATS
        ],
        "export_limit": EXPORT_LIMIT,
    }


def _answer(request: HubRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render_page(request, template, context, status=status)


def _export(request: HubRequest, namespace: Namespace | None, kind: str) -> StreamingHttpResponse:
    filters = AuditFilterForm(request.GET).filters()
    return export_answer(namespace, kind=kind, filters=filters, actor=request.actor)


def export_answer(
    namespace: Namespace | None, *, kind: str, filters: AuditFilters, actor: Actor
) -> StreamingHttpResponse:
    """The rows of the audit log as a file to keep, for every face."""
    rows = audit_export(namespace, filters=filters, actor=actor)
    write, content_type = FORMATS[kind]
    name = f"{namespace.name if namespace else 'hub'}-audit.{kind}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    if is_beyond_export(namespace, filters=filters, actor=actor):
        headers["X-Hub-Truncated"] = str(EXPORT_LIMIT)
    return StreamingHttpResponse(write(rows), content_type=content_type, headers=headers)
