"""``manage.py suspend_user NAME --reason TEXT [--by ADMIN]``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.orgs.queries import organizations_without_owner
from accounts.users.queries import get_account, get_user
from accounts.users.suspension import suspend_user
from hub.core.actor import SYSTEM, for_command
from hub.core.errors import DomainError


class Command(BaseCommand):
    """Suspend somebody, and name the organisations that are left without an owner."""

    help = "Suspend a person: sessions and tokens end at once, and their word counts no more."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("name")
        parser.add_argument("--reason", required=True, help="stays in the record")
        parser.add_argument("--by", default="", help="the administrator who decides it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry it out."""
        try:
            actor = for_command(get_user(options["by"])) if options["by"] else SYSTEM
            user = get_account(options["name"])
            suspend_user(user, reason=options["reason"], actor=actor)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{user.username} is suspended.")
        for organization in organizations_without_owner(once_of=user):
            name = organization.namespace.name
            self.stdout.write(
                f"{name} has no owner who can act. Appoint a member: manage.py appoint_owner {name} NAME --reason …"
            )
