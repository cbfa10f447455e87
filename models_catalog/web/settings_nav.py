"""The pages of a model's settings."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from hub.ui.parts import Tab
from models_catalog.repos.models import Repo


def settings_tabs(repo: Repo, *, current: str) -> list[Tab]:
    """A link to each page of the settings; ``current`` is the key of the one that is shown."""
    where = [repo.namespace.name, repo.name]
    listed = [
        ("general", _("General"), "catalog:settings"),
        ("access", _("Access"), "catalog:access"),
        ("webhooks", _("Webhooks"), "governance:model-webhooks"),
    ]
    tabs = [
        Tab(label, reverse(route, args=where), is_current=key == current)
        for key, label, route in listed
    ]
    if repo.namespace.is_organization:
        asked = f"{reverse('governance:policy', args=where[:1])}?{urlencode({'model': repo.name})}"
        tabs.append(Tab(_("Rules"), asked))
    last = reverse("catalog:danger", args=where)
    return [*tabs, Tab(_("Danger zone"), last, is_current=current == "danger")]
