"""Putting models under review because a policy asks for approvals."""

from __future__ import annotations

from accounts.namespaces.models import Preset
from governance.policies.effective import effective_policy
from governance.policies.events import ModelProtected
from governance.policies.layering import Stored
from governance.policies.models import Layer
from governance.policies.places import Place, reached_by
from governance.policies.rules.approvals import Approvals
from governance.policies.rules.by_kind import PublishReviews
from hub.core.events import emit
from models_catalog.repos.actions import protect_repos
from models_catalog.repos.events import RepoCreated
from models_catalog.repos.models import Repo


def asks_for_review(preset: str, rules: Stored) -> bool:
    """Whether ``main`` of the models has to be protected for the rules to mean anything."""
    asked = (rules.get(rule, {}).get("count", 0) for rule in (Approvals.id, PublishReviews.id))
    return preset not in ("", Preset.OPEN) or any(asked)


def protect_models(place: Place, preset: str, rules: Stored) -> int:
    """Protect the models that a policy at this place reaches, where it asks for review; how many were not before."""
    if not asks_for_review(preset, rules):
        return 0
    if place.layer == Layer.NAMESPACE and place.namespace is not None:
        return protect_repos(place.namespace)
    reached = reached_by(place).filter(is_protected=False)
    return reached.update(is_protected=True)


def protect_new(event: RepoCreated) -> None:
    """A model that is added where a policy asks for approvals begins under review, whatever its namespace begins with."""
    repo = event.repo
    if repo.is_protected or not effective_policy(repo).approvals_needed[0]:
        return
    Repo.objects.filter(pk=repo.pk).update(is_protected=True)
    repo.is_protected = True
    emit(ModelProtected(actor=event.actor, repo=repo))
