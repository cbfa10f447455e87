"""Endpoints of governance under ``/api/v1/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from governance.api import (
    assignments,
    audit,
    checklists,
    drafts,
    external_checks,
    governance,
    instance,
    policies,
    queue_feeds,
    queues,
    requests,
    reviews,
    rules,
    scans,
    waivers,
)
from models_catalog.web.converters import RevisionName

ORG = "orgs/<str:org>"
MODEL = "models/<str:namespace>/<str:name>"
REQUEST = f"{MODEL}/requests/<int:number>"
CHANGE = "models/<str:namespace>/<str:name>/changes/<int:number>"
CHECKS = f"models/<str:namespace>/<str:name>/checks/<{RevisionName.name}:revision>"
DRAFT = "policies/<str:place>/drafts/<int:number>"
SCAN = f"models/<str:namespace>/<str:name>/scans/<{RevisionName.name}:revision>"

urlpatterns: list[URLPattern] = [
    path("instance", instance.Instance.as_view(), name="instance"),
    path(f"{ORG}/policy", policies.Policy.as_view(), name="policy"),
    path(f"{ORG}/policy/reach", policies.PolicyReach.as_view(), name="policy-reach"),
    path(f"{ORG}/policy/versions", policies.PolicyVersions.as_view(), name="policy-version-list"),
    path(f"{ORG}/governance", governance.Governance.as_view(), name="governance"),
    path("policies/<str:place>/drafts", drafts.Drafts.as_view(), name="policy-draft-list"),
    path(DRAFT, drafts.Draft.as_view(), name="policy-draft"),
    path(f"{DRAFT}/differences", drafts.DraftDifferences.as_view(), name="policy-draft-compare"),
    path(f"{DRAFT}/simulation", drafts.DraftSimulation.as_view(), name="policy-simulation"),
    path(
        f"{DRAFT}/simulation/models",
        drafts.SimulatedModels.as_view(),
        name="policy-simulated-model-list",
    ),
    path(f"{DRAFT}/rebase", drafts.DraftRebase.as_view(), name="policy-draft-rebase"),
    path(f"{DRAFT}/proposal", drafts.DraftProposal.as_view(), name="policy-draft-propose"),
    path(f"{DRAFT}/approval", drafts.DraftApproval.as_view(), name="policy-draft-approve"),
    path(f"{DRAFT}/adoption", drafts.DraftAdoption.as_view(), name="policy-draft-adopt"),
    path(f"{DRAFT}/drop", drafts.DraftDrop.as_view(), name="policy-draft-drop"),
    path("me/reviews", queues.OwnQueue.as_view(), name="own-review-list"),
    path(f"{ORG}/reviews", queues.OrganizationQueue.as_view(), name="review-list"),
    path("me/reviews/feed", queue_feeds.OwnQueueFeed.as_view(), name="own-review-feed"),
    path(f"{ORG}/reviews/feed", queue_feeds.OrganizationQueueFeed.as_view(), name="review-feed"),
    path(f"{CHANGE}/review", reviews.Review.as_view(), name="review"),
    path(f"{CHANGE}/decisions", reviews.Decisions.as_view(), name="decision-list"),
    path(f"{CHANGE}/decisions/mine", reviews.OwnDecision.as_view(), name="own-decision"),
    path(f"{CHANGE}/waivers", reviews.Waivers.as_view(), name="waiver-list"),
    path(f"{CHANGE}/waivers/<int:waiver>", reviews.Waiver.as_view(), name="waiver"),
    path(f"{CHANGE}/community", reviews.Community.as_view(), name="community"),
    path("rules", rules.Rules.as_view(), name="rule-list"),
    path(CHECKS, external_checks.Checks.as_view(), name="check-list"),
    path(f"{CHECKS}/reports", external_checks.Reports.as_view(), name="check-report-list"),
    path(f"{CHANGE}/rule-waivers", requests.RuleWaivers.as_view(), name="change-rule-waiver-list"),
    path(f"{ORG}/waivers", waivers.OrganizationWaivers.as_view(), name="org-waiver-list"),
    path(f"{MODEL}/waivers", waivers.ModelWaivers.as_view(), name="model-waiver-list"),
    path(f"{MODEL}/rule-waivers", requests.RuleWaiversOfModel.as_view(), name="rule-waiver-list"),
    path(f"{MODEL}/rule-waivers/<int:waiver>", requests.RuleWaiver.as_view(), name="rule-waiver"),
    path(
        f"{MODEL}/discussions/<int:number>/checklist",
        checklists.Checklist.as_view(),
        name="checklist",
    ),
    path(
        f"{MODEL}/discussions/<int:number>/reviewers",
        assignments.Assignments.as_view(),
        name="assignment-list",
    ),
    path(
        f"{MODEL}/discussions/<int:number>/reviewers/<str:person>",
        assignments.OneAssignment.as_view(),
        name="assignment",
    ),
    path(f"{MODEL}/requests", requests.Requests.as_view(), name="request-list"),
    path(REQUEST, requests.OneRequest.as_view(), name="request"),
    path(
        f"{REQUEST}/decisions",
        requests.RequestDecisions.as_view(),
        name="request-decision-list",
    ),
    path(
        f"{REQUEST}/decisions/mine",
        requests.OwnRequestDecision.as_view(),
        name="own-request-decision",
    ),
    path(f"{REQUEST}/grant", requests.RequestGrant.as_view(), name="request-grant"),
    path(f"{REQUEST}/close", requests.RequestClosing.as_view(), name="request-close"),
    path(SCAN, scans.Scan.as_view(), name="scan"),
    path(f"{SCAN}/report", scans.ScanReport.as_view(), name="scan-report"),
    path(f"{SCAN}/sarif", scans.ScanSarif.as_view(), name="scan-sarif"),
    path(f"{SCAN}/files", scans.ScannedFiles.as_view(), name="scan-file-list"),
    path(f"{SCAN}/files/<path:path>", scans.ScannedFile.as_view(), name="scan-file"),
    path(f"{ORG}/audit", audit.OrganizationAudit.as_view(), name="audit-list"),
    path(f"{ORG}/audit/export", audit.OrganizationAuditExport.as_view(), name="audit-export"),
    path("me/audit", audit.OwnAudit.as_view(), name="own-audit-list"),
    path("me/audit/export", audit.OwnAuditExport.as_view(), name="own-audit-export"),
    path("audit", audit.HubAudit.as_view(), name="hub-audit-list"),
    path("audit/export", audit.HubAuditExport.as_view(), name="hub-audit-export"),
    path("audit/chain", audit.Chain.as_view(), name="chain"),
]
