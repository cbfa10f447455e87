"""One change or request as its page shows it: everything but files and timeline, and no decision of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.authz.policy import ROLE_TITLES
from accounts.orgs.queries import roles_of
from accounts.users.models import User
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.presets import PRESET_TITLES
from governance.policies.rules.own_fields import OwnFields
from governance.reviews.community import is_asked
from governance.reviews.gathering import ChangeReview
from governance.reviews.kinds import LicenceChange, licence_change
from governance.reviews.models import Decision, DecisionKind
from governance.reviews.queries import files_to_answer_for, why_not_carry_out, why_not_decide
from governance.reviews.requests.check_waivers import checks_to_answer_for
from governance.reviews.subjects import Subject
from governance.web.review_forms import COMMENT
from hub.core.actor import Actor
from hub.ui.parts import Badge, CheckRow
from models_catalog.cards.models import README
from models_catalog.changes.models import Change

SHOWN_PASSED = 5
OF_CARDS = {
    "licence_present",
    "allowed_licences",
    "card_fields",
    "own_fields",
    "contact_present",
    "evaluation",
    "thresholds",
    "no_regression",
}
OF_OTHERS = {"external_checks", "minimum_age"}  # what waits for them may wait for days
OF_SCANNING = {"verdicts", "safe_formats", "allowed_formats", "forbidden_formats"}
SHOWN_PEOPLE = 8


@dataclass(frozen=True, slots=True)
class Seat:
    """One approval that the policy asks for: given by somebody, or open to some."""

    title: str
    given: Decision | None = None
    open_to: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has to do with the change, and as what."""

    user: User
    part: str


@dataclass(frozen=True, slots=True)
class ReviewPanel:
    """What the page says about the review of an open change or request."""

    review: ChangeReview
    badge: Badge
    title: str
    policy: str
    checks: Sequence[CheckRow]
    more_checks: Sequence[CheckRow]
    is_scanning: bool
    scanned: str
    needed: int
    seats: Sequence[Seat]
    people: Sequence[Person]
    merge_refusals: Sequence[str]
    is_behind: bool
    closed_choices: Mapping[str, str]
    waivable: Sequence[str]
    why_not_waive: str
    own: Decision | None
    is_asked: bool
    decides_as: str
    excusable: Mapping[str, str]
    licence: LicenceChange | None

    @property
    def asks_for_fields(self) -> bool:
        """Whether the card has to have fields of the organisation's own."""
        return any(check.rule == OwnFields.id for check in self.review.checks)

    @property
    def may_decide(self) -> bool:
        """Whether the actor can do more than comment."""
        return DecisionKind.REQUEST_CHANGES not in self.closed_choices

    @property
    def given(self) -> int:
        """How many of the approvals that are asked for have been given."""
        return sum(seat.given is not None for seat in self.seats)

    @property
    def missing(self) -> Seat | None:
        """The first approval that is still open."""
        return next((seat for seat in self.seats if seat.given is None), None)


def panel_of(review: ChangeReview, *, actor: Actor) -> ReviewPanel:
    """Everything the page says about the review of an open change or request."""
    subject = review.subject
    shown, more = _check_rows(review)
    waivable, refusal = _waivable(review, actor=actor)
    people = _people(review)
    closed = {
        kind.value: reason
        for kind in DecisionKind
        if (reason := why_not_decide(subject, actor=actor, kind=kind, review=review))
    }
    return ReviewPanel(
        review=review,
        badge=badge_of(review),
        title=_checks_title(review.checks),
        policy=policy_words(review),
        checks=shown,
        more_checks=more,
        is_scanning=any(_waits_for_hub(check) for check in review.checks),
        scanned=next((c.reason for c in review.checks if _waits_for_hub(c)), ""),
        needed=review.bench.needed,
        seats=_seats(review, people, actor=actor),
        people=_parts(review, people)[:SHOWN_PEOPLE],
        merge_refusals=why_not_carry_out(review, actor=actor),
        is_behind=review.facts.is_behind,
        closed_choices=closed,
        waivable=waivable,
        why_not_waive=refusal,
        own=next((d for d in review.decisions if d.reviewer_id == actor.user_id), None),
        is_asked=review.bench.is_too_small and is_asked(subject.repo),
        decides_as=_decides_as(review, actor=actor),
        excusable=_excusable(review, actor=actor),
        licence=licence_change(review),
    )


