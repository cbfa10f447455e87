"""Everything that changes an organisation."""

from accounts.orgs.actions.defaults import change_defaults
from accounts.orgs.actions.founding import create_organization, describe_organization
from accounts.orgs.actions.invitations import answer_invitation, invite_member
from accounts.orgs.actions.rescue import appoint_owner
from accounts.orgs.actions.roles import give_role, remove_member, set_roles, take_role

__all__ = [
    "answer_invitation",
    "appoint_owner",
    "change_defaults",
    "create_organization",
    "describe_organization",
    "give_role",
    "invite_member",
    "remove_member",
    "set_roles",
    "take_role",
]
