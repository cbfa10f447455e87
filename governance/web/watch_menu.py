"""The menu by which people say how much they want to hear of a model or of its owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.namespaces.models import Namespace
from governance.outbox.models import Level
from governance.outbox.watching import NOT_WATCHING, watch_of
from hub.core.actor import Actor
from models_catalog.repos.models import Repo

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True, slots=True)
class WatchMenu:
    """The present level, where a new one is sent to, and the levels with what each brings."""

    level: str
    url: str
    choices: Sequence[tuple[str, _StrOrPromise, str]]

    @property
    def label(self) -> _StrOrPromise:
        """What the button says."""
        if self.level == NOT_WATCHING:
            return _("Watch")
        if self.level == Level.MUTED:
            return _("Muted")
        return _("Watching")


def watch_menu(thing: Repo | Namespace, *, actor: Actor) -> WatchMenu | None:
    """What the head of a page offers to people who are signed in."""
    if actor.user is None:
        return None
    is_repo = isinstance(thing, Repo)
    names = thing.full_name.split("/") if isinstance(thing, Repo) else [thing.name]
    told: dict[str, tuple[_StrOrPromise, str]] = {
        NOT_WATCHING: (
            _("Not watching"),
            _("Only what names you, and threads that you take part in."),
        ),
        Level.RELEASES: (
            Level.RELEASES.label,
            _("New versions, and when one is taken back."),
        ),
        Level.ALL: (
            Level.ALL.label,
            _("Also changes, discussions, reviews and settings."),
        ),
        Level.MUTED: (
            Level.MUTED.label,
            _("Only what names you.") if is_repo else _("Not even for models that you made."),
        ),
    }
    return WatchMenu(
        level=watch_of(thing, actor=actor),
        url=reverse("governance:watch", args=names),
        choices=[(level, title, means) for level, (title, means) in told.items()],
    )
