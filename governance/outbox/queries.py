"""Reading what one was told: whether one may still know of it is asked each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.authz.queries import require_person
from governance.audit.queries import row_of
from governance.outbox.models import Group, Notification, NotificationState, Why
from governance.outbox.topics import OF_VERSIONS, WHEN_DELETED
from hub.core.actor import Actor
from hub.core.errors import NotFound
from hub.core.pagination import Page, page_of
from models_catalog.changes.models import Discussion
from models_catalog.repos.models import Repo

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

PAGE = 30
MOST_COUNTED = 99
VIEWS: dict[str, Q] = {
    "unread": Q(state=NotificationState.UNREAD),
    "all": ~Q(state=NotificationState.DONE),
    "mentions": Q(why=Why.MENTIONED) & ~Q(state=NotificationState.DONE),
    "reviews": (Q(group=Group.REVIEWS) | Q(why__in=[Why.ASKED, Why.REMINDED]))
    & ~Q(state=NotificationState.DONE),
}


@dataclass(frozen=True, slots=True)
class News:
    """One notification as it is read.

    ``model`` is the model's name now, empty for what is about no model; ``title`` is that of the thread, if it is about one.
    """

    id: int
    name: str
    model: str
    number: int | None
    version: int | None
    owner: str
    actor: str
    sentence: str
    reason: str
    group: str
    why: str
    state: str
    updated_at: datetime
    title: str = ""

    @property
    def because(self) -> _StrOrPromise:
        """Why it is told, in words."""
        return Why(self.why).label

    @property
    def path(self) -> str:
        """Where one sees what happened."""
        if self.model and self.number is not None:
            return f"/{self.model}/discussions/{self.number}"
        if self.model:
            return f"/{self.model}/versions/{self.version}" if self.version else f"/{self.model}"
        if self.name.startswith("policy:"):
            return f"/orgs/{self.owner}/policies"
        if self.name == "organization:member_invited":
            return "/invitations"
        return f"/{self.owner}" if self.name.startswith("organization:") else "/notifications"

    @property
    def is_unread(self) -> bool:
        """Whether it is still to be looked at."""
        return self.state == NotificationState.UNREAD


@dataclass(frozen=True, slots=True)
class NewsPage:
    """A page of news, the newest first."""

    page: Page[Notification]
    rows: Sequence[News]


def notification_page(
    *, view: str = "unread", actor: Actor, cursor: str | None = None, size: int = PAGE
) -> NewsPage:
    """What the actor was told and may still see. Raises ``SignInRequired``, ``NotFound`` for an unknown view."""
    require_person(actor)
    if view not in VIEWS:
        raise NotFound
    rows = _own(actor).filter(VIEWS[view])
    page = page_of(_fetched(rows), keys=("-updated_at", "-id"), cursor=cursor, size=size)
    titles = _titles(page.rows)
    found = [news_from(each, title=titles.get(each.fold, "")) for each in page.rows]
    return NewsPage(page=page, rows=found)


def _titles(rows: Sequence[Notification]) -> dict[str, str]:
    """The titles of threads by ``fold``, in one query."""
    threads = {(row.repo_id, row.number): row.fold for row in rows if row.number is not None}
    wanted = Q(pk__in=())
    for repo_id, number in threads:
        wanted |= Q(repo=repo_id, number=number)
    found = Discussion.objects.filter(wanted).values_list("repo_id", "number", "title")
    return {threads[repo_id, number]: title for repo_id, number, title in found}


def get_notification(notification_id: int, *, actor: Actor) -> Notification:
    """One of the actor's own that they may still see. Raises ``NotFound``."""
    require_person(actor)
    found = _fetched(_own(actor)).filter(pk=notification_id).first()
    if found is None:
        raise NotFound
    return found


def find_notification(fold: str, *, actor: Actor) -> Notification | None:
    """What the actor was told last about a matter, if they may still see it."""
    return _fetched(_own(actor)).filter(fold=fold).first()


def unread_count(*, actor: Actor) -> int:
    """How many are unread, ``MOST_COUNTED`` + 1 for more: never more rows than that are looked at."""
    if actor.user is None:
        return 0
    rows = _own(actor).filter(state=NotificationState.UNREAD).order_by("-updated_at", "-id")
    return rows[: MOST_COUNTED + 1].count()


def for_digest(actor: Actor, *, number: int) -> list[Notification]:
    """The newest unread ones that wait for the daily digest."""
    rows = _own(actor).filter(is_for_digest=True, state=NotificationState.UNREAD)
    return list(_fetched(rows).order_by("-updated_at", "-id")[:number])


def news_from(row: Notification, *, title: str = "") -> News:
    """The notification in words; its event and repo should have been fetched with it."""
    told = row_of(row.event)
    number = row.event.data.get("number")
    is_version = row.event.name.partition(":")[0] in OF_VERSIONS and isinstance(number, int)
    return News(
        id=row.pk,
        name=row.event.name,
        model=row.repo.full_name if row.repo else "",
        number=row.number,
        version=number if is_version else None,
        owner="" if row.repo else told.label,
        actor=told.actor,
        sentence=told.sentence,
        reason=told.reason,
        group=row.group,
        why=row.why,
        state=row.state,
        updated_at=row.updated_at,
        title=title,
    )


def _own(actor: Actor) -> QuerySet[Notification]:
    """Those of the actor that they may see at this moment: one condition, asked of each row by its model's key."""
    repos = Repo.objects.all().filter(pk=OuterRef("repo_id"))
    visible: QuerySet[Repo] = repos.visible_to(actor)
    opened: QuerySet[Repo] = repos.opened_to(actor)
    knew: QuerySet[Repo] = repos.once_visible_to(actor)
    may_see = (
        Q(repo=None)
        | (Exists(visible) & (Q(is_inside=False) | Exists(opened)))
        | (Q(event__name__in=WHEN_DELETED) & Exists(knew))
    )
    return Notification.objects.filter(may_see, user=actor.user)


def _fetched(rows: QuerySet[Notification]) -> QuerySet[Notification]:
    return rows.select_related("event__seal", "repo__namespace").prefetch_related(
        "event__personal_fields"
    )
