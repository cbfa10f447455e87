"""What each rule of a policy means in practice, for people who have to meet it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.namespaces.models import Preset
from governance.policies.models import Policy
from governance.policies.presets import PRESET_MEANS, PRESET_RULES
from governance.policies.rules import rules_from
from governance.policies.rules.age import MinimumAge
from governance.policies.rules.approvals import Approvals
from governance.policies.rules.base import Rule
from governance.policies.rules.by_kind import BY_KIND, KIND_TITLES, ReviewsOfKind
from governance.policies.rules.cards import FIELD_TITLES, CardFields, LicencePresent
from governance.policies.rules.checklist import Checklist
from governance.policies.rules.contact import ContactPresent
from governance.policies.rules.evaluation import EvaluationPresent
from governance.policies.rules.external import ExternalChecks
from governance.policies.rules.format_lists import FORMATS, AllowedFormats, ForbiddenFormats
from governance.policies.rules.formats import SafeFormats
from governance.policies.rules.freshness import UpToDate
from governance.policies.rules.licences import AllowedLicences
from governance.policies.rules.names import Names
from governance.policies.rules.objections import NoObjections
from governance.policies.rules.own_fields import OwnFields
from governance.policies.rules.recertification import Recertification
from governance.policies.rules.regression import NoRegression
from governance.policies.rules.separation import SeparationOfDuties
from governance.policies.rules.sizes import Sizes
from governance.policies.rules.thresholds import Thresholds
from governance.policies.rules.verdicts import Verdicts
from hub.ui.vocabulary import word
from models_catalog.taxonomy.licences import KINDS
from models_catalog.taxonomy.queries import licence_label

Text = str | Promise

SECTIONS: dict[str, Text] = {
    "intended_use": gettext_lazy("what it is for"),
    "limitations": gettext_lazy("its known limits"),
}


def _approvals(rule: Approvals) -> Text:
    if not rule.count:
        return _("Nobody has to approve.")
    return _(
        "Reviewers, maintainers, admins and owners can approve; nobody who pushed to the change can. An approval counts "
        "for exactly one commit under this version of the policy."
    )


def _verdicts(rule: Verdicts) -> Text:
    words = ", ".join(str(word("verdict", verdict).text) for verdict in rule.accepted)
    return _(
        "Accepted results: %(words)s. For a file that scanning cannot clear a reviewer can answer, for at most 90 days."
    ) % {"words": words}


def _of_kind(_rule: ReviewsOfKind) -> Text:
    return _(
        "Where this asks for more than the approvals of everything, it counts. People are reminded a day before it is due."
    )


def _checklist(rule: Checklist) -> Text:
    if not rule.questions:
        return _(
            "Questions that reviewers answer one by one. A new commit opens all of them again."
        )
    asked = [f"{KIND_TITLES[each['kind']]}: {each['question']}" for each in rule.questions]
    return _("Reviewers answer one by one, and anew after each commit. {questions}").format(
        questions=" ".join(asked)
    )


def _external(rule: ExternalChecks) -> Text:
    return _(
        "Your own programs report success for exactly this revision, by the API. Whose word counts: {speakers}; never "
        "that of somebody who pushed it."
    ).format(speakers=rule.speakers)


def _card(rule: CardFields) -> Text:
    wanted = [str(FIELD_TITLES.get(key, key)) for key in rule.fields]
    wanted += [str(SECTIONS.get(key, key)) for key in rule.sections]
    return _("README.md says: %(wanted)s.") % {"wanted": ", ".join(wanted)}


def _formats(ids: Iterable[str]) -> str:
    return ", ".join(str(FORMATS.get(each, each)) for each in ids) or _("none")


def _licences(rule: AllowedLicences) -> Text:
    wanted = [str(KINDS.get(kind, kind)) for kind in rule.kinds]
    wanted += [licence_label(name) for name in rule.ids]
    return _("Allowed: %(wanted)s. Expressions such as “MIT OR Apache-2.0” are worked out.") % {
        "wanted": "; ".join(wanted) or _("none")
    }


def _own_fields(rule: OwnFields) -> Text:
    if not rule.fields:
        return _("Facts that every card of the organisation states, filled in on a form.")
    wanted = ", ".join(field.label for field in rule.described)
    return _("The head of README.md says: %(wanted)s.") % {"wanted": wanted}


def _fixed(text: Text) -> Callable[[Any], Text]:
    return lambda _rule: text


_MEANS: dict[str, Callable[[Any], Text]] = {
    Approvals.id: _approvals,
    **{kind.id: _of_kind for kind in BY_KIND},
    Verdicts.id: _verdicts,
    CardFields.id: _card,
    LicencePresent.id: _fixed(
        gettext_lazy("The head of README.md names it, so that everybody knows what is allowed.")
    ),
    SafeFormats.id: _fixed(
        gettext_lazy("Pickles and everything else that can run code when it is loaded are refused.")
    ),
    SeparationOfDuties.id: _fixed(
        gettext_lazy(
            "Approvals of people who opened the change, released the version before or made the card do not count here."
        )
    ),
    Checklist.id: _checklist,
    MinimumAge.id: _fixed(
        gettext_lazy("A change cannot be merged before everybody had time to look at it.")
    ),
    AllowedFormats.id: lambda rule: (
        _("Files may be: %(formats)s. What the bytes are counts, not the name.")
        % {"formats": _formats(rule.allowed)}
    ),
    ForbiddenFormats.id: lambda rule: (
        _("No file may be: %(formats)s. What the bytes are counts, not the name.")
        % {"formats": _formats(rule.forbidden)}
    ),
    AllowedLicences.id: _licences,
    OwnFields.id: _own_fields,
    ContactPresent.id: _fixed(
        gettext_lazy("The head of README.md names an email address or a page (contact: …).")
    ),
    EvaluationPresent.id: _fixed(
        gettext_lazy("The head of README.md states results as numbers (model-index).")
    ),
    Thresholds.id: _fixed(gettext_lazy("What the card states (model-index) lies within bounds.")),
    NoRegression.id: _fixed(
        gettext_lazy(
            "Scores are compared with the newest released version, test by test; when one got worse, somebody has to "
            "answer for it."
        )
    ),
    Sizes.id: _fixed(gettext_lazy("All files together, each file, and how many there are.")),
    Names.id: _fixed(
        gettext_lazy("The model and its files are called as the organisation agreed.")
    ),
    ExternalChecks.id: _external,
    Recertification.id: _fixed(
        gettext_lazy("A released version is reviewed again when it has become this old.")
    ),
    UpToDate.id: _fixed(
        gettext_lazy(
            "What reviewers saw is what is released; a change that fell behind is updated."
        )
    ),
    NoObjections.id: _fixed(
        gettext_lazy(
            "A request for changes blocks until it is withdrawn or a new commit answers it."
        )
    ),
}


def what_it_means(rule: Rule) -> Text:
    """One sentence; nothing for a rule that this page has no words for."""
    means = _MEANS.get(rule.id)
    return means(rule) if means else ""


def preset_in_words(policy: Policy) -> str:
    """What the preset of a policy means, or that the policy has come to ask for something else."""
    preset = Preset(policy.preset)
    asked, usual = (
        {r.id: r for r in rules_from(each)} for each in (policy.rules, PRESET_RULES[preset])
    )
    if asked == usual:
        return str(PRESET_MEANS[preset])
    return _("The rules began as this preset and were changed since.")
