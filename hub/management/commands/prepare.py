"""``manage.py prepare``: what must be done before the first request after every change of the code."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import NoReverseMatch, reverse

from hub.demo.telling import at_start
from hub.launch.static_files import collect_when_changed


class Command(BaseCommand):
    """Runs the system checks too: a gate without an answer stops the start."""

    help = "Bring the database and the static files up to date; say how to sign in while nobody has an account."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--demonstration",
            action="store_true",
            help="let demonstration content grow in an empty hub, unless ARBORETUM_DEMO is 0",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is missing, quickly when nothing is."""
        connection = connections[DEFAULT_DB_ALIAS]
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
        collect_when_changed()
        was_empty = not get_user_model().objects.exists()
        if options["demonstration"] and settings.DEMO:
            self.stdout.write(at_start(), ending="")
            if was_empty:
                self.stdout.write(how_to_administer())
        if not get_user_model().objects.exists():
            self.stdout.write(how_to_sign_in())


def how_to_sign_in() -> str:
    """Two ways to the first account: the page, and the command that makes an administrator."""
    lines = ["Nobody has an account yet."]
    if settings.SIGN_UP_OPEN:
        try:
            lines.append(
                f"  Sign up in the browser: {settings.PUBLIC_URL}{reverse('account_signup')}"
            )
        except NoReverseMatch:
            pass  # an instance whose people come from elsewhere has no such page
    return "\n".join([*lines, how_to_administer()])


def how_to_administer() -> str:
    """The command that makes an administrator, as it has to be typed here."""
    own_folder = settings.DATA_DIR != settings.BASE_DIR / "var"
    where = f"ARBORETUM_DATA={settings.DATA_DIR} " if own_folder else ""
    return f"  Make an administrator:  {where}.venv/bin/python manage.py create_user NAME --admin"
