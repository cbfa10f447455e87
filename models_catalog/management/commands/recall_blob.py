"""``manage.py recall_blob SHA256 --reason WHY --as USER``: the kill switch, for when there is no time for a browser."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.users.queries import get_user
from hub.core.actor import for_command
from hub.core.errors import DomainError
from models_catalog.lifecycle.actions import end_recall, recall_blob
from models_catalog.lifecycle.queries import models_holding


class Command(BaseCommand):
    """Recall bytes, or end a recall, in the name of somebody of the security role."""

    help = "Hand the bytes of a digest out at no door any more, and take them at none; --end takes that back."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("sha256")
        parser.add_argument("--reason", required=True, help="what every door will say")
        parser.add_argument("--as", required=True, dest="user", help="who answers for it")
        parser.add_argument("--end", action="store_true", help="take the recall back")

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry it out."""
        act = end_recall if options["end"] else recall_blob
        try:
            actor = for_command(get_user(options["user"]))
            blob = act(options["sha256"], reason=options["reason"], actor=actor)
        except DomainError as error:
            raise CommandError(error.message) from error
        done = "no longer recalled" if options["end"] else "recalled"
        self.stdout.write(f"{blob.sha256} is {done}; {models_holding(blob).count()} models hold it")
