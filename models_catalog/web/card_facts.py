"""What the rail of a card says, in words; no queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hub.ui.parts import Fact, Snippet
from hub.ui.quantities import count, parameters
from models_catalog.artifacts.queries import Weights, formats_of
from models_catalog.cards.links import link_target
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision
from models_catalog.revisions.verdicts import PathReport
from models_catalog.taxonomy.licences import Licence
from models_catalog.taxonomy.queries import language_name, library_name, licence_facts, task_title
from models_catalog.versions.models import Version

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
        size = ", ".join(part for part in (parameters(weights.parameters), kind) if part)
    task = str(card.get("pipeline_tag", ""))
    known = [
        (_("Task"), task_title(task), f"/models?task={task}" if task else ""),
        (_("Parameters"), size, ""),
        (_("Languages"), named([language_name(code) for code in card.get("language", ())]), ""),
        (_("Formats"), ", ".join(formats_of(reports)), ""),
        (_("Library"), library_name(str(card.get("library_name", ""))), ""),
        (_("Made from"), named(card.get("base_model", ())), ""),
        (_("Training data"), named(card.get("datasets", ())), ""),
        (_("Measured by"), named(card.get("metrics", ())), ""),
    ]
    return [Fact(term, value, url) for term, value, url in known if value]


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
    """The largest files; those that only tools read are left out."""
    seen = [
        report for report in reports.values() if not report.path.rsplit("/", 1)[-1].startswith(".")
    ]
    return sorted(seen, key=lambda report: -report.entry.size)[:BIGGEST]


def snippets_of(
    repo: Repo,
    revision: Revision,
    *,
    rev: str,
    title: str,
    card: Mapping[str, Any],
    files: Sequence[str],
) -> list[Snippet]:
    """Ways to get the model that work with this hub as it is."""
    base = f"{settings.PUBLIC_URL}/{repo.full_name}"
    folder = f"{repo.name}-{title}"
    whole = (
        f"curl -L -o {folder}.zip \\\n  {base}/archive/{rev}.zip\n"
        f"unzip {folder}.zip\ncd {folder}\nsha256sum --check SHA256SUMS"
    )
    found = [Snippet(_("All files"), whole, _("Checks every file after the download"))]
    if files:
        one = f"curl -L -C - -O \\\n  {base}/resolve/{rev}/{files[0]}"
        found.append(Snippet(_("One file"), one, _("Goes on where it stopped")))
    code = _library_code(
        str(card.get("library_name", "")), str(card.get("pipeline_tag", "")), folder
    )
    if code:
        found.append(Snippet("Python", code, _("From the unpacked folder")))
    return found


def _library_code(library: str, task: str, folder: str) -> str:
    if library == "sentence-transformers":
        return (
            "from sentence_transformers import \\\n  SentenceTransformer\n\n"
            f'model = SentenceTransformer(\n  "./{folder}")\nmodel.encode(["A sentence"])'
        )
    if library == "transformers" and task:
        return f'from transformers import pipeline\n\nmodel = pipeline(\n  "{task}",\n  model="./{folder}")'
    return ""


def citation_of(repo: Repo, *, title: str, owner: str, version: Version | None, moment: Any) -> str:
    """How to name the model in a text."""
    what = f"{title}, {version.title}" if version else title
    return f"{owner} ({date_format(moment, 'Y')}). {what}. {settings.HUB_NAME} {repo.accession}. {settings.PUBLIC_URL}/acc/{repo.accession}"


def downloads_said(total: int) -> str:
    """``1,204 in 30 days``."""
    return _("%(n)s in 30 days") % {"n": count(total)}
