"""Django finds the models of the app here; nobody else imports from this list."""

from accounts.namespaces.models import Namespace
from accounts.orgs.models import (
    Invitation,
    Organization,
    OrganizationGroupPermission,
    OrganizationUserPermission,
    RoleGroup,
)
from accounts.tokens.models import Token
from accounts.users.models import User

__all__ = [
    "Invitation",
    "Namespace",
    "Organization",
    "OrganizationGroupPermission",
    "OrganizationUserPermission",
    "RoleGroup",
    "Token",
    "User",
]
