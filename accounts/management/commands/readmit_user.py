"""``manage.py readmit_user NAME [--by ADMIN]``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.users.queries import get_account, get_user
from accounts.users.suspension import readmit_user
from hub.core.actor import SYSTEM, for_command
from hub.core.errors import DomainError


class Command(BaseCommand):
    """Let a suspended person in again."""

    help = "End a suspension: the person signs in anew, with the roles they held."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("name")
        parser.add_argument("--by", default="", help="the administrator who decides it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry it out."""
        try:
            actor = for_command(get_user(options["by"])) if options["by"] else SYSTEM
            user = get_account(options["name"])
            readmit_user(user, actor=actor)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{user.username} may sign in again. Their old tokens stay revoked.")
