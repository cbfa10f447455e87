"""The answers to the catalogue's questions: may this be merged, moved, shown to more people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from governance.policies.locks import hold_policy
from governance.policies.rules.freshness import UpToDate
from governance.reviews.gathering import review_of, standings_of
from governance.reviews.requests.gate import is_granted
from governance.reviews.requests.models import RequestKind
from governance.reviews.requests.stage_moves import ALIAS, STAGE
from governance.reviews.requests.visibility_moves import VISIBILITY
from hub.core.gates import Refusal
from models_catalog.changes.gates import MergeQuestion
from models_catalog.changes.models import Change
from models_catalog.repos.gates import VisibilityQuestion
from models_catalog.repos.models import Repo
from models_catalog.revisions.actions import MAIN
from models_catalog.stages.gates import AliasQuestion, StageQuestion
from models_catalog.versions.models import VersionState


def answer_merge(question: MergeQuestion) -> list[Refusal]:
    """Every rule of the policy in force that exactly this revision does not meet, as sentences.

    Asked inside the transaction that merges, with the change locked: what it sees is what will be merged.
    """
    if question.revision.pk != question.change.head_id:
        return [Refusal(_("The change has moved on. Reload its page."))]
    hold_policy(question.change.repo.namespace)
    return [Refusal(check.reason) for check in review_of(question.change).blocking]


def count_approvals(change: Change) -> int:
    """How many approvals stand for the head of the change and count under the policy in force."""
    return len(standings_of([change])[change.pk].counting)


def answer_stage(question: StageQuestion) -> list[Refusal]:
    """Protected stages of reviewed models: only what a review granted."""
    if not question.is_guarded:
        return []
    return is_granted(
        RequestKind.PROMOTE,
        question.version,
        repo=question.version.repo,
        target=STAGE,
        name=question.to_stage,
        review=question.review,
    )


def answer_alias(question: AliasQuestion) -> list[Refusal]:
    """Protected aliases of reviewed models: only what a review granted."""
    if not question.is_guarded:
        return []
    version = question.version or question.replaced
    assert version is not None
    return is_granted(
        RequestKind.PROMOTE,
        question.version,
        repo=version.repo,
        target=ALIAS,
        name=question.alias,
        review=question.review,
    )


def answer_visibility(question: VisibilityQuestion) -> list[Refusal]:
    """What readers of a reviewed model would come to see meets the policy in force, or people agreed to show it.

    Asked with the model locked. Before its first release readers see nothing of it, whatever its visibility.
    """
    repo = question.repo
    if not repo.is_protected or repo.first_released_at is None:
        return []
    hold_policy(repo.namespace)
    refusals = _unmet(repo)
    if not refusals:
        return []
    ungranted = is_granted(
        RequestKind.PROMOTE,
        None,
        repo=repo,
        target=VISIBILITY,
        name=question.visibility,
        review=question.review,
    )
    return [*refusals, *ungranted] if ungranted else []


def _unmet(repo: Repo) -> list[Refusal]:
    """What the files that readers would see do not meet, by the review that released them."""
    released = Change.objects.filter(
        discussion__repo=repo,
        version__state=VersionState.RELEASED,
        version__revision__refs__repo=repo,
        version__revision__refs__name=MAIN,
    )
    change = (
        released.select_related(
            "discussion__repo__namespace", "discussion__author", "head__author", "base", "version"
        )
        .order_by("-pk")
        .first()
    )
    if change is None:
        return [Refusal(_("Nobody has reviewed the files that readers would see."))]
    checks = review_of(change).blocking
    # it has been merged: that "main" moved by this very merge is no lack
    return [Refusal(check.reason) for check in checks if check.rule != UpToDate.id]
