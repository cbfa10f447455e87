"""Which place a page about policies speaks of, and what stands over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from accounts.namespaces.models import Namespace
from accounts.orgs.models import Organization
from accounts.teams.queries import get_visible_team
from accounts.web.org_head import open_organization
from governance.policies.models import Layer
from governance.policies.places import HUB, Place, of_namespace, of_repo, of_team, rights_at
from hub.ui.parts import Crumb
from hub.web.requests import HubRequest
from models_catalog.repos.queries import get_repo


@dataclass(frozen=True, slots=True)
class PolicyView:
    """What every page about policies starts from; ``base`` is the address that all of them begin with."""

    place: Place
    organization: Organization | None
    rights: frozenset[Right]
    base: str
    query: str
    frame: dict[str, Any]

    @property
    def namespace(self) -> Namespace | None:
        """The organisation's; none for the hub."""
        return self.organization.namespace if self.organization else None

    @property
    def context(self) -> dict[str, Any]:
        """What templates need."""
        return {
            **self.frame,
            "place": self.place,
            "place_title": title_of(self.place),
            "is_namespace": self.place.layer == Layer.NAMESPACE,
            "base": self.base,
            "query": self.query,
            "may_write": Right.POLICIES in self.rights,
        }


def open_policies(request: HubRequest, org: str) -> PolicyView:
    """The place that an address names: the hub, an organisation, or by ``?team=`` and ``?model=`` something in it."""
    if not org:
        rights = rights_at(HUB, actor=request.actor)
        return PolicyView(HUB, None, rights, "/policies", "", _hub_frame())
    view = open_organization(org, actor=request.actor, tab="policies")
    place, query = _place(view.organization, request)
    return PolicyView(
        place=place,
        organization=view.organization,
        rights=rights_at(place, actor=request.actor),
        base=f"/orgs/{view.head.name}/policies",
        query=query,
        frame={"layout": "layouts/org.html", "head": view.head},
    )


def _place(organization: Organization, request: HubRequest) -> tuple[Place, str]:
    if team := request.GET.get("team"):
        found = get_visible_team(organization, team, actor=request.actor)
        return of_team(found), f"?{urlencode({'team': found.name})}"
    if model := request.GET.get("model"):
        repo = get_repo(namespace=organization.namespace.name, name=model, actor=request.actor)
        return of_repo(repo), f"?{urlencode({'model': repo.name})}"
    return of_namespace(organization.namespace), ""


def query_of(place: Place) -> str:
    """What an address says to name a place inside its organisation."""
    if place.repo is not None:
        return f"?{urlencode({'model': place.repo.name})}"
    if place.layer == Layer.TEAM:
        team = getattr(place.group, "team", None)
        return f"?{urlencode({'team': getattr(team, 'name', '')})}"
    return ""


def title_of(place: Place) -> str:
    """Whose policy it is, in the middle of a sentence or over a page."""
    if place.layer == Layer.NAMESPACE:
        return place.title
    return _("the hub %(name)s") % {"name": place.title} if place == HUB else place.title


def _hub_frame() -> dict[str, Any]:
    return {"layout": "layouts/page.html", "crumbs": [Crumb(settings.HUB_NAME, "/")]}
