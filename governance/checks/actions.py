"""Reporting external checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.authz.queries import require_means, require_person
from accounts.robots.queries import is_robot_of
from governance.checks.events import CheckReported
from governance.checks.models import CheckState, ExternalCheck
from governance.policies.effective import effective_policy
from governance.policies.rules.external import ExternalChecks
from hub.core.actor import Actor
from hub.core.attempts import attempting, remembers_attempts
from hub.core.errors import Conflict, Forbidden, Invalid
from hub.core.events import emit
from hub.core.text import storable
from models_catalog.repos.attempts import attempt_on
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import require_active, require_repo_right
from models_catalog.revisions.models import Revision

MOST_NAMES = 50  # of one revision
MOST_KEPT = 20  # reports of one name; the record keeps what happened
MAX_NAME, MAX_SUMMARY, MAX_LINK = 80, 500, 1000
_NAME = re.compile(r"[^\W_][\w ./:+()-]*")


@dataclass(frozen=True, slots=True)
class Report:
    """What a program says of a revision, as it was sent."""

    name: str
    state: str
    summary: str = ""
    link: str = ""


@remembers_attempts
@transaction.atomic
def report_check(repo: Repo, revision: Revision, *, report: Report, actor: Actor) -> ExternalCheck:
    """Say how a revision does under a name; the newest report of a name counts.

    Saying the same again answers the report that is there. For those who may write to the model, and for the accounts
    that its policy names; where the policy requires the check, only for those whose word counts there. The actor got
    the revision by its door.
    """
    require_person(actor)
    assert actor.user is not None
    _require_voice(repo, report.name, actor)
    require_active(repo, actor=actor)
    said = {
        "name": _checked_name(report.name),
        "state": _checked_state(report.state),
        "summary": _checked_summary(report.summary),
        "link": _checked_link(report.link),
    }
    # Reports about one revision wait for each other: that keeps one of each name current, and their number bounded.
    Revision.objects.select_for_update(no_key=True).only("pk").get(pk=revision.pk)
    known = ExternalCheck.objects.filter(revision=revision, is_current=True)
    before = known.filter(name=said["name"]).select_related("reported_by").first()
    if before is not None and _is_same(before, said, actor):
        return before
    if before is None and known.count() >= MOST_NAMES:
        raise Conflict(
            _("There are reports under {most} names already; use one of them.").format(
                most=MOST_NAMES
            )
        )
    known.filter(name=said["name"]).update(is_current=False)
    made = ExternalCheck.objects.create(
        repo=repo, revision=revision, reported_by=actor.user, **said
    )
    _forget_old(made)
    emit(
        CheckReported(
            actor=actor,
            repo=repo,
            sha1=revision.sha1,
            check=made.name,
            state=made.state,
            summary=made.summary,
            link=made.link,
        )
    )
    return made


def _require_voice(repo: Repo, name: str, actor: Actor) -> None:
    """Refuse those who have no say about this check.

    Asked for the sake of an early answer, and so that nobody talks over a program that counts: the rule itself asks
    again whenever it judges, because policies, accounts and makers change after a report.
    """
    rules = effective_policy(repo).rules
    rule = next((each for each in rules if isinstance(each, ExternalChecks)), ExternalChecks())
    assert actor.user is not None
    if rule.names_account(actor.user.username):
        return require_means(actor, Right.WRITE, namespace_id=repo.namespace_id, repo_id=repo.pk)
    require_repo_right(repo, Right.WRITE, actor=actor)
    name = " ".join(name.split())
    if name not in rule.names or rule.hears(actor.user.username, is_own_robot=_is_own(actor, repo)):
        return None
    with attempting(attempt_on(repo, f"check {name}", actor=actor)):
        raise Forbidden(
            _(
                "The policy requires the check “{name}”, and your word does not count for it. This does: {speakers}."
            ).format(name=name, speakers=rule.speakers)
        )


def _is_own(actor: Actor, repo: Repo) -> bool:
    """Whether a service account of the model's organisation acts."""
    assert actor.user is not None
    owner = repo.namespace
    return owner.is_organization and is_robot_of(actor.user, owner.organization)


def _is_same(before: ExternalCheck, said: dict[str, str], actor: Actor) -> bool:
    same = all(getattr(before, name) == value for name, value in said.items())
    return same and before.reported_by_id == actor.user_id


def _forget_old(made: ExternalCheck) -> None:
    reports = ExternalCheck.objects.filter(revision=made.revision_id, name=made.name)
    old = reports.order_by("-id").values_list("pk", flat=True)[MOST_KEPT : MOST_KEPT + 100]
    ExternalCheck.objects.filter(pk__in=list(old)).delete()


def _checked_name(name: str) -> str:
    name = " ".join(storable(name).split())
    if not _NAME.fullmatch(name) or len(name) > MAX_NAME:
        raise Invalid(
            _(
                "A check is named by up to {most} letters, digits, spaces and . / : + - ( ), as in “ci/bias-tests”."
            ).format(most=MAX_NAME),
            field="name",
        )
    return name


def _checked_state(state: str) -> str:
    if state not in CheckState.values:
        raise Invalid(_("Say pending, success, failure or error."), field="state")
    return state


def _checked_summary(summary: str) -> str:
    summary = " ".join(storable(summary).split())
    if len(summary) > MAX_SUMMARY:
        raise Invalid(
            _("The summary is longer than {most} characters.").format(most=MAX_SUMMARY),
            field="summary",
        )
    return summary


def _checked_link(link: str) -> str:
    """A web address that does nothing but lead somewhere; others would run or open things when clicked."""
    link = link.strip()
    if not link:
        return ""
    is_plain = all(c.isprintable() and not c.isspace() for c in link) and "\\" not in link
    if not is_plain or len(link) > MAX_LINK or not _leads_somewhere(link):
        raise Invalid(
            _("The link is a web address that begins with https:// or http://."), field="link"
        )
    return link


def _leads_somewhere(link: str) -> bool:
    """Whether it has a host and no user, who would only disguise it."""
    try:
        parts = urlsplit(link)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
    return is_whole and "@" not in parts.netloc
