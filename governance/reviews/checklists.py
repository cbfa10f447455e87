"""Going through the policy's checklist: reviewers answer its questions one by one, about exactly what is under review."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.queries import require_person
from governance.policies.actions import adopt_policy
from governance.policies.effective import EffectivePolicy
from governance.policies.rules.checklist import Checklist
from governance.reviews.events import ChecklistAnswered
from governance.reviews.gathering import ChangeReview, holds, review_of
from governance.reviews.models import AnswerKind, ChecklistAnswer
from governance.reviews.queries import why_not_reviewer
from governance.reviews.subjects import Subject, closed_words, hold, is_open, require_open
from hub.core.actor import Actor
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from hub.core.events import emit
from hub.core.text import storable
from models_catalog.changes.models import Discussion
from models_catalog.repos.queries import require_active

MAX_NOTE = 1000


@dataclass(frozen=True, slots=True)
class Item:
    """One question, and the answer that stands for exactly what is under review."""

    question: str
    answer: ChecklistAnswer | None

    @property
    def id(self) -> str:
        """The question's name for programs and forms."""
        return question_id(self.question)


@dataclass(frozen=True, slots=True)
class Said:
    """What a reviewer says to one question, as it was sent; ``expected_sha1`` is the commit that they saw."""

    question: str
    answer: str
    note: str
    expected_sha1: str


def question_id(question: str) -> str:
    """A short name that is the same for the same words."""
    return hashlib.sha256(question.encode()).hexdigest()[:12]


def checklist_of(review: ChangeReview) -> list[Item]:
    """The questions that the policy asks in this kind of review, in their order, with what was answered: one query."""
    asked = _asked(review.effective, review.kind)
    if not asked:
        return []
    subject = review.subject
    rows = ChecklistAnswer.objects.filter(discussion=subject.discussion_id, voided_at=None)
    known = {
        answer.question: answer
        for answer in rows.select_related("reviewer")
        if holds(answer, subject, review.effective) and review.bench.seats(answer.reviewer)
    }
    return [Item(question, known.get(question)) for question in asked]


def why_not_answer(review: ChangeReview, *, actor: Actor) -> str | None:
    """Why the actor may not answer here; ``None`` when they may."""
    if actor.user is None:
        return _("Sign in to answer.")
    if not is_open(review.subject):
        return closed_words(review.subject)
    return why_not_reviewer(review.subject.repo, review, actor=actor)


@transaction.atomic
def answer_question(subject: Subject, said: Said, *, actor: Actor) -> ChecklistAnswer:
    """Answer one question of the checklist; it replaces the answer before. The same again changes nothing.

    ``said.question`` is its id. It binds as a decision does: to the commit, its manifest digest and the rules in force.
    """
    require_person(actor)
    assert actor.user is not None
    require_active(subject.repo, actor=actor)
    subject = hold(subject)
    require_open(subject)
    if subject.head.sha1 != said.expected_sha1:
        raise Conflict(_("A commit was added since you opened this page. Look at it again."))
    adopt_policy(subject.repo.namespace, actor=actor)
    review = review_of(subject)
    refusal = why_not_answer(review, actor=actor)
    if refusal is not None:
        raise Forbidden(refusal)
    item = next((each for each in checklist_of(review) if each.id == said.question), None)
    if item is None:
        raise NotFound(_("The checklist has no such question. Reload the page."))
    chosen, note = _checked(said)
    before = item.answer
    if before and (before.answer, before.note, before.reviewer_id) == (chosen, note, actor.user.pk):
        return before
    standing = ChecklistAnswer.objects.filter(
        discussion=subject.discussion_id, question=item.question, voided_at=None
    )
    standing.update(voided_at=timezone.now())
    made = ChecklistAnswer.objects.create(
        discussion=subject.discussion,
        question=item.question,
        answer=chosen,
        note=note,
        reviewer=actor.user,
        revision=subject.head,
        manifest_digest=subject.head.manifest_digest,
        policy=review.policy,
        rules_digest=review.effective.digest,
    )
    emit(
        ChecklistAnswered(
            actor=actor,
            repo=subject.repo,
            number=subject.discussion.number,
            question=item.question,
            answer=chosen.value,
            sha1=subject.head.sha1,
            manifest_digest=subject.head.manifest_digest,
            policy_version=review.policy.number,
            reason=note,
        )
    )
    return made


def void_answers(discussion: Discussion) -> None:
    """What is under review moved on: every question is open again."""
    standing = ChecklistAnswer.objects.filter(discussion=discussion, voided_at=None)
    standing.update(voided_at=timezone.now())


def _asked(effective: EffectivePolicy, kind: str) -> Sequence[str]:
    rule = next((each for each in effective.rules if isinstance(each, Checklist)), None)
    return rule.asked(kind) if rule else ()


def _checked(said: Said) -> tuple[AnswerKind, str]:
    if said.answer not in AnswerKind.values:
        raise Invalid(_("Answer with yes, no or not_applicable."), field="answer")
    note = " ".join(storable(said.note).split())
    if len(note) > MAX_NOTE:
        raise Invalid(
            _("The note is longer than {most} characters.").format(most=MAX_NOTE), field="note"
        )
    if not note and said.answer == AnswerKind.NO:
        raise Invalid(_("Say what is wrong: its makers have to know what to do."), field="note")
    return AnswerKind(said.answer), note
