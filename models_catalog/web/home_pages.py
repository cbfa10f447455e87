"""The front page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.orgs.models import Organization
from accounts.orgs.queries import organizations_called
from governance.reviews.approvers import approvers_of
from hub.core.actor import Actor
from hub.ui.parts import ModelRow, Snippet
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest
from models_catalog.downloads.queries import Rising, rising
from models_catalog.search.highlights import (
    approvals_by_quarter,
    counts_of,
    figures,
    most_downloaded,
    newest_rows,
)
from models_catalog.search.queries import ModelQuery, count_models
from models_catalog.taxonomy.queries import modalities, modality_of, task_title
from models_catalog.web.attention import attention_of
from models_catalog.web.cross_section import cross_section
from models_catalog.web.head import HUES
from models_catalog.web.result_rows import model_row, total_of

TASKS = 7
ROWS = 5
OWNERS = 8
MOST_OWNERS = 60  # the largest publishers, among whom organisations are looked for
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


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A model in a panel of the front page, with what its last columns show."""

    row: ModelRow
    approvers: Sequence[str] = ()
    rise: Rising | None = None


@login_not_required
@require_safe
def home(request: HubRequest) -> HttpResponse:
    """What there is, by task, and what is new; on an empty hub, how to begin."""
    actor = request.actor
    total = count_models(ModelQuery(), actor=actor)
    context = {
        "hide_search": True,
        "is_filled": total > 0,
        "attention": attention_of(actor),
        "snippets": _snippets(),
        "hub_url": settings.PUBLIC_URL,
        **(_collection(total, actor) if total else {}),
    }
    return render_page(request, "catalog/home.html", context)


def _collection(total: int, actor: Actor) -> dict[str, Any]:
    """Everything about the models that there are."""
    counts = counts_of("task", "org", "size", actor=actor)
    return {
        "total": total_of(total),
        "owner_count": len(counts["org"]),
        "owners": _organizations(counts["org"]),
        "groups": task_groups(counts["task"]),
        "figures": figures(actor=actor),
        "small": counts["size"].get("under-100-mb", 0),
        "section_drawing": cross_section(approvals_by_quarter(actor=actor)),
        **_panels(actor),
    }


def _panels(actor: Actor) -> dict[str, list[HomeRow]]:
    """What was approved last; and what rises, else what is fetched most, else what is new."""
    approved = newest_rows(actor=actor, number=ROWS, approval="approved")
    names = approvers_of([row.pk for row in approved])
    risen = rising(actor=actor, number=ROWS)
    popular = [] if risen else most_downloaded(actor=actor, number=ROWS)
    newest = [] if risen or popular else newest_rows(actor=actor, number=ROWS)
    return {
        "approved": [HomeRow(model_row(row), names[row.pk]) for row in approved],
        "rising": [HomeRow(model_row(each.row), rise=each) for each in risen],
        "popular": [HomeRow(model_row(row)) for row in popular],
        "newest": [HomeRow(model_row(row)) for row in newest],
    }


def _organizations(counts: Mapping[str, int]) -> list[tuple[Organization, int]]:
    """The organisations with most models."""
    names = list(counts)[:MOST_OWNERS]
    known = organizations_called(names)
    return [(known[name], counts[name]) for name in names if name in known][:OWNERS]


def _snippets() -> list[Snippet]:
    """How programs reach this hub."""
    base = settings.PUBLIC_URL
    file = f"{base}/\\\n  OWNER/MODEL/resolve/main/FILE"
    python = (
        f'from urllib.request import urlopen\n\nhub = "{base}"\n'
        'path = "/OWNER/MODEL/resolve/main/FILE"\ndata = urlopen(hub + path).read()'
    )
    return [
        Snippet("curl", f"curl -L -C - -O \\\n  {file}", _("Goes on where it stopped")),
        Snippet("Python", python, _("Nothing to install")),
    ]


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
