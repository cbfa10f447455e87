"""Lists and searches over a large catalogue: as many statements as over a small one, and quick enough to wander."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.places import folder
from tests.benchmarks.report import Report
from tests.services.hub import INHERITED, ROOT

SMALLER = 10  # times
PATIENCE = 400  # milliseconds for a question with all its counts


def measure(report: Report, options: argparse.Namespace) -> None:
    """Fill ``report``; ``options.models`` is how many models there are."""
    with folder() as place:
        _database(report, "SQLite", place, {}, options.models)
    if url := os.environ.get("DATABASE_URL"):
        with folder() as place, emptied(url):
            _database(report, "PostgreSQL", place, {"DATABASE_URL": url}, options.models)


def _database(
    report: Report, name: str, place: Path, extra: Mapping[str, str], models: int
) -> None:
    environment = {key: os.environ[key] for key in INHERITED if key in os.environ}
    environment |= {"ARBORETUM_DATA": str(place / "data"), **extra}
    manage(environment, "migrate", "--verbosity", "0")
    found: dict[str, list[dict[str, Any]]] = {}
    for count in (models // SMALLER, models):
        for question, figures in _inside(environment, f"fill({count}); catalogue.ask()").items():
            found.setdefault(question, []).append(figures)
    report.figure(name, f"{models:,} models, beside {models // SMALLER:,}")
    for question, (small, large) in found.items():
        ratio = large["ms"] / small["ms"]
        report.figure(
            f"{name}: {question}",
            f"{large['ms']:.0f} ms ({ratio:.1f} × {small['ms']:.0f}), {large['queries']} queries",
        )
        same = (
            large["queries"] - small["queries"] <= 1
        )  # where all fits on a page, nothing is counted
        report.promise(f"{name}: {question}: as many queries", kept=same)
        quick = large["ms"] <= PATIENCE
        report.promise(f"{name}: {question}: within {PATIENCE} ms", kept=quick)
    small, large = found["list, the page alone"]
    kept = large["ms"] <= small["ms"] * SMALLER / 2
    report.promise(f"{name}: a page costs much the same in the larger catalogue", kept=kept)


def _inside(environment: Mapping[str, str], call: str) -> dict[str, Any]:
    code = f"from tests.benchmarks import catalogue; catalogue.{call}"
    found: dict[str, Any] = json.loads(manage(environment, "shell", "-c", code).splitlines()[-1])
    return found


def manage(environment: Mapping[str, str], *arguments: str) -> str:
    """Run a command of the hub; what it printed."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=dict(environment),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def emptied(url: str) -> Iterator[None]:
    """Make sure that the database is nobody's, and leave nothing in it."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchone() == (0,), "DATABASE_URL must name an empty database"
    try:
        yield
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
