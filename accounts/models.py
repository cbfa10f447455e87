"""Django finds the models of the app here; nobody else imports from this list."""

from accounts.namespaces.models import Namespace
from accounts.orgs.models import (
    Invitation,
    Organization,
    OrganizationGroupPermission,
    OrganizationUserPermission,
    RoleGroup,
)
from accounts.robots.models import FormerResponsible, ServiceAccount
from accounts.teams.models import Team
from accounts.tokens.models import Token
from accounts.users.models import User

__all__ = [
    "FormerResponsible",
    "Invitation",
    "Namespace",
    "Organization",
    "OrganizationGroupPermission",
    "OrganizationUserPermission",
    "RoleGroup",
    "ServiceAccount",
    "Team",
    "Token",
    "User",
]
