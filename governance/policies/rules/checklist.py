"""Reviewers have answered what the organisation wants to have looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.policies.facts import AnswerFact, Facts
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed
from governance.policies.rules.by_kind import KIND_TITLES, kinds_in
from governance.policies.rules.parameters import Kind, Parameter

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

MOST_QUESTIONS = 30
MAX_QUESTION = 200
ANSWERS: Mapping[str, _StrOrPromise] = {
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
    "not_applicable": gettext_lazy("Does not apply"),
}


def _kinds() -> Mapping[str, _StrOrPromise]:
    return KIND_TITLES


@dataclass(frozen=True, slots=True)
class Checklist(Rule):
    """Every question for the kind of review has been answered about exactly these files, and none with no."""

    questions: tuple[dict[str, Any], ...] = ()
    id: ClassVar[str] = "checklist"
    name: ClassVar = gettext_lazy("Checklist")
    is_waivable: ClassVar[bool] = True
    needs_change: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="questions",
            kind=Kind.ROWS,
            label=gettext_lazy("Questions"),
            help=gettext_lazy("Reviewers answer each with yes, no or that it does not apply."),
            most=MOST_QUESTIONS,
            key=("kind", "question"),
            columns=(
                Parameter(
                    name="kind",
                    kind=Kind.CHOICE,
                    label=gettext_lazy("Kind of review"),
                    choices=_kinds,
                    default="publish",
                ),
                Parameter(
                    name="question",
                    kind=Kind.TEXT,
                    label=gettext_lazy("Question"),
                    max_length=MAX_QUESTION,
                ),
            ),
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return _("Reviewers have gone through the checklist")

    def asked(self, kind: str) -> list[str]:
        """The questions for a kind of review, each once, in their order."""
        kinds = kinds_in(kind)
        return list(dict.fromkeys(q["question"] for q in self.questions if q["kind"] in kinds))

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail with what was answered with no, else leave what is open to people."""
        asked = self.asked(facts.kind)
        if not asked:
            return self.says(Outcome.PASS, _("No question is asked in this kind of review."))
        known = {
            question: facts.answers[question] for question in asked if question in facts.answers
        }
        evidence = [_told(question, answer) for question, answer in known.items()]
        denied = [_told(q, answer) for q, answer in known.items() if answer.answer == "no"]
        if denied:
            return self.says(Outcome.FAIL, " ".join(denied), evidence)
        open_ones = [question for question in asked if question not in known]
        if open_ones:
            reason = ngettext(
                "{n} question has no answer yet: {questions}",
                "{n} questions have no answer yet: {questions}",
                len(open_ones),
            ).format(n=len(open_ones), questions=listed(open_ones))
            return self.says(Outcome.DECIDE, reason, evidence)
        people = listed(list(dict.fromkeys(answer.by for answer in known.values())))
        return self.says(Outcome.PASS, _("Answered by {people}.").format(people=people), evidence)


def _told(question: str, answer: AnswerFact) -> str:
    """One answer as a line."""
    said = _("{question} {answer}, said {name} on {day}.").format(
        question=question,
        answer=ANSWERS[answer.answer],
        name=answer.by,
        day=date_format(answer.at, "j M Y"),
    )
    return f"{said} {answer.note}".strip()
