"""``manage.py makemessages``: collect every string of pages into ``locale/<language>/LC_MESSAGES/django.po``."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import makemessages

NOT_OURS = ("tests", "var", "requirements", "static", "migrations")


class Command(makemessages.Command):
    """Django's own, which leaves out what nobody reads on a page and keeps the catalogue in a steady order."""

    help = __doc__ or ""
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-wrap", "--sort-output"]
    xgettext_options = [*makemessages.Command.xgettext_options, "--no-wrap", "--sort-output"]

    def handle(self, *args: Any, **options: Any) -> None:
        """Collect the strings."""
        options["ignore_patterns"] = [*options["ignore_patterns"], *NOT_OURS]
        super().handle(*args, **options)
