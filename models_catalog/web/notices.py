"""What everybody must know of a model before anything else, on each of its pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.users.models import User
from hub.ui.parts import Notice
from models_catalog.lifecycle.queries import recalled_in
from models_catalog.repos.models import Repo

MOST_SHOWN = 5


def notices_of(repo: Repo) -> list[Notice]:
    """Archived, deprecated, and files that were recalled; one query. The repo came by its door."""
    found = [_recalled(repo), _deprecated(repo), _archived(repo)]
    return [each for each in found if each is not None]


def _archived(repo: Repo) -> Notice | None:
    if repo.archived_at is None:
        return None
    said = _("Archived on %(date)s%(by)s.") % {
        "date": f"{repo.archived_at:%-d %b %Y}",
        "by": _by(repo.archived_by),
    }
    return Notice(
        "info", "archive", said, _("It is read and downloaded as before; nothing in it changes.")
    )


def _deprecated(repo: Repo) -> Notice | None:
    if repo.deprecated_at is None:
        return None
    said = _("Deprecated on %(date)s%(by)s.") % {
        "date": f"{repo.deprecated_at:%-d %b %Y}",
        "by": _by(repo.deprecated_by),
    }
    successor = repo.successor
    if successor is None:
        return Notice("warn", "triangle-alert", said, repo.deprecated_reason)
    url = reverse("catalog:model", args=[successor.namespace.name, successor.name])
    label = _("Use %(model)s instead") % {"model": successor.full_name}
    return Notice("warn", "triangle-alert", said, repo.deprecated_reason, label, url)


def _recalled(repo: Repo) -> Notice | None:
    places = recalled_in(repo)
    if not places:
        return None
    paths = ", ".join(dict.fromkeys(place.path for place in places[:MOST_SHOWN]))
    said = _("Files of this model were recalled by this hub: %(paths)s.") % {"paths": paths}
    reason = places[0].blob.recalled_reason
    return Notice("bad", "octagon-x", said, _("Nobody gets them. %(reason)s") % {"reason": reason})


def _by(person: User | None) -> str:
    return _(" by %(name)s") % {"name": person.name} if person else ""
