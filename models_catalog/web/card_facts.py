"""What the rail of a card says, in words; no queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.ui.parts import Fact
from hub.ui.quantities import count
from models_catalog.artifacts.queries import Weights, formats_of
from models_catalog.cards.links import link_target
from models_catalog.revisions.verdicts import PathReport
from models_catalog.taxonomy.licences import Licence
from models_catalog.taxonomy.queries import language_name, library_name, licence_facts, task_title
from models_catalog.versions.models import Version
from models_catalog.web.catalog_filters import task_url

MOST = 8
BIGGEST = 3
RESULTS = 6
TYPES = {
    "F64": "float64",
    "F32": "float32",
    "F16": "float16",
    "BF16": "bfloat16",
    "F8_E4M3": "float8",
    "F8_E5M2": "float8",
    "I64": "int64",
    "I32": "int32",
    "I8": "int8",
    "U8": "uint8",
}


def named(values: Sequence[str]) -> str:
    """The first of some values, and how many more there are."""
    if len(values) <= MOST:
        return ", ".join(values)
    return _("%(some)s and %(n)d more") % {
        "some": ", ".join(values[:MOST]),
        "n": len(values) - MOST,
    }


def facts_of(
    card: Mapping[str, Any], weights: Weights, reports: Mapping[str, PathReport]
) -> list[Fact]:
    """Facts of the card and of the files, those that are known."""
    size = ""
    if weights.parameters:
        kind = TYPES.get(weights.main_type, weights.main_type)
        size = ", ".join(part for part in (count(weights.parameters), kind) if part)
    task = str(card.get("pipeline_tag", ""))
    known = [
        (_("Task"), task_title(task), task_url(task) if task else ""),
        (_("Parameters"), size, ""),
        (_("Languages"), named([language_name(code) for code in card.get("language", ())]), ""),
        (_("Formats"), ", ".join(formats_of(reports)), ""),
        (_("Library"), library_name(str(card.get("library_name", ""))), ""),
        (_("Training data"), named(card.get("datasets", ())), ""),
        (_("Measured by"), named(card.get("metrics", ())), ""),
    ]
    return [Fact(term, value, url) for term, value, url in known if value]


def review_of(version: Version | None, url: str) -> Fact | None:
    """How many people approved the shown version, with the way to what they said."""
    if version is None or not version.is_approved or version.released_at is None:
        return None
    said = ngettext(
        "%(version)s by %(n)d person, %(date)s",
        "%(version)s by %(n)d people, %(date)s",
        version.approvals,
    ) % {
        "version": version.title,
        "n": version.approvals,
        "date": date_format(version.released_at, "j M Y"),
    }
    return Fact(_("Approved"), said, url)


def results_of(card: Mapping[str, Any]) -> list[Fact]:
    """Test results that the card states."""
    rows = card.get("results", ())[:RESULTS]
    return [
        Fact(f"{row['dataset']}, {row['metric']}".strip(", "), row["value"])
        for row in rows
        if row["value"]
    ]


@dataclass(frozen=True, slots=True)
class LicenceSummary:
    """A licence with the address of its text, if one is known."""

    licence: Licence
    name: str
    url: str


def licence_of(card: Mapping[str, Any], files: str) -> LicenceSummary | None:
    """What the card's licence allows; ``files`` is the address of the root folder's files."""
    identifier = str(card.get("license", ""))
    if not identifier:
        return None
    licence = licence_facts(identifier)
    own_name = str(card.get("license_name", "")) if identifier in ("other", "unknown") else ""
    link = link_target(str(card.get("license_link", "")), files)
    return LicenceSummary(licence=licence, name=own_name or licence.label, url=link or licence.url)


def biggest(reports: Mapping[str, PathReport]) -> list[PathReport]:
    """The largest weights; of a model without any, its largest files, but none that only tools read."""
    seen = [r for r in reports.values() if not r.path.rsplit("/", 1)[-1].startswith(".")]
    weights = [report for report in seen if formats_of([report.path])]
    return sorted(weights or seen, key=lambda report: -report.entry.size)[:BIGGEST]
