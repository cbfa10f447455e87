"""Shape and types of what reviewers send; rules live in the actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from governance.policies.rules.by_kind import MOST_DAYS as MOST_DAYS_TO_REVIEW
from governance.reviews.checklists import MAX_NOTE
from governance.reviews.models import AnswerKind, DecisionKind
from governance.reviews.queues.models import QueueKind, Risk
from governance.reviews.queues.queries import Narrowing
from governance.reviews.requests.check_waivers import MOST_DAYS as MOST_DAYS_OF_RULES
from governance.reviews.waivers import MOST_DAYS
from hub.ui.forms import ActionForm
from hub.ui.widgets import Choices, Text

COMMENT = "comment"
KINDS = [
    (DecisionKind.APPROVE.value, _("Approve")),
    (DecisionKind.REQUEST_CHANGES.value, _("Request changes")),
    (DecisionKind.REJECT.value, _("Reject")),
    (COMMENT, _("Comment only")),
]


class PlacedForm(ActionForm):
    """A form beside others on one page: ``place`` keeps the ids of their fields apart."""

    place: ClassVar[str]

    def __init__(
        self, data: QueryDict | None = None, *, initial: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(data, auto_id=f"{self.place}-%s", initial=dict(initial or {}))


class ActForm(PlacedForm):
    """A button about a change as its page showed it."""

    place = "act"
    expected_sha1 = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DecisionForm(PlacedForm):
    """What somebody thinks of a change. ``closed`` maps choices that cannot be made to the reason."""

    place = "decide"
    expected_sha1 = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Everybody who may see this thread reads it. Say what you checked; needed unless you approve."
        ),
    )
    kind = forms.ChoiceField(label=_("Decision"), choices=KINDS, widget=Choices)

    def explain(self, consequences: Mapping[str, Text], closed: Mapping[str, Text]) -> None:
        """Say under each choice what it leads to, or why it cannot be made."""
        widget = self.fields["kind"].widget
        assert isinstance(widget, Choices)
        widget.consequences, widget.closed = dict(consequences), dict(closed)


class CommentForm(PlacedForm):
    """Something to say in a thread."""

    place = "comment"
    body = forms.CharField(
        label=_("Comment"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Plain text; empty lines separate paragraphs. @name tells a person of it."),
    )


class DiscussionForm(CommentForm):
    """A new thread."""

    title = forms.CharField(label=_("Title"), max_length=200)
    field_order = ("title", "body")


class WaiverForm(PlacedForm):
    """An answer for one file that scanning cannot clear."""

    place = "waive"
    expected_sha1 = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    path = forms.ChoiceField(label=_("File"))
    reason = forms.CharField(
        label=_("Why it may stay"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Say what you looked at. Everybody who may see the change reads it."),
    )
    days = forms.IntegerField(
        label=_("Days until it ends"), initial=30, min_value=1, max_value=MOST_DAYS
    )

    def offer(self, paths: Sequence[str]) -> None:
        """The files that can be answered for."""
        self.fields["path"].choices = [(path, path) for path in paths]  # type: ignore[attr-defined]


class CheckWaiverForm(PlacedForm):
    """An answer for one rule that a change does not meet."""

    place = "excuse"
    expected_sha1 = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    rule = forms.ChoiceField(label=_("Rule"))
    reason = forms.CharField(
        label=_("Why it may do without"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Holds for exactly these files. Everybody who may see the change reads it."),
    )
    days = forms.IntegerField(
        label=_("Days until it ends"), initial=30, min_value=1, max_value=MOST_DAYS_OF_RULES
    )

    def offer(self, rules: Mapping[str, str]) -> None:
        """The rules that can be answered for, with their titles."""
        self.fields["rule"].choices = list(rules.items())  # type: ignore[attr-defined]


class AnswerForm(PlacedForm):
    """The answer to one question of the checklist; ``question`` is its id."""

    expected_sha1 = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    question = forms.CharField(max_length=12, widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("Answer"), choices=AnswerKind.choices, widget=Choices)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What you looked at; needed when the answer is no."),
    )

    def __init__(
        self, data: QueryDict | None = None, *, initial: Mapping[str, object] | None = None
    ) -> None:
        known = data if data is not None else initial or {}
        self.place = f"answer-{known.get('question', '')}"  # type: ignore[misc]
        super().__init__(data, initial=initial)


class AssignForm(PlacedForm):
    """Who is asked to decide, and by when."""

    place = "assign"
    reviewer = forms.ChoiceField(label=_("Who"))
    days = forms.IntegerField(
        label=_("Days until it is due"), min_value=1, max_value=MOST_DAYS_TO_REVIEW
    )
    instead_of = forms.ChoiceField(label=_("Instead of"), required=False)

    def offer(self, people: Sequence[User]) -> None:
        """Those who could decide."""
        self.fields["reviewer"].choices = [(p.username, p.name) for p in people]  # type: ignore[attr-defined]

    def offer_before(self, people: Sequence[User]) -> None:
        """Those who are asked now."""
        nobody = ("", _("Nobody: as well"))
        asked = [(person.username, person.name) for person in people]
        self.fields["instead_of"].choices = [nobody, *asked]  # type: ignore[attr-defined]


class QueueForm(forms.Form):
    """How a queue is narrowed and ordered; nothing in it can be wrong."""

    q = forms.CharField(
        label=_("Find"),
        required=False,
        max_length=100,
        widget=forms.TextInput(
            attrs={
                "class": "in small auto",
                "type": "search",
                "placeholder": _("Title, model, author"),
            }
        ),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("Every kind")), *QueueKind.choices],
        widget=forms.Select(attrs={"class": "in small auto"}),
    )
    risk = forms.ChoiceField(
        label=_("Risk"),
        required=False,
        choices=[
            ("", _("Every risk")),
            *((risk.name.lower(), risk.label) for risk in reversed(Risk)),
        ],
        widget=forms.Select(attrs={"class": "in small auto"}),
    )
    late = forms.BooleanField(label=_("Past the due date"), required=False)
    blocked = forms.BooleanField(label=_("Blocked by scan"), required=False)
    asked = forms.CharField(
        label=_("Asked to decide"),
        required=False,
        max_length=100,
        widget=forms.TextInput(
            attrs={"class": "in small auto", "placeholder": _("Asked to decide: name")}
        ),
    )
    sort = forms.ChoiceField(
        label=_("Sort"),
        required=False,
        choices=[("", _("Due first")), ("newest", _("Newest first"))],
        widget=forms.Select(attrs={"class": "in small auto"}),
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="queue-%s")
        self.full_clean()

    @property
    def words(self) -> str:
        """What titles, models or authors must hold."""
        return str(self.cleaned_data.get("q", ""))

    @property
    def narrowing(self) -> Narrowing:
        """What is left out."""
        said = self.cleaned_data
        risk = said.get("risk")
        return Narrowing(
            words=self.words,
            kind=said.get("kind", ""),
            asked=said.get("asked", ""),
            risk=Risk[risk.upper()] if risk else None,
            is_late=bool(said.get("late")),
            is_blocked=bool(said.get("blocked")),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.narrowing != Narrowing()

    @property
    def newest_first(self) -> bool:
        """Whether the order is turned round."""
        return bool(self.cleaned_data.get("sort") == "newest")
