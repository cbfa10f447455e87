"""Reading requests."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from governance.reviews.requests.models import Certificate, ReviewRequest
from governance.reviews.subjects import Subject, with_neighbours
from hub.core.actor import Actor
from hub.core.errors import NotFound
from models_catalog.changes.queries import get_change, get_discussion, visible_discussions
from models_catalog.repos.models import Repo


def requests_of(repo: Repo, *, actor: Actor) -> QuerySet[ReviewRequest]:
    """The requests about a model that the actor may read, newest first."""
    threads = visible_discussions(repo, actor=actor).filter(is_request=True).order_by()
    return with_neighbours().filter(discussion__in=threads.values("pk")).order_by("-pk")


def get_request(repo: Repo, number: int, *, actor: Actor) -> ReviewRequest:
    """One request. Raises ``NotFound``, also for a thread that is none."""
    thread = get_discussion(repo, number, actor=actor)
    found = with_neighbours().filter(discussion=thread).first()
    if found is None:
        raise NotFound(_("There is no request with this number."))
    return found


def certified_at(version_ids: Collection[int]) -> dict[int, object]:
    """When each of some versions was certified last, by their ids; those that never were are missing."""
    rows = Certificate.objects.filter(version__in=list(version_ids)).values_list("version")
    return dict(rows.annotate(last=Max("granted_at")).order_by())


def get_subject(repo: Repo, number: int, *, actor: Actor) -> Subject:
    """The change or request with this number. Raises ``NotFound``, also for a thread that asks for nothing."""
    thread = get_discussion(repo, number, actor=actor)
    return (get_request if thread.is_request else get_change)(repo, number, actor=actor)
