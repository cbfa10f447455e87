"""The side navigations of an organisation: who belongs to it, and how it is set up."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.teams.queries import sees_teams
from accounts.web.org_head import OrganizationView
from hub.core.actor import Actor
from hub.ui.parts import NavGroup, Tab, Text

Known = tuple[tuple[str, Text, str, bool], ...]


def people_nav(view: OrganizationView, current: str, *, actor: Actor) -> list[NavGroup]:
    """Pages about who belongs and what they may do, those that the actor may open; ``current`` is this one's key."""
    manages = Right.MEMBERS in view.rights
    belongs = bool(view.rights) or sees_teams(view.organization, actor=actor)
    known: Known = (
        ("members", _("Members"), "accounts:people", True),
        ("outside", _("Outside collaborators"), "accounts:outside", manages),
        ("teams", _("Teams"), "accounts:teams", belongs),
        ("robots", _("Service accounts"), "accounts:robots", manages),
        ("roles", _("What roles may do"), "accounts:roles", True),
    )
    return [NavGroup(_("People"), _tabs(known, view.head.name, current))]


def org_settings_nav(view: OrganizationView, current: str) -> list[NavGroup]:
    """Pages of the settings, those that the actor may open; ``current`` is the key of this one."""
    known: Known = (
        ("general", _("General"), "accounts:organization-settings", Right.SETTINGS in view.rights),
        ("policy", _("Policy"), "governance:policy", True),
        ("stages", _("Stages"), "catalog:organization-stages", True),
        (
            "webhooks",
            _("Webhooks"),
            "governance:org-webhooks",
            Right.SETTINGS in view.rights,
        ),
    )
    return [NavGroup(_("Organisation"), _tabs(known, view.head.name, current))]


def _tabs(known: Known, name: str, current: str) -> list[Tab]:
    return [
        Tab(label, reverse(route, args=[name]), is_current=key == current)
        for key, label, route, is_open in known
        if is_open
    ]
