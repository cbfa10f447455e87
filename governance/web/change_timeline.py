"""What has happened to a change, in order: words, pushes, scans, decisions, waivers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.users.models import User
from governance.reviews.models import Decision, DecisionKind
from governance.reviews.queries import decisions_of
from governance.reviews.subjects import Subject
from governance.scanning.models import ContextScan
from governance.web.mention_links import with_links
from hub.core.actor import ANONYMOUS, Actor
from hub.ui.parts import Badge, Text
from models_catalog.changes.mentions import known_names
from models_catalog.changes.models import Change, Comment, Discussion
from models_catalog.changes.queries import comments_of

MOST = 100
WHOLE = 2000
SHOWN_PEOPLE = 12

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
    part: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The newest things said and done; ``earlier`` says that there are more before them."""

    happenings: Sequence[Happening]
    earlier: bool
    is_whole: bool = False

    @property
    def people(self) -> list[User]:
        """Those who appear in it, in the order of their first word."""
        found = {h.person.pk: h.person for h in self.happenings if h.person is not None}
        return list(found.values())[:SHOWN_PEOPLE]


@dataclass(frozen=True, slots=True)
class Reading:
    """How somebody reads a thread: the newest part or ``is_whole``, and what each person is (``parts``, by id).

    ``commits`` are the only ones that may be linked; ``None`` for those who may open all of them. ``actor`` reads: names
    of people and teams are links as far as they may know of them.
    """

    is_whole: bool = False
    parts: Mapping[int, str] = field(default_factory=dict)
    commits: frozenset[str] | None = None
    actor: Actor = ANONYMOUS

    def of(self, happening: Happening) -> Happening:
        """The happening as this reader sees it."""
        part = self.parts.get(happening.person.pk, "") if happening.person else ""
        hidden = self.commits is not None and happening.sha1 not in self.commits
        return replace(happening, part=part, sha1="" if hidden else happening.sha1)


def timeline_of(
    discussion: Discussion,
    subject: Subject | None,
    *,
    reading: Reading,
    more: Sequence[Happening] = (),
) -> Timeline:
    """Everything in order, and ``more``, as far back as ``reading`` goes."""
    most = WHOLE if reading.is_whole else MOST
    said = list(comments_of(discussion).order_by("-pk")[: most + 1])
    earlier = len(said) > most
    said = said[:most][::-1]
    happenings = [_comment(comment) for comment in said]
    if subject is not None:
        since = said[0].created_at if earlier else None
        reviewed = [*_reviewed(subject, said), *more]
        happenings += [h for h in reviewed if since is None or h.moment >= since]
    happenings.sort(key=lambda happening: happening.moment)
    known = known_names((each.body for each in happenings), actor=reading.actor)
    shown = [replace(reading.of(each), body=with_links(each.body, known)) for each in happenings]
    return Timeline(shown, earlier, reading.is_whole)


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
        "closed": ("circle-slash", "", _("closed it")),
        "asked": ("hourglass", "", _("asked for this")),
        "granted": ("circle-check", "ok", _("carried it out")),
        "reopened": ("undo-2", "", _("reopened it")),
    }
    return known.get(comment.kind, ("message-square", "", ""))


def _reviewed(subject: Subject, said: Sequence[Comment]) -> Iterator[Happening]:
    for decision in decisions_of(subject):
        yield _decision(decision)
        if decision.voided_at is not None:
            yield Happening(
                moment=decision.voided_at,
                icon="undo-2",
                person=decision.reviewer,
                text=_("no longer decides: %(why)s") % {"why": decision.voided_because},
            )
    if not isinstance(subject, Change):
        return
    pushed = {str(comment.data["sha1"]) for comment in said if "sha1" in comment.data}
    scans = ContextScan.objects.filter(revision__repo=subject.repo, revision__sha1__in=pushed)
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
