"""Addresses of policies: the hub's own, and those of organisations."""

from __future__ import annotations

from django.urls import URLPattern, path

from governance.web import draft_pages, governance_pages, policy_pages, waiver_pages


def _places(base: str, prefix: str) -> list[URLPattern]:
    """The same pages for the hub and for an organisation; teams and models are named behind the question mark."""
    one = f"{base}/drafts/<int:number>"
    return [
        path(base, policy_pages.policy, name=f"{prefix}policy"),
        path(f"{base}/new", draft_pages.new_draft, name=f"{prefix}draft-new"),
        path(
            f"{base}/versions/<int:number>",
            policy_pages.policy_version,
            name=f"{prefix}policy-version",
        ),
        path(one, draft_pages.draft, name=f"{prefix}draft"),
        path(f"{one}/edit", draft_pages.edit_draft, name=f"{prefix}draft-edit"),
        path(f"{one}/<str:act>", draft_pages.draft_act, name=f"{prefix}draft-act"),
    ]


urlpatterns: list[URLPattern] = [
    *_places("policies", "hub-"),
    *_places("orgs/<str:org>/policies", ""),
    path("orgs/<str:org>/governance", governance_pages.governance, name="governance"),
    path("orgs/<str:org>/waivers", waiver_pages.org_waivers, name="org-waivers"),
    path("<str:namespace>/<str:name>/waivers", waiver_pages.model_waivers, name="model-waivers"),
]
