"""Deciding about changes and requests, taking decisions back, and voiding those that something has overtaken."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.authz.queries import require_means, require_person
from governance.policies.actions import adopt_policy
from governance.policies.effective import EffectivePolicy, effective_policies, effective_policy
from governance.policies.events import PolicyChanged
from governance.policies.places import place_of, reached_by
from governance.reviews.binding import is_under
from governance.reviews.checklists import void_answers
from governance.reviews.events import DecisionMade, DecisionVoided
from governance.reviews.models import Decision, DecisionKind
from governance.reviews.queries import standing_decisions, why_not_decide
from governance.reviews.requests.models import ReviewRequest
from governance.reviews.subjects import Subject, hold, require_open
from hub.core.actor import Actor
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from hub.core.events import emit
from models_catalog.changes.events import ChangeUpdated
from models_catalog.changes.mentions import people_named
from models_catalog.changes.queries import OPEN_STATES
from models_catalog.repos.queries import repo_rights, require_active

MAX_REASON = 5000
BATCH = 500
NEW_COMMIT = "A new commit was pushed."
NEW_POLICY = "The policy changed."
DECIDED_AGAIN = "Its reviewer decided again."
TAKEN_BACK = "Its reviewer took it back."


@transaction.atomic
def decide(
    subject: Subject,
    *,
    kind: str,
    reason: str = "",
    actor: Actor,
    expected_sha1: str,
) -> Decision:
    """Say what one thinks of a change or a request as it stands at ``expected_sha1``; it replaces what one said before.

    The decision binds to the commit, its manifest digest, the policy's version and the rules in force. Saying the same
    again changes nothing. Raises ``Conflict`` when the subject has moved on, ``Forbidden`` with the sentence of ``why_not_decide``.
    """
    require_person(actor)
    assert actor.user is not None
    require_active(subject.repo, actor=actor)
    subject = hold(subject)
    _require_unmoved(subject, expected_sha1)
    adopt_policy(subject.repo.namespace, actor=actor)
    effective = effective_policy(subject.repo)
    chosen, reason = _checked(kind, reason)
    refusal = why_not_decide(subject, kind=chosen, actor=actor)
    if refusal is not None:
        raise Forbidden(refusal)
    before = standing_decisions(subject).filter(reviewer=actor.user).first()
    if before is not None:
        if _is_same(before, subject, effective, chosen, reason):
            return before
        void([before], because=DECIDED_AGAIN, actor=actor)
    decision = Decision.objects.create(
        discussion=subject.discussion,
        reviewer=actor.user,
        kind=chosen,
        reason=reason,
        as_security=Right.SECURITY in repo_rights(subject.repo, actor=actor),
        revision=subject.head,
        manifest_digest=subject.head.manifest_digest,
        policy=effective.policy,
        rules_digest=effective.digest,
    )
    emit(
        DecisionMade(
            actor=actor,
            repo=subject.repo,
            discussion=subject.discussion,
            number=subject.discussion.number,
            about=_about(subject),
            kind=chosen.value,
            as_security=decision.as_security,
            sha1=subject.head.sha1,
            manifest_digest=subject.head.manifest_digest,
            policy_version=effective.policy.number,
            reason=reason,
            concerns=people_named(reason, actor=actor),
        )
    )
    return decision


def _about(subject: Subject) -> str:
    return subject.kind if isinstance(subject, ReviewRequest) else "change"


def _require_unmoved(subject: Subject, expected_sha1: str) -> None:
    require_open(subject)
    if subject.head.sha1 != expected_sha1:
        raise Conflict(
            _("A commit was added since you opened this page. Look at what is new, then decide.")
        )


def _checked(kind: str, reason: str) -> tuple[DecisionKind, str]:
    if kind not in DecisionKind.values:
        raise Invalid(_("Choose approve, request changes or reject."), field="kind")
    reason = reason.strip()
    if len(reason) > MAX_REASON:
        raise Invalid(
            _("The reason is longer than {max_reason} characters.").format(max_reason=MAX_REASON),
            field="reason",
        )
    if not reason and kind != DecisionKind.APPROVE:
        raise Invalid(
            _("Say why: the people who made the change have to know what to do."), field="reason"
        )
    return DecisionKind(kind), reason


def _is_same(
    before: Decision, subject: Subject, effective: EffectivePolicy, kind: DecisionKind, reason: str
) -> bool:
    bound = (before.revision_id, before.policy_id, before.rules_digest)
    now = (subject.head_id, effective.policy.pk, effective.digest)
    return bound == now and (before.kind, before.reason) == (kind, reason)


@transaction.atomic
def withdraw_decision(subject: Subject, *, actor: Actor) -> None:
    """Take one's own standing decision back. Raises ``NotFound`` when there is none, ``Conflict`` after the end.

    It needs no right of the person, but no leaked token that may only read should take an objection out of the way.
    """
    repo = subject.repo
    require_means(actor, Right.REVIEW, namespace_id=repo.namespace_id, repo_id=repo.pk)
    require_active(repo, actor=actor)
    subject = hold(subject)
    require_open(subject)
    own = standing_decisions(subject).filter(reviewer=actor.user)
    if not own:
        raise NotFound(_("You have no decision here that could be taken back."))
    void(own, because=TAKEN_BACK, actor=actor)


def void(decisions: Iterable[Decision], *, because: str, actor: Actor) -> None:
    """Mark decisions as no longer counting; they stay on the page and in the record."""
    for decision in decisions:
        changed = Decision.objects.filter(pk=decision.pk, voided_at=None).update(
            voided_at=timezone.now(), voided_because=because
        )
        if changed:
            _tell(decision, because=because, actor=actor)


def _tell(decision: Decision, *, because: str, actor: Actor) -> None:
    thread = decision.discussion
    request = getattr(thread, "request", None)
    emit(
        DecisionVoided(
            actor=actor,
            repo=thread.repo,
            discussion=thread,
            number=thread.number,
            about=request.kind if request else "change",
            reviewer=decision.reviewer.username,
            kind=decision.kind,
            as_security=decision.as_security,
            sha1=decision.revision.sha1,
            manifest_digest=decision.manifest_digest,
            policy_version=decision.policy.number,
            reason=because,
        )
    )


def void_for_commit(event: ChangeUpdated) -> None:
    """A new commit voids every decision about the one before it, and every answer to the checklist."""
    void_answers(event.change.discussion)
    void(_with_thread(standing_decisions(event.change)), because=NEW_COMMIT, actor=event.actor)


def void_for_policy(event: PolicyChanged) -> None:
    """What is asked for changed: decisions on open threads under other rules than are in force now become void.

    The caller holds the policy, so that no decision comes between.
    """
    governed = Decision.objects.filter(
        discussion__repo__in=reached_by(place_of(event.policy)).values("pk"),
        discussion__state__in=OPEN_STATES,
        voided_at=None,
    )
    last = 0
    while some := list(_with_thread(governed.filter(pk__gt=last))[:BATCH]):
        last = some[-1].pk
        now = effective_policies(decision.discussion.repo for decision in some)
        overtaken = [each for each in some if not is_under(each, now[each.discussion.repo_id])]
        void(overtaken, because=NEW_POLICY, actor=event.actor)


def _with_thread(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    return decisions.select_related(
        "discussion__repo__namespace", "discussion__request", "reviewer", "revision", "policy"
    ).order_by("pk")
