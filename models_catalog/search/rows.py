"""Working out what a repo's search row says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.namespaces.names import fold
from models_catalog.artifacts.queries import formats_of, weights_of
from models_catalog.cards.models import README, Card
from models_catalog.cards.queries import card_for_blob
from models_catalog.changes.models import DiscussionState
from models_catalog.lifecycle.queries import names_of
from models_catalog.repos.models import Repo
from models_catalog.revisions.queries import files_of
from models_catalog.revisions.trees import FileEntry
from models_catalog.revisions.verdicts import path_verdicts, worst_of
from models_catalog.search.models import Approval
from models_catalog.search.shown import Shown, shown_of
from models_catalog.search.words import MAX_CARD, MAX_NAME, MAX_SUMMARY, words_of
from models_catalog.storage.models import Verdict
from models_catalog.versions.models import Version, VersionState

SIZES = (
    ("under-100-mb", 100 * 10**6),
    ("100-mb-to-1-gb", 10**9),
    ("1-to-4-gb", 4 * 10**9),
    ("over-4-gb", None),
)
ARCHIVED, DEPRECATED = "archived", "deprecated"
MAX_VALUE = 120
BASE, RELATION = "base", "relation"  # for lineage; nobody filters by them
MAX_FACETS = 500
BARE = {".gitattributes"}  # what a model has before anybody has added a file


@dataclass(frozen=True, slots=True)
class Draft:
    """The columns of a row by name, and its (facet, value) pairs."""

    columns: Mapping[str, Any]
    facets: frozenset[tuple[str, str]]


def draft_of(repo: Repo) -> Draft:
    """The row of a repo as things stand: a fixed number of queries for a fixed depth of folders."""
    shown = shown_of(repo)
    files = files_of(shown.revision) if shown.revision else {}
    readme = files.get(README)
    card = card_for_blob(readme.blob_id) if readme else None
    columns = _columns(repo, shown, files, card)
    return Draft(columns=columns, facets=_facets(repo, columns, card))


def _columns(
    repo: Repo, shown: Shown, files: Mapping[str, FileEntry], card: Card | None
) -> dict[str, Any]:
    facts: Mapping[str, Any] = card.facts if card else {}
    title = card.title if card and card.title else repo.name
    name, *former = names_of(repo)
    summary = card.summary if card else ""
    revision, version = shown.revision, shown.version
    released_at = version.released_at if version else None
    return {
        "full_name": repo.full_name,
        "folded_name": f"{fold(repo.namespace.name)}/{fold(repo.name)}",
        "title": title,
        "summary": summary,
        "name_words": " ".join(
            words_of(f"{name} {title} {repo.accession} {' '.join(former)}", limit=MAX_NAME)
        ),
        "summary_words": " ".join(words_of(f"{summary} {_said(facts)}", limit=MAX_SUMMARY)),
        "card_words": " ".join(words_of(card.text if card else "", limit=MAX_CARD)),
        "task": str(facts.get("pipeline_tag", ""))[:60],
        "library": str(facts.get("library_name", ""))[:60],
        "license": str(facts.get("license", ""))[:80],
        "languages": list(facts.get("language", ()))[:MAX_FACETS],
        "formats": formats_of(files),
        "approval": _approval(repo, shown),
        "verdict": worst_of(path_verdicts(revision, files).values())
        if revision
        else Verdict.PENDING,
        "version_label": version.title if version else "",
        "version_count": Version.objects.filter(repo=repo, state=VersionState.RELEASED).count(),
        "parameters": weights_of(files).parameters,
        "total_size": revision.total_size if revision and set(files) - BARE else 0,
        "updated_at": released_at or (revision.created_at if revision else repo.created_at),
    }


def _said(facts: Mapping[str, Any]) -> str:
    """The facts that people search for in words."""
    lists = (facts.get("tags", ()), facts.get("datasets", ()), facts.get("base_model", ()))
    single = (facts.get("pipeline_tag", ""), facts.get("library_name", ""))
    return " ".join([*single, *(str(item) for items in lists for item in items)])


def _approval(repo: Repo, shown: Shown) -> Approval:
    if repo.is_withdrawn:
        return Approval.WITHDRAWN
    if shown.version is not None and shown.version.is_approved:
        return Approval.APPROVED
    asks = shown.change is not None and shown.change.discussion.state == DiscussionState.OPEN
    return Approval.IN_REVIEW if repo.is_protected and asks else Approval.NOT_REVIEWED


def _facets(
    repo: Repo, columns: Mapping[str, Any], card: Card | None
) -> frozenset[tuple[str, str]]:
    facts: Mapping[str, Any] = card.facts if card else {}
    pairs = [
        ("task", columns["task"]),
        ("library", columns["library"]),
        ("org", repo.namespace.name),
        ("approval", str(columns["approval"].value)),
        ("size", size_of(columns["total_size"]) if columns["total_size"] else ""),
        ("upkeep", ARCHIVED if repo.archived_at else ""),
        ("upkeep", DEPRECATED if repo.deprecated_at else ""),
        *(("licence", licence) for licence in facts.get("licenses", [columns["license"]])),
        *(("language", language.lower()) for language in columns["languages"]),
        *(("format", name) for name in columns["formats"]),
        *((BASE, base_name(name)) for name in facts.get("base_model", ())),
        (RELATION, str(facts.get("base_model_relation", ""))),
    ]
    return frozenset((facet, value) for facet, value in pairs if value and len(value) <= MAX_VALUE)


def base_name(name: str) -> str:
    """``namespace/name`` as cards write it, in the form that models are compared by; nothing for any other text."""
    namespace, slash, rest = name.strip().partition("/")
    return f"{fold(namespace)}/{fold(rest)}" if slash and namespace and rest else ""


def size_of(total: int) -> str:
    """The range of sizes that a number of bytes falls into."""
    return next(name for name, limit in SIZES if limit is None or total < limit)
