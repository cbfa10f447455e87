"""What endpoints about one organisation share."""

from __future__ import annotations

from accounts.orgs.models import Organization
from accounts.orgs.queries import get_organization
from hub.api.operations import place
from hub.api.views import ApiView

ORGANIZATION = (place("org", "The name of the organisation.", example="savanna"),)


class OfOrganization(ApiView):
    """An endpoint below ``/orgs/<org>``."""

    def organization(self, org: str) -> Organization:
        """The organisation; organisations are public. Raises ``NotFound``."""
        return get_organization(org)
