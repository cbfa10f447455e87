"""``manage.py redact_audit USER --by ADMIN --reason TEXT``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.users.models import User
from governance.audit.actions import redact_personal
from hub.core.actor import for_command
from hub.core.errors import DomainError


class Command(BaseCommand):
    """Take somebody's name and addresses out of the audit record for good; the chain stays whole."""

    help = "Take a person's name and addresses out of the audit record, for good."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("user")
        parser.add_argument("--by", required=True, help="the administrator who decides it")
        parser.add_argument("--reason", required=True, help="stays in the record: name nobody")

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry it out."""
        user, admin = _person(options["user"]), _person(options["by"])
        try:
            values = redact_personal(user, reason=options["reason"], actor=for_command(admin))
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(
            f"Redacted {values} personal values. The record says that it was done, and why."
        )


def _person(name: str) -> User:
    user = User.objects.filter(username__iexact=name).first()
    if user is None:
        raise CommandError(f"Nobody here is called {name}.")
    return user
