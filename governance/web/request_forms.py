"""What somebody asks others to agree to, one form for each kind of request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from governance.policies.effective import effective_policy
from governance.reviews.requests.check_waivers import MOST_DAYS, waivable_rules
from governance.reviews.requests.kinds import OF_VERSION, YANK, Wish
from governance.reviews.requests.models import RequestKind
from governance.reviews.requests.stage_moves import ALIAS, STAGE
from governance.reviews.requests.visibility_moves import VISIBILITY
from hub.core.actor import Actor
from hub.ui.forms import ActionForm
from models_catalog.changes.models import Change
from models_catalog.changes.queries import OPEN_STATES, get_change, visible_discussions
from models_catalog.repos.gates import is_wider
from models_catalog.repos.models import Repo, Visibility
from models_catalog.stages.queries import protected_aliases, stages_of
from models_catalog.versions.models import Version, VersionState
from models_catalog.versions.queries import get_version, visible_versions

SHOWN = 100


class AskForm(ActionForm):
    """Why something should happen."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever decides reads it first. Say what you looked at and what follows."),
    )

    def __init__(
        self, data: QueryDict | None, *, repo: Repo, actor: Actor, initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.repo, self.actor = repo, actor
        self.offer()

    def offer(self) -> None:
        """Fill in what can be chosen."""

    def wish(self) -> Wish:
        """What was asked for."""
        return Wish(self.repo)

    def choose(self, field: str, choices: Sequence[tuple[str, object]]) -> None:
        """Let one of these be chosen."""
        self.fields[field].choices = choices  # type: ignore[attr-defined]


class OfVersionForm(AskForm):
    """Something about a released version."""

    version = forms.ChoiceField(label=_("Version"))
    field_order: Sequence[str] = ("version", "reason")

    def offer(self) -> None:
        """The released versions, newest first."""
        rows = visible_versions(self.repo, actor=self.actor).filter(state=VersionState.RELEASED)
        self.choose("version", [(str(each.number), each.title) for each in rows[:SHOWN]])

    def chosen_version(self) -> Version:
        """The one that was chosen."""
        return get_version(self.repo, int(self.cleaned_data["version"]), actor=self.actor)

    def wish(self) -> Wish:
        """See the class."""
        return Wish(self.repo, self.chosen_version())


class PromoteForm(OfVersionForm):
    """A version for a stage or an alias."""

    to = forms.ChoiceField(
        label=_("Where to"),
        help_text=_("What is not protected moves on the page of the version, without a review."),
    )
    field_order: Sequence[str] = ("version", "to", "reason")

    def offer(self) -> None:
        """Protected stages and aliases."""
        super().offer()
        namespace = self.repo.namespace
        stages = [
            (f"{STAGE}:{each.name}", each.title)
            for each in stages_of(namespace)
            if each.is_protected
        ]
        aliases = [(f"{ALIAS}:{name}", f"@{name}") for name in protected_aliases(namespace)]
        out = [(f"{STAGE}:", _("Out of the stage where it stands"))]
        now = self.repo.visibility
        wider = [
            (f"{VISIBILITY}:{each.value}", _("The model as a whole: %s") % each.label)
            for each in Visibility
            if is_wider(each.value, now)
        ]
        self.choose("to", [*stages, *aliases, *out, *wider])

    def wish(self) -> Wish:
        """See the class."""
        target, _colon, name = self.cleaned_data["to"].partition(":")
        version = None if target == VISIBILITY else self.chosen_version()
        return Wish(self.repo, version, details={"target": target, "name": name})


class WithdrawForm(AskForm):
    """The model as a whole, or one version."""

    what = forms.ChoiceField(
        label=_("What"),
        help_text=_(
            "A version that is yanked is no longer the newest, but who names it still gets it; withdrawn, nobody does."
        ),
    )
    though_needed = forms.BooleanField(
        label=_("Also when aliases, stages or other models rely on the version"), required=False
    )
    successor = forms.CharField(
        label=_("What to use instead of the model"),
        required=False,
        max_length=200,
        help_text=_("A model as owner/name, or nothing. A version names none."),
    )
    field_order: Sequence[str] = ("what", "successor", "though_needed", "reason")

    def offer(self) -> None:
        """The model, and its released versions, newest first."""
        rows = visible_versions(self.repo, actor=self.actor).filter(state=VersionState.RELEASED)
        versions = [
            (f"{act}:{each.number}", title.format(version=each.title))
            for each in rows[:SHOWN]
            for act, title in OF_VERSION.items()
            if act != YANK or each.yanked_at is None
        ]
        self.choose("what", [("model", _("The model as a whole")), *versions])

    def wish(self) -> Wish:
        """See the class."""
        act, _colon, number = self.cleaned_data["what"].partition(":")
        if not number:
            return Wish(self.repo, details={"successor": self.cleaned_data["successor"]})
        version = get_version(self.repo, int(number), actor=self.actor)
        details = {"act": act, "though_needed": self.cleaned_data["though_needed"]}
        return Wish(self.repo, version, details=details)


class WaiveForm(AskForm):
    """A rule that something may do without."""

    about = forms.ChoiceField(label=_("For"))
    rule = forms.ChoiceField(label=_("Do without"))
    days = forms.IntegerField(
        label=_("Days until it ends"), initial=30, min_value=1, max_value=MOST_DAYS
    )
    field_order: Sequence[str] = ("about", "rule", "days", "reason")

    def offer(self) -> None:
        """Open changes, released versions, and the rules in force that can be waived."""
        threads = visible_discussions(self.repo, actor=self.actor)
        changes = threads.filter(change__isnull=False, state__in=OPEN_STATES)[:SHOWN]
        versions = visible_versions(self.repo, actor=self.actor)
        released = versions.filter(state=VersionState.RELEASED)[:SHOWN]
        self.choose(
            "about",
            [
                *((f"change:{each.number}", f"#{each.number} {each.title}") for each in changes),
                *((f"version:{each.number}", each.title) for each in released),
            ],
        )
        rules = waivable_rules(effective_policy(self.repo))
        self.choose("rule", [(name, rule.title) for name, rule in rules.items()])

    def wish(self) -> Wish:
        """See the class."""
        kind, _colon, number = self.cleaned_data["about"].partition(":")
        details = {"rule": self.cleaned_data["rule"], "days": self.cleaned_data["days"]}
        change: Change | None = None
        version: Version | None = None
        if kind == "change":
            change = get_change(self.repo, int(number), actor=self.actor)
        else:
            version = get_version(self.repo, int(number), actor=self.actor)
        return Wish(self.repo, version, change, details)


FORMS: dict[str, type[AskForm]] = {
    RequestKind.PROMOTE.value: PromoteForm,
    RequestKind.RECERTIFY.value: OfVersionForm,
    RequestKind.WITHDRAW.value: WithdrawForm,
    RequestKind.WAIVER.value: WaiveForm,
}
