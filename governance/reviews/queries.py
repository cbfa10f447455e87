"""Reading decisions, and why somebody may not take one: the sentences that pages show beforehand."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.authz.policy import RIGHT_TITLES, Right
from governance.checks.gathering import current_verdict
from governance.policies.outcomes import Outcome
from governance.policies.rules.objections import NoObjections
from governance.policies.rules.verdicts import WAIVABLE, Verdicts
from governance.reviews.gathering import ChangeReview, review_of
from governance.reviews.models import Decision, DecisionKind
from governance.reviews.people import DECIDING
from governance.reviews.subjects import CLOSED, Subject, closed_words, is_open, made_it_words
from governance.scanning.models import Waiver
from hub.core.actor import Actor
from hub.core.errors import NotFound
from models_catalog.changes.models import Change
from models_catalog.changes.queries import OPEN_STATES
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import repo_rights
from models_catalog.revisions.models import Occurrence
from models_catalog.revisions.verdicts import PathReport
from models_catalog.storage.models import Verdict

MOST_WAIVERS = 100
REFUSED_WAIVERS = {
    Verdict.SAFE: gettext_lazy("Scanning has cleared this file: there is nothing to answer for."),
    Verdict.PENDING: gettext_lazy("This file is still being scanned. Wait for what scanning says."),
    Verdict.ERROR: gettext_lazy(
        "The scan of this file failed, so nobody knows what is in it. It has to be scanned first."
    ),
    Verdict.DANGEROUS: gettext_lazy(
        "This file is dangerous to open. Nobody can answer for that; it has to be removed."
    ),
}


def decisions_of(subject: Subject) -> QuerySet[Decision]:
    """Every decision about a change or a request in order, those that are void as well."""
    decisions = Decision.objects.filter(discussion=subject.discussion_id)
    return decisions.select_related("reviewer", "revision", "policy").order_by("pk")


def standing_decisions(subject: Subject) -> QuerySet[Decision]:
    """The decisions that nobody and nothing has voided, at most one for each reviewer."""
    return decisions_of(subject).filter(voided_at=None)


def waivers_of(repo: Repo) -> QuerySet[Waiver]:
    """The waivers in force for files of a model, newest first."""
    waivers = Waiver.objects.filter(repo=repo, expires_at__gt=timezone.now())
    return waivers.select_related("given_by", "blob").order_by("-pk")


def get_waiver(repo: Repo, waiver_id: int) -> Waiver:
    """One waiver in force. Raises ``NotFound``. Callers got the model by its door."""
    found = waivers_of(repo).filter(pk=waiver_id).first()
    if found is None:
        raise NotFound(_("There is no such waiver, or it has ended."))
    return found


def waivers_among(repo: Repo, reports: Mapping[str, PathReport]) -> list[tuple[str, Waiver]]:
    """The newest ``MOST_WAIVERS`` waivers in force that speak of some files, each with the path."""
    paths = {report.entry.blob_id: path for path, report in reports.items()}
    given = waivers_of(repo)[:MOST_WAIVERS]
    return [(paths[each.blob_id], each) for each in given if each.blob_id in paths]


def why_not_decide(
    subject: Subject,
    *,
    actor: Actor,
    kind: str = DecisionKind.APPROVE,
    review: ChangeReview | None = None,
) -> str | None:
    """Why the actor may not decide this about the change or request, as a sentence; ``None`` when they may."""
    if actor.user is None:
        return _("Sign in to decide.")
    if not is_open(subject):
        return closed_words(subject)
    review = review or review_of(subject)
    refusal = why_not_reviewer(subject.repo, review, actor=actor, kind=kind)
    if refusal or kind != DecisionKind.APPROVE:
        return refusal
    for check in review.checks:
        if check.outcome == Outcome.FAIL and check.rule != NoObjections.id:
            return _("Nobody can approve while a check fails. {reason}").format(reason=check.reason)
    return None


def why_not_reviewer(
    repo: Repo, review: ChangeReview, *, actor: Actor, kind: str = DecisionKind.APPROVE
) -> str | None:
    """Why the word of the actor does not count here; the caller has asked whether somebody is signed in."""
    assert actor.user is not None
    if actor.user.pk in review.bench.makers:
        return made_it_words(review.subject)
    if actor.user.is_robot:
        return _("A service account decides about nothing. A person has to look at this.")
    if not repo_rights(repo, actor=actor) & set(DECIDING):
        title = RIGHT_TITLES[Right.REVIEW]
        return _("You may not decide here: it needs the right “{title}” on {full_name}.").format(
            title=title, full_name=repo.full_name
        )
    if review.bench.seats(actor.user):
        return None
    if kind != DecisionKind.APPROVE and actor.user.is_instance_security:
        return None
    return _(
        "{namespace} has reviewers of its own. The hub’s reviewers stand in only where there are too few."
    ).format(namespace=repo.namespace.name)


def why_not_waive(review: ChangeReview, report: PathReport, *, actor: Actor) -> str | None:
    """Why the actor may not answer for this file of the change's head; ``None`` when they may."""
    change = review.change
    if actor.user is None:
        return _("Sign in to answer for a file.")
    if change.discussion.state not in OPEN_STATES:
        return str(CLOSED)
    verdict = current_verdict(report, change.head)
    if verdict not in WAIVABLE:
        return str(REFUSED_WAIVERS[verdict])
    refusal = why_not_reviewer(change.repo, review, actor=actor)
    if refusal is not None:
        return refusal
    if actor.user.pk in _brought(change.repo, report):
        return _("You brought these bytes to this model, so somebody else has to answer for them.")
    return None


def files_to_answer_for(review: ChangeReview, *, actor: Actor, most: int) -> dict[str, str | None]:
    """The first files that somebody has to answer for, each with the reason why the actor may not."""
    check = next((each for each in review.checks if each.rule == Verdicts.id), None)
    if check is None or check.outcome != Outcome.DECIDE:
        return {}
    return {
        path: why_not_waive(review, review.reports[path], actor=actor)
        for path in check.evidence[:most]
    }


def _brought(repo: Repo, report: PathReport) -> set[int]:
    """Who first committed these bytes to the repo."""
    brought = Occurrence.objects.filter(repo=repo, blob_id=report.entry.blob_id)
    return set(brought.values_list("first_revision__author_id", flat=True))


def why_not_merge(change: Change, *, actor: Actor, review: ChangeReview) -> list[str]:
    """Every reason why the actor cannot merge the change now; none means that they can."""
    if change.discussion.state not in OPEN_STATES:
        return [str(CLOSED)]
    reasons = [check.reason for check in review.blocking]
    if Right.WRITE not in repo_rights(change.repo, actor=actor):
        title = RIGHT_TITLES[Right.WRITE]
        reasons.append(
            _("Merging needs the right “{title}” on {full_name}.").format(
                title=title, full_name=change.repo.full_name
            )
        )
    return reasons


def why_not_carry_out(review: ChangeReview, *, actor: Actor) -> list[str]:
    """Every reason why the actor cannot merge the change, or have the request granted, now."""
    if isinstance(review.subject, Change):
        return why_not_merge(review.subject, actor=actor, review=review)
    if not is_open(review.subject):
        return [closed_words(review.subject)]
    return [check.reason for check in review.blocking]
