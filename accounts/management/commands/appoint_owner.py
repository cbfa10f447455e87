"""``manage.py appoint_owner ORGANISATION NAME --reason TEXT [--by ADMIN]``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.orgs.actions import appoint_owner
from accounts.orgs.queries import get_organization
from accounts.users.queries import get_user
from hub.core.actor import SYSTEM, for_command
from hub.core.errors import DomainError


class Command(BaseCommand):
    """Give an organisation an owner whose owners are all suspended."""

    help = "Make a member the owner of an organisation that has none who can act."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("organization")
        parser.add_argument("name")
        parser.add_argument("--reason", required=True, help="stays in the record")
        parser.add_argument("--by", default="", help="the administrator who decides it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry it out."""
        try:
            actor = for_command(get_user(options["by"])) if options["by"] else SYSTEM
            organization = get_organization(options["organization"])
            user = get_user(options["name"])
            appoint_owner(organization, user, reason=options["reason"], actor=actor)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{user.username} is an owner of {organization.namespace.name}.")
