"""Gathering what one model's answer says: a constant number of queries."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from hub.api.shapes import shown
from hub.core.actor import Actor
from models_catalog.api.model_shapes import ModelShape
from models_catalog.cards.queries import card_of
from models_catalog.repos.models import Gating, Repo
from models_catalog.repos.queries import (
    has_accepted_terms,
    repo_rights,
    successor_of,
    terms_digest,
)
from models_catalog.search.models import SearchRow
from models_catalog.search.rows import draft_of
from models_catalog.search.shown import shown_of


def model_facts(repo: Repo, *, actor: Actor) -> dict[str, Any]:
    """The answer for one model, as it stands and as the actor may see it."""
    stands = shown_of(repo)
    card = card_of(stands.revision) if stands.revision else None
    downloads = SearchRow.objects.filter(repo=repo).values_list("downloads", flat=True).first()
    rights = repo_rights(repo, actor=actor)
    facts = dict(draft_of(repo).columns) | {
        "repo": repo,
        "downloads": downloads or 0,
        "facts": card.facts if card else {},
        "revision": stands.revision.sha1 if stands.revision else None,
        "manifest_digest": stands.revision.manifest_digest if stands.revision else None,
        "is_reviewed": repo.is_protected,
        "terms": terms_facts(repo, actor=actor),
        "withdrawal": withdrawal_facts(repo, actor=actor),
        "deprecation": deprecation_facts(repo, actor=actor),
        "archived_at": repo.archived_at,
        "rights": sorted(right.value for right in rights),
        "page": settings.PUBLIC_URL
        + reverse("catalog:model", args=[repo.namespace.name, repo.name]),
        "created_at": repo.created_at,
    }
    return shown(ModelShape, facts)


def terms_facts(repo: Repo, *, actor: Actor) -> dict[str, Any] | None:
    """What readers accept first; ``None`` when that is nothing."""
    if repo.gating == Gating.NONE:
        return None
    return {
        "text": repo.gating_terms,
        "sha256": terms_digest(repo),
        "accepted": has_accepted_terms(repo, actor=actor),
    }


def withdrawal_facts(repo: Repo, *, actor: Actor) -> dict[str, Any] | None:
    """Who took it back, when and why; ``None`` for a model that is there."""
    if repo.withdrawn_at is None:
        return None
    return {
        "by": repo.withdrawn_by.name if repo.withdrawn_by else settings.HUB_NAME,
        "at": repo.withdrawn_at,
        "reason": repo.withdrawn_reason,
        "successor": _successor(repo, actor=actor),
    }


def deprecation_facts(repo: Repo, *, actor: Actor) -> dict[str, Any] | None:
    """Who advises against it, since when and why; ``None`` for a model that nobody advises against."""
    if repo.deprecated_at is None:
        return None
    return {
        "by": repo.deprecated_by.name if repo.deprecated_by else settings.HUB_NAME,
        "at": repo.deprecated_at,
        "reason": repo.deprecated_reason,
        "successor": _successor(repo, actor=actor),
    }


def _successor(repo: Repo, *, actor: Actor) -> str | None:
    found = successor_of(repo, actor=actor)
    return found.full_name if found else None
