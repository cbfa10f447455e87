"""``manage.py create_user NAME [--email E] [--password P] [--admin]``."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.users.actions import register_user
from accounts.users.models import User
from hub.core.actor import SYSTEM
from hub.core.errors import DomainError


class Command(BaseCommand):
    """Make an account; without --password one is made up and printed."""

    help = "Make an account. Without --password one is made up and printed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("name")
        parser.add_argument("--email", default="")
        parser.add_argument("--password", default="")
        parser.add_argument("--admin", action="store_true", help="may administer the instance")

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry it out."""
        password = options["password"] or secrets.token_urlsafe(12)
        user = User(username=options["name"], email=options["email"])
        user.is_superuser = user.is_staff = options["admin"]
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user.set_password(password)
        try:
            register_user(user, actor=SYSTEM)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"Made the account {user.username}.")
        if not options["password"]:
            self.stdout.write(f"Password: {password}")
