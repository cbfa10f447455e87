"""``manage.py create_token USER [--scope read|write|admin]`` prints the token alone."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.authz.policy import TOKEN_SCOPES
from accounts.tokens.actions import create_token
from accounts.users.queries import get_user
from hub.core.actor import for_command
from hub.core.errors import DomainError


class Command(BaseCommand):
    """Make a token and print nothing else, so that a script can capture it."""

    help = "Make an access token for a person and print it, alone, on standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("user")
        parser.add_argument("--scope", choices=sorted(TOKEN_SCOPES), default="read")
        parser.add_argument("--name", default="made on the command line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry it out."""
        try:
            actor = for_command(get_user(options["user"]))
            _, secret = create_token(options["name"], scope=options["scope"], actor=actor)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(secret)
