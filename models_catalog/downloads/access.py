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
    use_instead: str = ""
    full_name: str = ""
    sha1: str = ""


def standing(repo: Repo, revision: Revision, *, actor: Actor) -> Standing:
    """Look up how the actor stands to a repo and revision. Raises ``NotFound`` for what they may not know of."""
    if not Repo.objects.visible_to(actor).filter(pk=repo.pk).exists():
        raise NotFound(NO_SUCH_MODEL)
    rights = repo_rights(repo, actor=actor)
    is_insider = bool(rights & {Right.WRITE, Right.REVIEW, Right.SECURITY})
    withdrawal, use_instead = _withdrawal(repo, revision, actor=actor)
    gated = repo.gating != Gating.NONE and not is_insider
    return Standing(
        rights=rights,
        is_insider=is_insider,
        is_security=Right.SECURITY in rights,
        withdrawal=withdrawal,
        use_instead=use_instead,
        lacks_terms=gated and not has_accepted_terms(repo, actor=actor),
        full_name=repo.full_name,
        sha1=revision.sha1,
    )


def _withdrawal(repo: Repo, revision: Revision, *, actor: Actor) -> tuple[str, str]:
    """Why the bytes are no longer handed out, and the model to use instead; both empty when they are.

    Names no successor that the actor may not know of.
    """
    if repo.withdrawn_at is not None:
        by = repo.withdrawn_by.name if repo.withdrawn_by else _("the hub")
        successor = successor_of(repo, actor=actor)
        instead = successor.full_name if successor else ""
        use = _(" Use {full_name} instead.").format(full_name=instead) if instead else ""
        said = _("Withdrawn by {by} on {date}: {reason}").format(
            by=by, date=f"{repo.withdrawn_at:%-d %b %Y}", reason=repo.withdrawn_reason
        )
        return said + use, instead
    versions = list(Version.objects.filter(revision=revision).select_related("withdrawn_by"))
    withdrawn = [each for each in versions if each.state == VersionState.WITHDRAWN]
    if withdrawn and not any(each.state == VersionState.RELEASED for each in versions):
        return version_withdrawal(withdrawn[-1]), ""
    return "", ""


def version_withdrawal(version: Version) -> str:
    """Who withdrew a version, when and why, and where to find another."""
    by = version.withdrawn_by.name if version.withdrawn_by else _("the hub")
    date = f"{version.withdrawn_at:%-d %b %Y}" if version.withdrawn_at else "–"
    return (
        _(
            "{version} was withdrawn by {by} on {date}: {reason} Look at the model’s list of versions for the one to use "
            "instead."
        )
        .format(version=version.title, by=by, date=date, reason=version.withdrawn_reason)
        .replace("  ", " ")
    )


def require_fetch(report: PathReport, how: Standing, *, actor: Actor, purpose: str = "") -> None:
    """Raise unless this file's bytes may go to the actor.

    ``Gone`` for withdrawn and recalled, ``SignInRequired`` or ``TermsRequired`` for gated, ``Locked`` while scanning has not
    cleared it, ``Blocked`` for dangerous; the security role passes those and the last with a written purpose.
    """
    trusted = how.is_security and bool(purpose.strip())
    if how.withdrawal and not trusted:
        raise Gone(how.withdrawal, use_instead=how.use_instead)
    if report.recall and not trusted:
        raise Gone(report.recall)
    if how.lacks_terms:
        if not actor.is_person:
            raise SignInRequired(_("This model is gated: sign in and accept its terms first."))
        raise TermsRequired(_("This model is gated: accept its terms on its page first."))
    _require_verdict(report, how, trusted=trusted)


def _require_verdict(report: PathReport, how: Standing, *, trusted: bool) -> None:
    if report.verdict == Verdict.DANGEROUS and not trusted:
        hint = _(" State your purpose to open it for examination.") if how.is_security else ""
        raise Blocked(
            f"“{report.path}” is blocked: scanning found that it is dangerous to open.{hint}",
            model=how.full_name,
            revision=how.sha1,
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