def _waits_for_hub(check: CheckOutcome) -> bool:
    """Whether it will be known in a moment, so that the page is worth looking at again."""
    return check.outcome == Outcome.PENDING and check.rule not in OF_OTHERS


def _excusable(review: ChangeReview, *, actor: Actor) -> dict[str, str]:
    """The rules that the actor may answer for, with their titles."""
    if not isinstance(review.subject, Change):
        return {}
    titles = {check.rule: check.title for check in review.checks}
    answers = checks_to_answer_for(review, actor=actor)
    return {rule: titles[rule] for rule, refusal in answers.items() if refusal is None}


def _decides_as(review: ChangeReview, *, actor: Actor) -> str:
    """What the actor's decision would count as; nothing for those whose word does not."""
    if actor.user is None or not review.bench.seats(actor.user):
        return ""
    if review.bench.seats_for_security(actor.user):
        return _("Security reviewer")
    return _("Reviewer") if actor.user_id in review.bench.reviewers else _("Reviewer of the hub")


def badge_of(review: ChangeReview) -> Badge:
    """Where an open change or request stands, in a few words."""
    blocking = review.blocking
    failed = [check for check in blocking if check.outcome == Outcome.FAIL]
    missing = max(0, review.bench.needed - len(review.counting))
    if failed:
        text = ngettext("%(n)d check failed", "%(n)d checks failed", len(failed))
        return Badge(text % {"n": len(failed)}, "bad", "circle-x")
    waiting = {check.rule for check in blocking if check.outcome == Outcome.PENDING}
    if waiting & OF_SCANNING:
        return Badge(_("Scanning"), "info", "shield-ellipsis")
    if waiting:
        return Badge(_("Waits for a check"), "info", "hourglass")
    if missing:
        text = ngettext("Needs %(n)d more approval", "Needs %(n)d more approvals", missing)
        return Badge(text % {"n": missing}, "info", "hourglass")
    if blocking:
        return Badge(_("Needs a decision"), "warn", "circle-alert")
    ready = _("Ready to merge") if isinstance(review.subject, Change) else _("Agreed to")
    return Badge(ready, "ok", "circle-check")


def policy_words(review: ChangeReview) -> str:
    """“Policy “Light”, version 2”."""
    return _("Policy “%(preset)s”, version %(n)d") % {
        "preset": PRESET_TITLES[review.policy.preset],  # type: ignore[index]
        "n": review.policy.number,
    }


def consequences(subject: Subject) -> dict[str, str]:
    """What each decision leads to."""
    if not isinstance(subject, Change):
        return {
            DecisionKind.APPROVE: _(
                "Counts for exactly these files. Another policy makes it void."
            ),
            DecisionKind.REQUEST_CHANGES: _(
                "Who asked has to answer. Keeps it from being granted until you withdraw it."
            ),
            DecisionKind.REJECT: _(
                "Says that this should not happen. Keeps it from being granted."
            ),
            COMMENT: _("Does not count as a decision."),
        }
    return {
        DecisionKind.APPROVE: _(
            "Counts for exactly this commit. A new commit or another policy makes it void."
        ),
        DecisionKind.REQUEST_CHANGES: _(
            "The people who made it have to answer. Blocks merging until you withdraw it or they push a new commit."
        ),
        DecisionKind.REJECT: _(
            "Says that this should not become a version at all. Blocks merging in the same way; does not close it."
        ),
        COMMENT: _("Does not count as a decision."),
    }


def _checks_title(checks: Sequence[CheckOutcome]) -> str:
    def number(outcome: Outcome) -> int:
        return sum(check.outcome == outcome for check in checks)

    passed = number(Outcome.PASS) + number(Outcome.WAIVED)
    said = [
        (passed, ngettext("%(n)d check passed", "%(n)d checks passed", passed)),
        (
            number(Outcome.PENDING),
            ngettext("%(n)d waits", "%(n)d wait", number(Outcome.PENDING)),
        ),
        (
            number(Outcome.DECIDE),
            ngettext("%(n)d needs a decision", "%(n)d need a decision", number(Outcome.DECIDE)),
        ),
        (number(Outcome.FAIL), _("%(n)d failed")),
    ]
    return ", ".join(text % {"n": count} for count, text in said if count)


