"""The catalogue: ``/models`` with words, filters and orders, all in its address."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.views.decorators.http import require_safe

from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.search.queries import Relaxation, find_models, relax
from models_catalog.web.catalog_filters import (
    TITLES,
    Address,
    chips_of,
    facets_of,
    label_of,
    read_address,
    sorts_of,
)
from models_catalog.web.result_rows import model_row, table_facts, total_of


@login_not_required
@require_safe
def models(request: HubRequest) -> HttpResponse:
    """Models that match, with what could narrow them further."""
    address = read_address(request.GET)
    results = find_models(address.query, actor=request.actor)
    rows = [model_row(row) for row in results.page.rows]
    is_empty = not rows and address.query.cursor is None
    context = {
        "section": "models",
        "search_query": address.query.text,
        "address": address,
        "chips": chips_of(address),
        "clear_url": address.url([]),
        "rows": rows,
        "lines": [(model_row(row), table_facts(row)) for row in results.page.rows]
        if address.view
        else [],
        "page": results.page,
        "total": total_of(results.total),
        "facets": facets_of(address, results),
        "sorts": sorts_of(address),
        "rows_url": address.url(view=""),
        "table_url": address.url(view="table"),
        "sort_urls": {sort: address.url(sort=sort) for sort in ("name", "size", "downloads")},
        "wider": _wider(address, relax(address.query, actor=request.actor)) if is_empty else None,
        "is_empty": is_empty,
    }
    return render_page(request, "catalog/models.html", context)


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
def task(request: HubRequest, task: str) -> HttpResponse:
    """Models for one task."""
    return redirect(f"/models?{urlencode({'task': task})}")


@login_not_required
@require_safe
def search(request: HubRequest) -> HttpResponse:
    """The address that other hubs search at."""
    query = request.GET.urlencode()
    return redirect(f"/models?{query}" if query else "/models")
