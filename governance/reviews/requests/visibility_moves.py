"""Making a model more visible, when people agreed to it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from governance.reviews.requests.moves import Move, Wanted
from hub.core.actor import Actor
from hub.core.errors import Invalid
from models_catalog.repos.actions import make_more_visible
from models_catalog.repos.gates import is_wider
from models_catalog.repos.models import Repo, Visibility

VISIBILITY = "visibility"


def _title(wanted: Wanted) -> str:
    if wanted.version is not None:
        raise Invalid(_("A model is visible as a whole. Name no version."), field="version")
    if wanted.name not in Visibility.values or not is_wider(wanted.name, _now(wanted)):
        raise Invalid(_("Choose a visibility that is wider than the present one."), field="name")
    return _("Make {model} {visibility}").format(
        model=wanted.repo.full_name, visibility=wanted.name
    )


def _now(wanted: Wanted) -> str:
    return Repo.objects.values_list("visibility", flat=True).get(pk=wanted.repo.pk)


def _widen(wanted: Wanted, actor: Actor) -> None:
    make_more_visible(wanted.repo, wanted.name, review=wanted.discussion_number, actor=actor)


VISIBILITIES = Move(_title, _now, _widen)
