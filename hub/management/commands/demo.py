"""``manage.py demo [--reset]``: the demonstration content of an empty hub."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from hub.celery import app
from hub.core.errors import DomainError
from hub.core.jobs.actions import run
from hub.core.jobs.models import Job, JobState
from hub.demo import instance
from hub.demo.rebuilding import rebuild, what_is_lost
from hub.demo.telling import welcome
from hub.launch.refusals import StartRefused
from hub.launch.state import only_start_on

PAUSE = 0.1  # seconds
YES = "rebuild"


class Command(BaseCommand):
    """Works with and without a running hub: what no worker does meanwhile, it does itself."""

    help = (
        "Make the demonstration content on an empty hub. With --reset, delete everything first: allowed on a hub that "
        "holds nothing but a demonstration."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--reset", action="store_true", help="delete everything and begin anew")
        parser.add_argument("--yes", action="store_true", help="do not ask before a reset")
        parser.add_argument(
            "--delete-real-data",
            action="store_true",
            help="allow --reset on a hub that holds more than a demonstration",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry it out."""
        if options["reset"]:
            self._reset(is_allowed=options["delete_real_data"], is_sure=options["yes"])
        try:
            self._make()
        except DomainError as error:
            raise CommandError(error.message) from error

    def _make(self) -> None:
        if instance.is_complete():
            self.stdout.write("The demonstration is complete already.")
            return
        if instance.job() is None:
            self.stdout.write(welcome(instance.begin()))
        self.stdout.write(
            f"The example code of the cards will name {settings.PUBLIC_URL}; PORT and ARBORETUM_PUBLIC_URL change that."
        )
        instance.go_on()
        app.loader.import_default_modules()  # who carries out which kind of work
        while not instance.is_complete():
            _work()
        self.stdout.write("The demonstration is complete.")

    def _reset(self, *, is_allowed: bool, is_sure: bool) -> None:
        has_tables = "hub_job" in connection.introspection.table_names()
        is_ours = not has_tables or instance.is_empty() or instance.is_only_demonstration()
        if not is_ours and not is_allowed:
            raise CommandError(
                "This hub holds more than a demonstration, so it is left alone. If everything in it, the accounts, models "
                "and records of real people too, shall be deleted for good, add --delete-real-data."
            )
        with ExitStack() as stack:
            try:
                stack.enter_context(only_start_on(settings.DATA_DIR))
            except StartRefused as refusal:
                raise CommandError(f"Stop the hub before a reset. {refusal}") from refusal
            self.stdout.write(what_is_lost())
            if not is_sure:
                _ask()
            rebuild()
        self.stdout.write("Everything was deleted; the hub is empty.")


def _ask() -> None:
    if not sys.stdin.isatty():
        raise CommandError("Nobody is at the terminal to confirm that. Add --yes if you are sure.")
    if input(f"Type “{YES}” to go on: ").strip() != YES:
        raise CommandError("Nothing was deleted.")


def _work() -> None:
    """Carry out a job that is due, or wait a moment for one. Raises ``CommandError`` when the demonstration failed."""
    found = instance.job()
    if found is None or found.state == JobState.FAILED:
        reason = found.outcome if found is not None else "its job is gone"
        raise CommandError(f"The demonstration could not be completed ({reason}).")
    due = Job.objects.filter(state=JobState.QUEUED, due_at__lte=timezone.now())
    # what scanning has to do first comes before the story that waits for it
    job = due.exclude(kind=instance.KIND).order_by("due_at").first() or due.first()
    if job is not None:
        run(job.pk)
    else:
        time.sleep(PAUSE)
