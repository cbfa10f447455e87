"""What each kind of request asks for, in words, and what granting it does."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.users.models import User
from governance.policies.effective import effective_policy
from governance.reviews.requests.check_waivers import (
    checked_days,
    give_check_waiver,
    waivable_title,
)
from governance.reviews.requests.events import VersionCertified
from governance.reviews.requests.models import (
    Certificate,
    CheckWaiver,
    RequestKind,
    ReviewRequest,
)
from governance.reviews.requests.moves import Wanted, move_for
from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid
from hub.core.events import emit
from models_catalog.changes.models import Change
from models_catalog.lifecycle.actions import withdraw_version, yank_version
from models_catalog.repos.actions import withdraw_repo
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import successor_named
from models_catalog.revisions.actions import MAIN
from models_catalog.revisions.models import Revision
from models_catalog.revisions.queries import head_of
from models_catalog.versions.models import Version, VersionState

YANK = "yank"
OF_VERSION = {
    YANK: gettext_lazy("Yank {version}"),
    "withdraw": gettext_lazy("Withdraw {version}"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: about which version (or, for a waiver, change), with what else the kind needs."""

    repo: Repo
    version: Version | None = None
    change: Change | None = None
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish that makes sense: ``asks`` names it in one word, ``payload`` is what is kept of it."""

    asks: str
    title: str
    revision: Revision
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Granted:
    """Who agreed, in the order of their words, and who carries it out."""

    approvers: Sequence[User]
    actor: Actor


class Kind(ABC):
    """One kind of request."""

    id: ClassVar[RequestKind]

    @abstractmethod
    def read(self, wish: Wish, *, actor: Actor) -> Asked:
        """What exactly is asked for. Raises ``Invalid`` for what cannot be."""

    @abstractmethod
    def carry_out(self, request: ReviewRequest, granted: Granted) -> None:
        """Do it, in the transaction that grants it. Raises what the catalogue's action raises."""


class Promote(Kind):
    """Moves a version to a protected stage or alias, or makes a model more visible."""

    id = RequestKind.PROMOTE

    def read(self, wish: Wish, *, actor: Actor) -> Asked:
        """See the class."""
        del actor
        target, name = str(wish.details.get("target", "")), str(wish.details.get("name", ""))
        move = move_for(target)
        wanted = Wanted(wish.repo, wish.version, name)
        title = move.title(wanted)
        payload = {"target": target, "name": name, "instead_of": move.stands(wanted)}
        return Asked(asks_to_move(wish.version, target, name), title, _files_of(wish), payload)

    def carry_out(self, request: ReviewRequest, granted: Granted) -> None:
        """See the class."""
        moved = why_moved_on(request)
        if moved:
            raise Conflict(moved)
        move_for(request.payload["target"]).carry_out(_wanted(request), granted.actor)


class Recertify(Kind):
    """People look at a released version again and stand by it."""

    id = RequestKind.RECERTIFY

    def read(self, wish: Wish, *, actor: Actor) -> Asked:
        """See the class."""
        del actor
        version = _released(wish)
        title = _("Certify {version} again").format(version=version.title)
        return Asked(f"{self.id}:v{version.number}", title, _files_of(wish), {})

    def carry_out(self, request: ReviewRequest, granted: Granted) -> None:
        """See the class."""
        assert request.version is not None
        number = len(granted.approvers)
        Certificate.objects.create(
            request=request,
            repo=request.repo,
            version=request.version,
            manifest_digest=request.manifest_digest,
            approvals=number,
        )
        emit(
            VersionCertified(
                actor=granted.actor,
                repo=request.repo,
                version=request.version.number,
                manifest_digest=request.manifest_digest,
                approvals=number,
            )
        )


