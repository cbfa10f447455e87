"""The catalogue: ``/models`` with words, filters and orders, all in its address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hub.core.errors import NotFound
from hub.ui.parts import Crumb
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.search.queries import Relaxation, find_models, relax
from models_catalog.taxonomy.queries import modalities, modality_of, task_summary, task_title
from models_catalog.web.catalog_filters import (
    TITLES,
    Address,
    chips_of,
    facets_of,
    label_of,
    read_address,
    sorts_of,
    task_url,
)
from models_catalog.web.result_rows import model_row, table_facts, total_of


@login_not_required
@require_safe
def models(request: HubRequest) -> HttpResponse:
    """Models that match, with what could narrow them further."""
    address = read_address(request.GET)
    only_task = address.pairs[0][1] if [name for name, _value in address.pairs] == ["task"] else ""
    context = _listed(address, request) | {
        "canonical": task_url(only_task) if only_task and "/" not in only_task else ""
    }
    return render_page(request, "catalog/models.html", context)


@login_not_required
@require_safe
def task(request: HubRequest, task: str) -> HttpResponse:
    """The catalogue of one task under its own heading; filters lead on to ``/models``."""
    asked = read_address(request.GET)
    query = replace(asked.query, text="", chosen={"task": (task,)})
    context = _listed(replace(asked, query=query), request)
    modality = modality_of(task)
    if context["is_empty"] and not modality:
        raise NotFound
    context |= {
        "heading": task_title(task),
        "summary": task_summary(task),
        "crumbs": [
            Crumb(_("Models"), reverse("catalog:model-list")),
            *([Crumb(modalities()[modality])] if modality else []),
            Crumb(task_title(task)),
        ],
    }
    return render_page(request, "catalog/models.html", context)


def _listed(address: Address, request: HubRequest) -> dict[str, Any]:
    """One page of models, and everything around it."""
    results = find_models(address.query, actor=request.actor)
    rows = [model_row(row) for row in results.page.rows]
    is_empty = not rows and address.query.cursor is None
    return {
        "section": "models",
        "search_query": address.query.text,
        "address": address,
        "chips": chips_of(address),
        "filter_count": sum(name != "q" for name, _value in address.pairs),
        "clear_url": address.url([]),
        "rows": rows,
        "lines": [
            (shown, table_facts(row)) for shown, row in zip(rows, results.page.rows, strict=True)
        ]
        if address.view
        else [],
        "page": results.page,
        "is_paged": bool(results.page.next_cursor or results.page.previous_cursor),
        "total": total_of(results.total),
        "facets": facets_of(address, results),
        "sorts": sorts_of(address),
        "rows_url": address.url(view=""),
        "table_url": address.url(view="table"),
        "sort_urls": {sort: address.url(sort=sort) for sort in ("name", "size", "downloads")},
        "wider": _wider(address, relax(address.query, actor=request.actor)) if is_empty else None,
        "is_empty": is_empty,
    }


def _wider(address: Address, relaxation: Relaxation | None) -> dict[str, object] | None:
    """What to say about the filter that rules out the most."""
    if relaxation is None:
        return None
    dropped = relaxation.dropped
    values = address.query.chosen.get(dropped, ())
    label = label_of(dropped, values[0]) if len(values) == 1 else TITLES[dropped]
    return {
        "is_text": dropped == "text",
        "title": TITLES[dropped],
        "label": format_lazy("{}", address.query.text if dropped == "text" else label),
        "total": total_of(relaxation.total),
        "url": address.without(dropped),
        "rows": [model_row(row) for row in relaxation.rows],
    }


@login_not_required
@require_safe
def search(request: HubRequest) -> HttpResponse:
    """The address that other hubs search at."""
    query = request.GET.urlencode()
    return redirect(f"/models?{query}" if query else "/models")
