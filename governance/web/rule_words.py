"""What each rule of a policy means in practice, for people who have to meet it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.rules.approvals import Approvals
from governance.policies.rules.base import Rule
from governance.policies.rules.cards import FIELD_TITLES, CardFields, LicencePresent
from governance.policies.rules.formats import SafeFormats
from governance.policies.rules.freshness import UpToDate
from governance.policies.rules.objections import NoObjections
from governance.policies.rules.verdicts import Verdicts
from hub.ui.vocabulary import word

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


def _card(rule: CardFields) -> Text:
    wanted = [str(FIELD_TITLES.get(key, key)) for key in rule.fields]
    wanted += [str(SECTIONS.get(key, key)) for key in rule.sections]
    return _("README.md says: %(wanted)s.") % {"wanted": ", ".join(wanted)}


def _fixed(text: Text) -> Callable[[Any], Text]:
    return lambda _rule: text


_MEANS: dict[str, Callable[[Any], Text]] = {
    Approvals.id: _approvals,
    Verdicts.id: _verdicts,
    CardFields.id: _card,
    LicencePresent.id: _fixed(
        gettext_lazy("The head of README.md names it, so that everybody knows what is allowed.")
    ),
    SafeFormats.id: _fixed(
        gettext_lazy("Pickles and everything else that can run code when it is loaded are refused.")
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
