"""``/<namespace>/<name>``: the card of a model."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.web.card_field_pages import asked_of
from governance.web.watch_menu import watch_menu
from hub.core.actor import Actor
from hub.ui.context import wants_less_data
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.artifacts.queries import weights_of
from models_catalog.cards.models import README
from models_catalog.downloads.access import Standing, may_fetch, standing
from models_catalog.downloads.recent import recent_downloads
from models_catalog.repos.queries import get_repo
from models_catalog.revisions.verdicts import PathReport, path_verdicts, worst_of
from models_catalog.search.family import family_of
from models_catalog.search.shown import shown_of
from models_catalog.storage.models import BlobState
from models_catalog.versions.models import Version
from models_catalog.web.card_citation import Cited, citations_of
from models_catalog.web.card_facts import biggest, facts_of, licence_of, results_of, review_of
from models_catalog.web.card_family import bases_of, children_of
from models_catalog.web.card_text import Place, card_text
from models_catalog.web.card_use import Pinned, snippets_of
from models_catalog.web.head import ModelView, open_model, with_scan

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
    is_saving = wants_less_data(request)
    place = Place(view.repo, rev, reports, how, actor=request.actor, is_saving=is_saving)
    context = {
        "view": view,
        "head": with_scan(view.head, reports, report_url),
        "rights": view.actions,
        "rev": rev,
        "shown": shown,
        "withdrawal": how.withdrawal,
        "lacks_terms": how.lacks_terms,
        "asks_for_fields": view.actions["write"] and bool(asked_of(view.repo)),
        "watch": watch_menu(view.repo, actor=request.actor),
        **_card(view, place),
        **_rail(view, reports, place),
        **_lineage(view),
        **_plate(reports, how, actor=request.actor),
    }
    status = GONE if view.repo.is_withdrawn else 200
    return render_page(request, "catalog/card.html", context, fragment="card", status=status)


def _card(view: ModelView, place: Place) -> dict[str, Any]:
    """The text with its contents, or why there is none."""
    card, has_readme = view.card, README in place.reports
    is_held = card is not None and card.blob.state == BlobState.QUARANTINED
    values: dict[str, Any] = {
        "has_readme": has_readme,
        "is_rendering": has_readme and card is None,
        "is_held": is_held,
        "card_html": "",
        "contents": [],
        "problems": card.problems if card is not None and view.actions["write"] else [],
    }
    if card is not None and not is_held:
        listed = [(level > 2, anchor, text) for level, anchor, text in card.contents if level <= 3]
        values |= {"card_html": card_text(card, place), "contents": listed[:MOST_CONTENTS]}
    return values


def _rail(view: ModelView, reports: dict[str, PathReport], place: Place) -> dict[str, Any]:
    """What stands beside the text, in the order of the rail."""
    card = view.card.facts if view.card else {}
    repo, release = view.repo, _release(view)
    pinned = Pinned(repo, release.title if release else view.revision.sha1)
    entries = {path: report.entry for path, report in reports.items()}
    review_url = _review_url(view, release)
    return {
        "release": release,
        "snippets": snippets_of(
            pinned,
            biggest(reports),
            library=str(card.get("library_name", "")),
            task=str(card.get("pipeline_tag", "")),
        ),
        "facts": [
            *filter(None, [review_of(release, review_url)]),
            *facts_of(card, weights_of(entries), reports),
        ],
        "results": results_of(card),
        "downloads": recent_downloads(repo),
        "licence": licence_of(card, place.files),
        "citations": citations_of(
            Cited(
                repo=repo,
                title=view.head.title,
                owner=view.head.owner_name,
                version=release.title if release else "",
                moment=view.revision.created_at,
            )
        ),
    }


def _release(view: ModelView) -> Version | None:
    """The version that the page shows; ``None`` when it shows work since then."""
    version = view.version
    return version if version is not None and version.revision_id == view.revision.pk else None


def _review_url(view: ModelView, release: Version | None) -> str:
    if release is None or not release.change_number:
        return ""
    where = [view.repo.namespace.name, view.repo.name, release.change_number]
    return reverse("governance:discussion", args=where)


def _lineage(view: ModelView) -> dict[str, Any]:
    """The tree of the rail, from what this card and those of others say."""
    names = view.card.facts.get("base_model", ()) if view.card else ()
    family = family_of(view.repo, names, actor=view.actor)
    return {
        "family": family,
        "bases": bases_of(family),
        "children": children_of(family),
    }


def _plate(reports: dict[str, PathReport], how: Standing, *, actor: Actor) -> dict[str, Any]:
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
