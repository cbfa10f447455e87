"""The front page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.search.highlights import (
    approvals_by_quarter,
    counts_of,
    most_downloaded,
    newest_rows,
)
from models_catalog.search.queries import ModelQuery, count_models
from models_catalog.taxonomy.queries import modalities, modality_of, task_title
from models_catalog.web.cross_section import cross_section
from models_catalog.web.head import HUES
from models_catalog.web.result_rows import model_row, total_of

TASKS = 7
ROWS = 5
ICONS = {
    "nlp": "text",
    "audio": "audio-lines",
    "cv": "image",
    "multimodal": "layers",
    "tabular": "table",
    "rl": "workflow",
    "other": "globe",
}


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks of one kind of input: (id, title, models)."""

    title: str
    icon: str
    hue: str
    tasks: list[tuple[str, str, int]]


@login_not_required
@require_safe
def home(request: HubRequest) -> HttpResponse:
    """What there is, by task, and what is new."""
    actor = request.actor
    total = count_models(ModelQuery(), actor=actor)
    counts = counts_of("task", "org", "size", actor=actor)
    approved = newest_rows(actor=actor, number=ROWS, approval="approved")
    popular = most_downloaded(actor=actor, number=ROWS)
    context = {
        "hide_search": True,
        "is_filled": total > 0,
        "total": total_of(total),
        "owners": len(counts["org"]),
        "groups": task_groups(counts["task"]),
        "approved": [model_row(row) for row in approved],
        "popular": [model_row(row) for row in popular],
        "newest": [] if popular else [model_row(r) for r in newest_rows(actor=actor, number=ROWS)],
        "small": counts["size"].get("under-100-mb", 0),
        "section_drawing": cross_section(approvals_by_quarter(actor=actor)),
    }
    return render_page(request, "catalog/home.html", context)


def task_groups(counts: Mapping[str, int]) -> list[TaskGroup]:
    """The tasks that models are for, the most common first, by kind of input; unknown tasks come last."""
    groups = {
        modality: TaskGroup(title, ICONS[modality], HUES.get(modality, "d6"), [])
        for modality, title in modalities().items()
    }
    for task, number in counts.items():
        groups[modality_of(task) or "other"].tasks.append((task, task_title(task), number))
    for group in groups.values():
        del group.tasks[TASKS:]
    return [group for group in groups.values() if group.tasks]
