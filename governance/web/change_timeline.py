"""What has happened to a change, in order: words, pushes, scans, decisions, waivers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.users.models import User
from governance.reviews.models import Decision, DecisionKind
from governance.reviews.queries import decisions_of
from governance.scanning.models import ContextScan
from hub.ui.parts import Badge, Text
from models_catalog.changes.models import Change, Comment, Discussion
from models_catalog.changes.queries import comments_of

MOST = 100

KINDS = {
    DecisionKind.APPROVE: Badge(gettext_lazy("Approved"), "ok", "check"),
    DecisionKind.REQUEST_CHANGES: Badge(gettext_lazy("Requests changes"), "warn", "circle-alert"),
    DecisionKind.REJECT: Badge(gettext_lazy("Rejected"), "bad", "circle-x"),
}

_VERBS = {
    DecisionKind.APPROVE: gettext_lazy("approved this"),
    DecisionKind.REQUEST_CHANGES: gettext_lazy("requested changes"),
    DecisionKind.REJECT: gettext_lazy("rejected this"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened. With ``body`` it is somebody's words in a panel, else one line."""

    moment: datetime
    icon: str
    text: Text = ""
    person: User | None = None
    status: str = ""
    body: str = ""
    badge: Badge | None = None
    sha1: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The newest ``MOST`` things said and done; ``earlier`` says that there are more before them."""

    happenings: Sequence[Happening]
    earlier: bool


def timeline_of(
    discussion: Discussion,
    change: Change | None,
    *,
    more: Sequence[Happening] = (),
    whole: bool = False,
) -> Timeline:
    """Everything in order, and ``more``; only the newest part unless ``whole``."""
    newest = comments_of(discussion).order_by("-pk")
    said = list(newest if whole else newest[: MOST + 1])
    earlier = not whole and len(said) > MOST
    said = said[: None if whole else MOST][::-1]
    happenings = [_comment(comment) for comment in said]
    if change is not None:
        since = said[0].created_at if earlier else None
        reviewed = [*_reviewed(change, said), *more]
        happenings += [h for h in reviewed if since is None or h.moment >= since]
    happenings.sort(key=lambda happening: happening.moment)
    return Timeline(happenings, earlier)


def _comment(comment: Comment) -> Happening:
    sha1 = str(comment.data.get("sha1", ""))
    icon, status, text = _words(comment)
    return Happening(
        moment=comment.created_at,
        icon=icon,
        status=status,
        text=text,
        person=comment.author,
        body=comment.body,
        sha1=sha1,
    )


def _words(comment: Comment) -> tuple[str, str, str]:
    """Icon, colour and verb of what happened."""
    version = comment.data.get("version", "")
    known = {
        "opened": ("git-pull-request", "", _("proposed this change")),
        "pushed": ("git-commit-horizontal", "", _("pushed a commit")),
        "updated": ("refresh-cw", "", _("brought it up to date with main")),
        "merged": (
            "git-merge",
            "ok",
            _("merged it and released version %(n)s") % {"n": version},
        ),
        "closed": ("git-pull-request-closed", "", _("closed it")),
    }
    return known.get(comment.kind, ("message-square", "", ""))


def _reviewed(change: Change, said: Sequence[Comment]) -> Iterator[Happening]:
    for decision in decisions_of(change):
        yield _decision(decision)
        if decision.voided_at is not None:
            yield Happening(
                moment=decision.voided_at,
                icon="undo-2",
                person=decision.reviewer,
                text=_("no longer decides: %(why)s") % {"why": decision.voided_because},
            )
    pushed = {str(comment.data["sha1"]) for comment in said if "sha1" in comment.data}
    scans = ContextScan.objects.filter(revision__repo=change.repo, revision__sha1__in=pushed)
    for scan in scans.select_related("revision").order_by("pk")[:MOST]:
        yield Happening(
            moment=scan.finished_at,
            icon="shield",
            status="info",
            text=_("Scanner opened %(n)d files.") % {"n": scan.revision.file_count},
            sha1=scan.revision.sha1,
            note="report",
        )


def _decision(decision: Decision) -> Happening:
    badge = KINDS[DecisionKind(decision.kind)]
    return Happening(
        moment=decision.decided_at,
        icon=badge.icon,
        status=badge.status,
        person=decision.reviewer,
        text=_VERBS[DecisionKind(decision.kind)],
        body=decision.reason,
        badge=badge,
        sha1=decision.revision.sha1,
        note=_("for security") if decision.as_security else "",
    )
