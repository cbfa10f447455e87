"""``manage.py create_organization NAME --owner USER [--preset open|light|strict]``."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.namespaces.models import Preset
from accounts.orgs.actions import create_organization
from accounts.users.queries import get_user
from hub.core.actor import for_command
from hub.core.errors import DomainError


class Command(BaseCommand):
    """Found an organisation for an existing person."""

    help = "Found an organisation for an existing person, who becomes its owner."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("name")
        parser.add_argument("--owner", required=True)
        parser.add_argument(
            "--preset", choices=Preset.values, default=settings.DEFAULT_ORGANIZATION_PRESET
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry it out."""
        try:
            owner = get_user(options["owner"])
            organization = create_organization(
                options["name"], preset=options["preset"], actor=for_command(owner)
            )
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(
            f"Founded {organization.namespace.name} with the preset “{options['preset']}”."
        )
