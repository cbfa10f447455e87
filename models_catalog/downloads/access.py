"""The three questions: may you see it, have you accepted its terms, is it safe to hand out (ARCHITECTURE §4)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from hub.core.actor import Actor
from hub.core.errors import Blocked, Forbidden, Gone, Locked, NotFound, SignInRequired
from models_catalog.repos.models import Gating, Repo
from models_catalog.repos.queries import (
    NO_SUCH_MODEL,
    has_accepted_terms,
    repo_rights,
    successor_of,
)
from models_catalog.revisions.models import Revision
from models_catalog.revisions.verdicts import PathReport
from models_catalog.storage.models import Verdict
from models_catalog.versions.models import Version, VersionState

RETRY_AFTER = 10


class TermsRequired(Forbidden):
    """The model is gated and the actor has not accepted its terms."""

    code = "gated"


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides about bytes of one revision, looked up once for any number of files."""

    rights: frozenset[Right]
    is_insider: bool
    is_security: bool
    withdrawal: str
    lacks_terms: bool


def standing(repo: Repo, revision: Revision, *, actor: Actor) -> Standing:
    """Look up how the actor stands to a repo and revision. Raises ``NotFound`` for what they may not know of."""
    if not Repo.objects.visible_to(actor).filter(pk=repo.pk).exists():
        raise NotFound(NO_SUCH_MODEL)
    rights = repo_rights(repo, actor=actor)
    is_insider = bool(rights & {Right.WRITE, Right.REVIEW, Right.SECURITY})
    gated = repo.gating != Gating.NONE and not is_insider
    return Standing(
        rights=rights,
        is_insider=is_insider,
        is_security=Right.SECURITY in rights,
        withdrawal=_withdrawal(repo, revision, actor=actor),
        lacks_terms=gated and not has_accepted_terms(repo, actor=actor),
    )


def _withdrawal(repo: Repo, revision: Revision, *, actor: Actor) -> str:
    """Why the bytes are no longer handed out, or nothing. Names no successor that the actor may not know of."""
    if repo.withdrawn_at is not None:
        by = repo.withdrawn_by.name if repo.withdrawn_by else "the hub"
        successor = successor_of(repo, actor=actor)
        use = (
            _(" Use {full_name} instead.").format(full_name=successor.full_name)
            if successor
            else ""
        )
        return f"Withdrawn by {by} on {repo.withdrawn_at:%-d %b %Y}: {repo.withdrawn_reason}{use}"
    states = set(Version.objects.filter(revision=revision).values_list("state", flat=True))
    if states and VersionState.WITHDRAWN in states and VersionState.RELEASED not in states:
        return _(
            "This version has been withdrawn. Look at the model’s list of versions for the one to "
            "use instead."
        )
    return ""


def require_fetch(report: PathReport, how: Standing, *, actor: Actor, purpose: str = "") -> None:
    """Raise unless this file's bytes may go to the actor.

    ``Gone`` for withdrawn, ``SignInRequired`` or ``TermsRequired`` for gated, ``Locked`` while scanning has not
    cleared it, ``Blocked`` for dangerous; the security role passes the first and the last with a written purpose.
    """
    trusted = how.is_security and bool(purpose.strip())
    if how.withdrawal and not trusted:
        raise Gone(how.withdrawal)
    if how.lacks_terms:
        if not actor.is_person:
            raise SignInRequired(_("This model is gated: sign in and accept its terms first."))
        raise TermsRequired(_("This model is gated: accept its terms on its page first."))
    _require_verdict(report, how, trusted=trusted)


def _require_verdict(report: PathReport, how: Standing, *, trusted: bool) -> None:
    if report.verdict == Verdict.DANGEROUS and not trusted:
        hint = _(" State your purpose to open it for examination.") if how.is_security else ""
        raise Blocked(
            f"“{report.path}” is blocked: scanning found that it is dangerous to open.{hint}"
        )
    if report.verdict == Verdict.PENDING and not how.is_insider:
        raise Locked(
            _("“{report_path}” is being scanned. Try again in {retry_after} seconds.").format(
                report_path=report.path, retry_after=RETRY_AFTER
            ),
            retry_after=RETRY_AFTER,
        )
    if report.verdict == Verdict.ERROR and not how.is_insider:
        raise Locked(
            _(
                "“{report_path}” could not be scanned, so it is held back. Its publishers have been told."
            ).format(report_path=report.path),
            retry_after=3600,
        )


def may_fetch(report: PathReport, how: Standing, *, actor: Actor) -> bool:
    """Whether a link to the bytes should be shown."""
    try:
        require_fetch(report, how, actor=actor)
    except (Gone, SignInRequired, Forbidden, Locked):
        return False
    return True