class Withdraw(Kind):
    """Takes the model back, or one version of it: yanked, those who name it still get it; withdrawn, nobody does."""

    id = RequestKind.WITHDRAW

    def read(self, wish: Wish, *, actor: Actor) -> Asked:
        """See the class."""
        if wish.version is not None:
            return self._of_version(wish, wish.version)
        successor = successor_named(
            str(wish.details.get("successor", "")), field="successor", actor=actor
        )
        title = _("Withdraw {model}").format(model=wish.repo.full_name)
        payload = {"successor": successor.full_name if successor else ""}
        return Asked(f"{self.id}:model", title, _files_of(wish), payload)

    def _of_version(self, wish: Wish, version: Version) -> Asked:
        act = str(wish.details.get("act") or YANK)
        though_needed = wish.details.get("though_needed") is True
        if act not in OF_VERSION:
            raise Invalid(_("Choose yank or withdraw."), field="act")
        if act == YANK and version.yanked_at is not None:
            raise Conflict(_("{version} has been yanked already.").format(version=version.title))
        title = OF_VERSION[act].format(version=version.title)
        if though_needed:
            title = _("{title}, even if something relies on it").format(title=title)
        payload = {"act": act, "though_needed": though_needed}
        return Asked(f"{self.id}:{act}:v{version.number}", title, _files_of(wish), payload)

    def carry_out(self, request: ReviewRequest, granted: Granted) -> None:
        """See the class."""
        reason = request.discussion.comments.order_by("pk").values_list("body", flat=True)[0]
        if request.version is not None and "act" in request.payload:
            take_back = yank_version if request.payload["act"] == YANK else withdraw_version
            take_back(
                request.version,
                reason=reason,
                though_needed=request.payload["though_needed"],
                actor=granted.actor,
            )
            return
        successor = successor_named(
            request.payload["successor"], field="successor", actor=granted.actor
        )
        withdraw_repo(request.repo, reason=reason, successor=successor, actor=granted.actor)


class Waive(Kind):
    """Lets a change, or a version, do without a rule of the policy for a while."""

    id = RequestKind.WAIVER

    def read(self, wish: Wish, *, actor: Actor) -> Asked:
        """See the class."""
        del actor
        rule = str(wish.details.get("rule", ""))
        rule_title = waivable_title(effective_policy(wish.repo), rule)
        days = checked_days(wish.details.get("days", 0))
        files = wish.change.head if wish.change else _files_of(wish)
        title = _("Do without “{rule}”").format(rule=rule_title)
        payload = {"rule": rule, "days": days}
        if wish.change:
            payload["change"] = wish.change.discussion.number
        return Asked(f"{self.id}:{rule}:{files.manifest_digest}", title[:200], files, payload)

    def carry_out(self, request: ReviewRequest, granted: Granted) -> None:
        """See the class."""
        reason = request.discussion.comments.order_by("pk").values_list("body", flat=True)[0]
        answer = CheckWaiver(
            repo=request.repo,
            rule=request.payload["rule"],
            manifest_digest=request.manifest_digest,
            reason=reason,
            given_by=granted.approvers[0],
            request=request,
            discussion=request.discussion,
            expires_at=timezone.now() + timedelta(days=request.payload["days"]),
        )
        give_check_waiver(answer, actor=granted.actor)


KINDS: dict[str, Kind] = {kind.id: kind for kind in (Promote(), Recertify(), Withdraw(), Waive())}


def kind_named(name: str) -> Kind:
    """The kind of that name. Raises ``Invalid``."""
    if name not in KINDS:
        raise Invalid(
            _("Choose what to ask for: {kinds}.").format(kinds=", ".join(KINDS)), field="kind"
        )
    return KINDS[name]


def asks_to_move(version: Version | None, target: str, name: str) -> str:
    """The one word for asking that ``version`` moves to the ``target`` called ``name``."""
    return f"{RequestKind.PROMOTE}:{target}:{name}:{f'v{version.number}' if version else ''}"


def why_moved_on(request: ReviewRequest) -> str:
    """Why what people agreed to is no longer what would happen: something else stands there by now."""
    if request.kind != RequestKind.PROMOTE:
        return ""
    payload = request.payload
    if move_for(payload["target"]).stands(_wanted(request)) == payload["instead_of"]:
        return ""
    return _("“{name}” has moved since this was asked. Close this request and ask again.").format(
        name=payload["name"] or request.discussion.title
    )


def _wanted(request: ReviewRequest) -> Wanted:
    name = request.payload["name"]
    return Wanted(request.repo, request.version, name, request.discussion.number)


def _released(wish: Wish) -> Version:
    if wish.version is None or wish.version.state != VersionState.RELEASED:
        raise Invalid(_("Choose a released version."), field="version")
    return wish.version


def _files_of(wish: Wish) -> Revision:
    """What decisions bind to: the files of the version, of ``main`` for the model as a whole."""
    if wish.version is not None:
        revision = _released(wish).revision
        assert revision is not None
        return revision
    main = head_of(wish.repo, MAIN)
    if main is None:
        raise Invalid(_("This model has no files yet."))
    return main
