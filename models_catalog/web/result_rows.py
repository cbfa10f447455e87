"""Search rows as lists show them; no queries."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.ui.parts import ModelRow
from hub.ui.quantities import count, filesize, parameters
from models_catalog.repos.models import Gating, Repo, Visibility
from models_catalog.search.models import SearchRow
from models_catalog.search.queries import MOST_COUNTED
from models_catalog.storage.models import Verdict
from models_catalog.taxonomy.queries import language_name, licence_label, modality_of, task_title
from models_catalog.web.head import HUES

FEW_LANGUAGES = 2


def model_row(row: SearchRow) -> ModelRow:
    """A row of results; its repo and namespace should have been fetched with it."""
    return ModelRow(
        full_name=row.full_name,
        url=address_of(row),
        description=row.summary,
        meta=[*_facts(row)],
        versions=row.version_count,
        hue=hue_of(row.task),
        approval=row.approval,
        is_blocked=row.verdict == Verdict.DANGEROUS,
        downloads=row.downloads or None,
        version=row.version_label,
        updated_at=row.updated_at,
        access=access_of(row.repo),
        upkeep=upkeep_of(row.repo),
    )


def table_facts(row: SearchRow) -> dict[str, str]:
    """The columns of the compact table; empty where nothing is known."""
    return {
        "task_title": task_title(row.task),
        "licence": licence_label(row.license) if row.license else "",
        "parameters": parameters(row.parameters) if row.parameters else "",
        "size": filesize(row.total_size),
    }


def address_of(row: SearchRow) -> str:
    """The page of the model."""
    return reverse("catalog:model", args=row.full_name.split("/"))


def hue_of(task: str) -> str:
    """The colour of a task's kind of input."""
    return HUES.get(modality_of(task), "d6")


def _facts(row: SearchRow) -> Iterable[str]:
    if row.task:
        yield task_title(row.task)
    if row.parameters:
        yield parameters(row.parameters)
    if row.total_size:
        yield filesize(row.total_size)
    if row.license:
        yield licence_label(row.license)
    if row.languages:
        yield languages_of(row.languages)
    if row.formats:
        yield ", ".join(row.formats)


def languages_of(codes: list[str]) -> str:
    """``Swahili, English``, or only their number when there are many."""
    if len(codes) <= FEW_LANGUAGES:
        return ", ".join(language_name(code) for code in codes)
    return ngettext("%(n)d language", "%(n)d languages", len(codes)) % {"n": len(codes)}


def access_of(repo: Repo) -> str | Promise:
    """Why not everybody can fetch it, in a few words; nothing when everybody can."""
    if repo.visibility == Visibility.PRIVATE:
        return _("Private")
    if repo.visibility == Visibility.INTERNAL:
        return _("Signed-in people only")
    return _("Terms to accept") if repo.gating != Gating.NONE else ""


def upkeep_of(repo: Repo) -> str | Promise:
    """That nobody should begin to use it, in a word; nothing for what is kept up."""
    if repo.archived_at is not None:
        return _("Archived")
    return _("Deprecated") if repo.deprecated_at is not None else ""


def total_of(number: int) -> str:
    """``34 models``, ``10,000+ models``."""
    if number >= MOST_COUNTED:
        return _("%(n)s+ models") % {"n": count(MOST_COUNTED - 1)}
    return ngettext("%(n)s model", "%(n)s models", number) % {"n": count(number)}