def _check_rows(review: ChangeReview) -> tuple[list[CheckRow], list[CheckRow]]:
    """Those shown at once, and the passed ones beyond ``SHOWN_PASSED``."""
    repo, sha1 = review.subject.repo, review.subject.head.sha1
    report = reverse("governance:scan-report", args=[repo.namespace.name, repo.name, sha1])
    card = reverse("catalog:file", args=[repo.namespace.name, repo.name, sha1, README])
    urls = {
        **dict.fromkeys(OF_SCANNING, report),
        **dict.fromkeys(OF_CARDS, card if README in review.reports else ""),
        "approvals": "#approvals",
        "separation": "#approvals",
        "external_checks": "#external-checks" if review.facts.reports else "",
        "objections": "#conversation",
        "checklist": "#checklist",
    }
    rows = [
        CheckRow(check.title, check.outcome.value, check.reason, urls.get(check.rule, ""))
        for check in review.checks
    ]
    cut = sum(check.outcome != Outcome.PASS for check in review.checks) + SHOWN_PASSED
    if cut == len(rows) - 1:  # a line that hides one line hides nothing
        cut += 1
    return rows[:cut], rows[cut:]


def _made(review: ChangeReview) -> str:
    return _("Made this change") if isinstance(review.subject, Change) else _("Had a part in it")


def _waivable(review: ChangeReview, *, actor: Actor) -> tuple[list[str], str]:
    """The files that the actor may answer for, or else why none of those that need it."""
    if not isinstance(review.subject, Change):
        return [], ""
    refusals = files_to_answer_for(review, actor=actor, most=SHOWN_PEOPLE)
    allowed = [path for path, refusal in refusals.items() if refusal is None]
    return allowed, "" if allowed else next((r for r in refusals.values() if r), "")


def _people(review: ChangeReview) -> dict[int, User]:
    """Those whom the page names, by id: who decided, who made it, and some who may decide."""
    named = [decision.reviewer_id for decision in review.decisions]
    named += [*sorted(review.bench.makers), *sorted(review.bench.security)[:SHOWN_PEOPLE]]
    named += sorted(review.bench.reviewers)[:SHOWN_PEOPLE]
    return User.objects.in_bulk(list(dict.fromkeys(named))[: 4 * SHOWN_PEOPLE])


def _parts(review: ChangeReview, people: Mapping[int, User]) -> list[Person]:
    namespace = review.subject.repo.namespace
    roles = {}
    if namespace.is_organization:
        roles = roles_of(namespace.organization, people.values())
    found = []
    for pk, user in people.items():
        held = roles.get(pk)
        part = str(ROLE_TITLES[held[0]]) if held else ""
        if pk in review.bench.security:
            part = _("Security reviewer")
        if pk in review.bench.makers:
            part = _made(review)
        elif pk not in review.bench.reviewers:
            part = _("Reviewer of the hub")
        found.append(Person(user, part))
    return found


def _seats(review: ChangeReview, people: Mapping[int, User], *, actor: Actor) -> list[Seat]:
    """One for each approval that is asked for, those for security first; further approvals follow."""
    left = list(review.counting)
    seats = []
    for number in range(max(review.bench.needed, len(left))):
        for_security = number < review.bench.needed_security
        title = _("Security reviewer") if for_security else _("Reviewer")
        fits = (
            d
            for d in left
            if not for_security or (d.as_security and review.bench.seats_for_security(d.reviewer))
        )
        given = next(fits, None)
        if given is not None:
            left.remove(given)
        open_to = "" if given else _open_to(review, people, for_security=for_security, actor=actor)
        seats.append(Seat(title, given, open_to))
    return seats


def _open_to(
    review: ChangeReview, people: Mapping[int, User], *, for_security: bool, actor: Actor
) -> str:
    bench = review.bench
    given = {decision.reviewer_id for decision in review.counting}
    able = (bench.security if for_security else bench.reviewers) - given
    if not able:
        return _("Nobody here: reviewers of the hub may stand in")
    names = [_("You")] if actor.user_id in able else []
    names += [people[pk].name for pk in sorted(able) if pk in people and pk != actor.user_id][:2]
    left = len(able) - len(names)
    if left > 0:
        names.append(ngettext("%(n)d other", "%(n)d others", left) % {"n": left})
    return _(" or ").join(names)
