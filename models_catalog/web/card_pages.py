"""``/<namespace>/<name>``: the card of a model."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hub.core.actor import Actor
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.artifacts.queries import weights_of
from models_catalog.cards.links import resolve_links
from models_catalog.cards.models import README, Card
from models_catalog.downloads.access import Standing, may_fetch, standing
from models_catalog.downloads.models import DailyDownloads
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import get_repo
from models_catalog.revisions.verdicts import PathReport, path_verdicts, worst_of
from models_catalog.search.shown import Shown, shown_of
from models_catalog.storage.models import BlobState
from models_catalog.web.card_facts import (
    biggest,
    citation_of,
    facts_of,
    licence_of,
    results_of,
    snippets_of,
)
from models_catalog.web.head import ModelView, open_model, with_scan

DAYS = 30
MOST_CONTENTS = 40
GONE = 410


@login_not_required
@require_safe
def card(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """What the model is for, how to get it, and who vouches for it."""
    repo = get_repo(namespace=namespace, name=name, actor=request.actor)
    shown = shown_of(repo)
    rev = shown.revision.sha1 if shown.is_proposed and shown.revision else "main"
    view = open_model(request, namespace, name, tab="card", revision=rev, is_title=True)
    reports = path_verdicts(view.revision)
    how = standing(view.repo, view.revision, actor=request.actor)
    report_url = reverse("governance:scan-report", args=[namespace, name, rev])
    context = {
        "view": view,
        "head": with_scan(view.head, reports, report_url),
        "rights": view.actions,
        "rev": rev,
        "shown": shown,
        "withdrawal": how.withdrawal,
        "lacks_terms": how.lacks_terms,
        **_card(view, reports, rev),
        **_rail(view, shown, reports, rev),
        **_plate(view, reports, how, actor=request.actor),
    }
    status = GONE if view.repo.is_withdrawn else 200
    return render_page(request, "catalog/card.html", context, fragment="card", status=status)


def _card(view: ModelView, reports: dict[str, PathReport], rev: str) -> dict[str, Any]:
    """The text with its contents, or why there is none."""
    card, readme = view.card, reports.get(README)
    is_held = card is not None and card.blob.state == BlobState.QUARANTINED
    is_shown = card is not None and not is_held
    return {
        "has_readme": readme is not None,
        "is_rendering": readme is not None and card is None,
        "is_held": is_held,
        "card_html": _html(card, view.repo, rev) if card is not None and is_shown else "",
        "contents": [
            (level > 2, anchor, text) for level, anchor, text in card.contents if level <= 3
        ][:MOST_CONTENTS]
        if card is not None and is_shown
        else [],
        "problems": card.problems if card is not None and view.actions["write"] else [],
    }


def _html(card: Card, repo: Repo, rev: str) -> str:
    where = [repo.namespace.name, repo.name]
    base = "/".join(quote(part) for part in where)
    return resolve_links(
        card.html,
        sha256=card.blob.sha256,
        files=f"/{base}/blob/{quote(rev)}/",
        images=f"/{base}/resolve/{quote(rev)}/",
    )


def _rail(
    view: ModelView, shown: Shown, reports: dict[str, PathReport], rev: str
) -> dict[str, Any]:
    facts = view.card.facts if view.card else {}
    repo, version = view.repo, view.version
    files = {path: report.entry for path, report in reports.items()}
    is_release = version is not None and version.revision_id == view.revision.pk
    title = version.title if version is not None and is_release else view.revision.sha1[:10]
    large = [report.path for report in biggest(reports)]
    return {
        "facts": facts_of(facts, weights_of(files), reports),
        "results": results_of(facts),
        "licence": licence_of(facts, f"{_files_address(repo, rev)}/"),
        "snippets": snippets_of(repo, view.revision, rev=rev, title=title, card=facts, files=large),
        "citation": citation_of(
            repo,
            title=view.head.title,
            owner=view.head.owner_name,
            version=version if is_release else None,
            moment=view.revision.created_at,
        ),
        "weekly": _daily(repo),
        "release": version if is_release else None,
    }


def _files_address(repo: Repo, rev: str) -> str:
    return f"/{quote(repo.namespace.name)}/{quote(repo.name)}/blob/{quote(rev)}"


def _plate(
    view: ModelView, reports: dict[str, PathReport], how: Standing, *, actor: Actor
) -> dict[str, Any]:
    """What can be fetched, and if not, why."""
    return {
        "verdict": worst_of(reports.values()).value,
        "blocked": sum(report.verdict == "dangerous" for report in reports.values()),
        "may_fetch_all": bool(reports)
        and all(may_fetch(r, how, actor=actor) for r in reports.values()),
        "large_files": [
            (report, may_fetch(report, how, actor=actor)) for report in biggest(reports)
        ],
        "has_files": any(not path.startswith(".") for path in reports),
    }


def _daily(repo: Repo) -> list[int]:
    """Downloads of the last 30 days, a number per day."""
    today = timezone.now().date()
    since = today - timedelta(days=DAYS - 1)
    found = dict(
        DailyDownloads.objects.filter(repo=repo, day__gte=since).values_list("day", "count")
    )
    return [found.get(since + timedelta(days=number), 0) for number in range(DAYS)] if found else []
