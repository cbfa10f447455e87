"""The record: an organisation's, one's own, the hub's, and how to check it."""

from __future__ import annotations

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.doors import ORGANIZATION
from accounts.namespaces.models import Namespace
from accounts.orgs.queries import get_organization
from governance.api.audit_shapes import (
    CHAIN_EXAMPLE,
    EVENT_EXAMPLE,
    AuditEventShape,
    ChainShape,
)
from governance.api.params import (
    AUDIT_FILTERS,
    EXPORT_FILTERS,
    AuditParams,
    ExportParams,
    asked,
    filters_of,
)
from governance.audit.export import last_checkpoint
from governance.audit.queries import audit_page, chain_state
from governance.audit.signing_key import raw, trusted_keys
from governance.web.audit_pages import export_answer
from hub.api.operations import IF_NONE_MATCH, Answer, operation
from hub.api.pages import page_answer, wanted_page
from hub.api.shapes import shown, shown_all
from hub.api.views import ApiView, BytesView
from hub.core.actor import Actor

LISTED = Answer(AuditEventShape, EVENT_EXAMPLE, is_list=True)
FILES = (
    Answer(media_type="application/jsonl", means="One event per line."),
    Answer(media_type="text/csv", means="The same for spreadsheets (RFC 4180)."),
)
OF_FILES = "The newest 50,000 events as a file; `X-Hub-Truncated` says when there are more. The same as the page’s download."


def own_namespace(actor: Actor) -> Namespace:
    """The caller's; the kit lets only people in."""
    assert actor.user is not None
    return actor.user.namespace


def _listed(request: Request, namespace: Namespace | None, *, actor: Actor) -> Response:
    wanted = wanted_page(request)
    filters = filters_of(asked(request, AuditParams))
    found = audit_page(
        namespace, filters=filters, actor=actor, cursor=wanted.cursor, size=wanted.size
    )
    return page_answer(request, shown_all(AuditEventShape, found.rows), found.page)


def _exported(request: Request, namespace: Namespace | None, *, actor: Actor) -> HttpResponseBase:
    params = asked(request, ExportParams)
    return export_answer(namespace, kind=params["format"], filters=filters_of(params), actor=actor)


class OrganizationAudit(ApiView):
    """What happened in an organisation."""

    @operation(
        name="audit_list",
        tag="Audit",
        purpose="Read an organisation’s record",
        details="The newest first. Needs the right `read_audit`.",
        answer=LISTED,
        places=ORGANIZATION,
        parameters=AUDIT_FILTERS,
        refusals=(403,),
    )
    def get(self, request: Request, org: str) -> Response:
        """The newest first."""
        return _listed(request, get_organization(org).namespace, actor=self.actor)


class OrganizationAuditExport(BytesView):
    """The same to take away."""

    @operation(
        name="audit_export",
        tag="Audit",
        purpose="Take an organisation’s record away",
        details=OF_FILES,
        answer=FILES,
        places=ORGANIZATION,
        parameters=EXPORT_FILTERS,
        refusals=(403,),
    )
    def get(self, request: Request, org: str) -> HttpResponseBase:
        """Row by row."""
        return _exported(request, get_organization(org).namespace, actor=self.actor)


class OwnAudit(ApiView):
    """What happened to one's own account and models."""

    @operation(
        name="own_audit_list",
        tag="Audit",
        purpose="Read your own record",
        details="What happened to your account and your own models. A token needs the right `read_audit`.",
        answer=LISTED,
        parameters=AUDIT_FILTERS,
        refusals=(403,),
    )
    def get(self, request: Request) -> Response:
        """The newest first."""
        return _listed(request, own_namespace(self.actor), actor=self.actor)


class OwnAuditExport(BytesView):
    """The same to take away."""

    @operation(
        name="own_audit_export",
        tag="Audit",
        purpose="Take your own record away",
        details=OF_FILES,
        answer=FILES,
        parameters=EXPORT_FILTERS,
        refusals=(403,),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Row by row."""
        return _exported(request, own_namespace(self.actor), actor=self.actor)


class HubAudit(ApiView):
    """What happened in the whole hub."""

    @operation(
        name="hub_audit_list",
        tag="Audit",
        purpose="Read the record of the whole hub",
        details="For those who administer the hub, in person: a token gets 403.",
        answer=LISTED,
        parameters=AUDIT_FILTERS,
        refusals=(403,),
    )
    def get(self, request: Request) -> Response:
        """The newest first."""
        return _listed(request, None, actor=self.actor)


class HubAuditExport(BytesView):
    """The same to take away."""

    @operation(
        name="hub_audit_export",
        tag="Audit",
        purpose="Take the record of the whole hub away",
        details=OF_FILES,
        answer=FILES,
        parameters=EXPORT_FILTERS,
        refusals=(403,),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Row by row."""
        return _exported(request, None, actor=self.actor)


class Chain(ApiView):
    """How far the chain has come."""

    @operation(
        name="chain_read",
        tag="Audit",
        purpose="Read where the chain of the record ends",
        details=(
            "Every event has a place in one chain of digests, and checkpoints sign its end. Keep the newest checkpoint: an "
            "export of the record that is made later must hold the same digest at that place. "
            "governance/audit/README.md says how it is checked."
        ),
        answer=Answer(ChainShape, CHAIN_EXAMPLE),
        takes=(IF_NONE_MATCH,),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """With the newest checkpoint, and the keys that it is checked with."""
        state = chain_state()
        said = {
            "sealed_up_to": state.sealed_up_to,
            "signed_up_to": state.signed_up_to,
            "signed_at": state.signed_at,
            "is_waiting": state.is_waiting,
            "checkpoint": last_checkpoint(),
            "keys": [
                {"id": key_id, "public_key": raw(key).hex()}
                for key_id, key in trusted_keys().items()
            ],
        }
        return self.one(shown(ChainShape, said))
