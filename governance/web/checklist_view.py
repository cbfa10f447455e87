"""The checklist of a review as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from governance.reviews.checklists import Item, checklist_of, why_not_answer
from governance.reviews.gathering import ChangeReview
from governance.reviews.models import AnswerKind
from governance.web.review_forms import AnswerForm
from hub.core.actor import Actor
from hub.ui.parts import Badge, Tab

MARKS = {
    AnswerKind.YES: ("ok", "circle-check"),
    AnswerKind.NO: ("bad", "circle-x"),
    AnswerKind.NOT_APPLICABLE: ("info", "circle-slash"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One question; ``form`` is for those who may answer it."""

    item: Item
    form: AnswerForm | None

    @property
    def mark(self) -> Badge | None:
        """What was answered, with its colour and icon."""
        answer = self.item.answer
        if answer is None:
            return None
        return Badge(answer.get_answer_display(), *MARKS[AnswerKind(answer.answer)])


def checklist_context(
    review: ChangeReview | None, *, actor: Actor, refused: AnswerForm | None = None
) -> dict[str, Any]:
    """The rows of the checklist and why the visitor answers none; nothing about what is over."""
    items = checklist_of(review) if review else []
    if review is None or not items:
        return {"checklist": []}
    why_not = why_not_answer(review, actor=actor)
    rows = [Row(item, None if why_not else _form(item, review, refused)) for item in items]
    answered = sum(item.answer is not None for item in items)
    return {"checklist": rows, "answered": answered, "why_not_answer": why_not}


def tabs_of(rows: Sequence[Row]) -> list[Tab]:
    """The link to the checklist among the parts of the page, where there is one."""
    return [Tab(_("Checklist"), "#checklist", len(rows))] if rows else []


def _form(item: Item, review: ChangeReview, refused: AnswerForm | None) -> AnswerForm:
    if refused is not None and refused.data.get("question") == item.id:
        return refused
    said = item.answer
    return AnswerForm(
        initial={
            "expected_sha1": review.subject.head.sha1,
            "question": item.id,
            "answer": said.answer if said else "",
            "note": said.note if said else "",
        }
    )
