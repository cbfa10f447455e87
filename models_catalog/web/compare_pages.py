"""``/compare/<a>...<b>``: two revisions of a model side by side."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from hub.core.errors import NotFound
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.artifacts.queries import weights_of
from models_catalog.cards.queries import card_of
from models_catalog.revisions.models import Revision
from models_catalog.revisions.queries import files_of
from models_catalog.revisions.verdicts import path_verdicts
from models_catalog.versions.names import Names, names_of
from models_catalog.versions.queries import NO_SUCH_REVISION, get_revision
from models_catalog.web.comparing import Side, scores_between, settings_between
from models_catalog.web.converters import is_revision_name
from models_catalog.web.file_changes import differences
from models_catalog.web.head import open_model


@login_not_required
@require_safe
def compare(
    request: HubRequest, namespace: str, name: str, before: str, after: str
) -> HttpResponse:
    """What changed from one revision to another: results, settings, files, and small texts line by line."""
    actor = request.actor
    view = open_model(request, namespace, name, tab="versions", revision=after)
    first = get_revision(view.repo, before, actor=actor)
    names = names_of(view.repo, actor=actor)
    reports = path_verdicts(view.revision)
    old = _side(first, before, names)
    new = _side(view.revision, after, names)
    found = differences(
        view.repo,
        first,
        view.revision,
        {path: report.verdict for path, report in reports.items()},
        actor=actor,
        full=request.GET.get("diff", ""),
    )
    settings, unchanged = settings_between(old, new)
    scores = scores_between(old, new)
    context = {
        "view": view,
        "head": view.head,
        "rights": view.actions,
        "names": names,
        "before": before,
        "after": after,
        "old": old,
        "new": new,
        "files": found,
        "rev": view.revision.sha1,
        "settings": settings,
        "unchanged": unchanged,
        "scores": scores,
        "better": sum(score.is_better is True for score in scores),
        "worse": sum(score.is_better is False for score in scores),
    }
    return render_page(request, "catalog/compare.html", context)


def _side(revision: Revision, name: str, names: Names) -> Side:
    card = card_of(revision)
    version = next((v for v in names.versions if v.revision_id == revision.pk), None)
    title = version.title if version else name[:10] if name == revision.sha1 else name
    return Side(
        revision=revision,
        title=title,
        card=card.facts if card else {},
        weights=weights_of(files_of(revision)),
    )


@login_not_required
@require_safe
def pick(request: HubRequest, namespace: str, name: str) -> HttpResponse:
    """Where the form that chooses two versions leads."""
    chosen = [request.GET.get(key, "").strip("/") or "main" for key in ("from", "to")]
    if not all(is_revision_name(each) for each in chosen):
        raise NotFound(NO_SUCH_REVISION)
    return redirect("catalog:compare", namespace, name, *chosen)
