"""What it costs to belong: lists for a member of many organisations beside the same lists for a stranger, on PostgreSQL."""

from __future__ import annotations

import argparse
import json
import os

from tests.benchmarks.catalogue_scale import manage
from tests.benchmarks.places import folder
from tests.benchmarks.report import Report
from tests.services.hub import INHERITED
from tests.services.postgres import postgres

MOST = 1.5  # times what a stranger waits


def measure(report: Report, options: argparse.Namespace) -> None:
    """Fill ``report``; ``options.repos`` is how many models there are."""
    with folder() as place:
        place.chmod(0o711)  # the database server is another user
        with postgres(place / "postgres") as url:
            environment = {key: os.environ[key] for key in INHERITED if key in os.environ}
            environment |= {"ARBORETUM_DATA": str(place / "data"), "DATABASE_URL": url}
            manage(environment, "migrate", "--verbosity", "0")
            code = f"from tests.benchmarks import crowd; crowd.fill({options.repos}); crowd.ask()"
            found = json.loads(manage(environment, "shell", "-c", code).splitlines()[-1])
    report.figure("models", f"{found['repos']:,} on PostgreSQL")
    report.figure("member", f"{found['organizations']} organisations, {found['grants']} grants")
    for question, taken in found["questions"].items():
        ratio = taken["member"] / taken["stranger"]
        said = f"{taken['member']:.2f} ms ({ratio:.2f} × {taken['stranger']:.2f} for a stranger)"
        report.figure(question, said)
        report.promise(
            f"{question}: at most {MOST} times what a stranger waits", kept=ratio <= MOST
        )
        for who, plan in taken["plans"].items():
            print(f"    --- {question}, {who}\n{plan}", flush=True)
