"""The band over every page of an organisation, for all faces that have such pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.orgs.models import Organization
from accounts.orgs.queries import get_organization, organization_rights
from accounts.web.words import PRESET_TITLES
from hub.core.actor import Actor
from hub.ui.parts import Badge, Crumb, OwnerHead, Tab


@dataclass(frozen=True, slots=True)
class OrganizationView:
    """What every page of an organisation starts from."""

    organization: Organization
    rights: frozenset[Right]
    head: OwnerHead

    @property
    def actions(self) -> dict[str, bool]:
        """What templates may offer: ``rights.members`` and so on."""
        return {right.name.lower(): right in self.rights for right in Right}


def open_organization(
    name: str, *, actor: Actor, tab: str, is_title: bool = False
) -> OrganizationView:
    """Fetch an organisation and work out its head. ``tab`` is the key of the current tab. Raises ``NotFound``."""
    organization = get_organization(name)
    rights = organization_rights(organization, actor=actor)
    namespace = organization.namespace
    head = OwnerHead(
        name=namespace.name,
        title=organization.display_name,
        tabs=_tabs(namespace.name, rights, current=tab),
        summary=organization.description,
        crumbs=(Crumb(_("Organisations"), "/orgs"), Crumb(namespace.name, f"/{namespace.name}")),
        badges=(
            Badge(
                _("Review: %(preset)s") % {"preset": PRESET_TITLES[namespace.preset]},
                icon="badge-check",
            ),
        ),
        is_title=is_title,
    )
    return OrganizationView(organization=organization, rights=rights, head=head)


def _tabs(name: str, rights: frozenset[Right], *, current: str) -> list[Tab]:
    """Tabs with the right that opens each; ``None`` for those that are public."""
    known: tuple[tuple[str, str, str, Right | None], ...] = (
        ("models", _("Models"), f"/{name}", None),
        ("people", _("People"), f"/orgs/{name}/people", None),
        ("reviews", _("Reviews"), f"/orgs/{name}/reviews", Right.SEE_UNRELEASED),
        ("policies", _("Policy"), f"/orgs/{name}/policies", None),
        ("governance", _("Governance"), f"/orgs/{name}/governance", None),
        ("audit", _("Audit log"), f"/orgs/{name}/audit", Right.AUDIT),
        ("settings", _("Settings"), f"/orgs/{name}/settings", Right.SETTINGS),
    )
    return [
        Tab(label, url, is_current=key == current)
        for key, label, url, needed in known
        if needed is None or needed in rights
    ]
