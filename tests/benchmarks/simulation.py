"""A draft of the hub's own policy over very many models: within a minute, and as many statements for a batch as for one model."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.catalogue_scale import emptied, manage
from tests.benchmarks.places import folder
from tests.benchmarks.report import Report
from tests.services.hub import INHERITED

MODELS = 100_000
PATIENCE = 60  # seconds


def measure(report: Report, options: argparse.Namespace) -> None:
    """Fill ``report``; always over ``MODELS`` models."""
    del options
    with folder() as place:
        _database(report, "SQLite", place, {})
    if url := os.environ.get("DATABASE_URL"):
        with folder() as place, emptied(url):
            _database(report, "PostgreSQL", place, {"DATABASE_URL": url})


def _database(report: Report, name: str, place: Path, extra: Mapping[str, str]) -> None:
    environment = {key: os.environ[key] for key in INHERITED if key in os.environ}
    environment |= {"ARBORETUM_DATA": str(place / "data"), **extra}
    manage(environment, "migrate", "--verbosity", "0")
    code = f"from tests.benchmarks import governed; governed.fill({MODELS}); governed.run()"
    found = json.loads(manage(environment, "shell", "-c", code).splitlines()[-1])
    one, many = found["queries"]
    report.figure(
        name,
        f"{found['models']:,} models in {found['seconds']:.1f} s ({found['cpu']:.1f} s of one core), "
        f"{found['stopped']:,} stopped; "
        f"a batch of 500 takes {many} queries, of 1 {one}",
    )
    report.promise(f"{name}: every model", kept=found["models"] == MODELS)
    report.promise(f"{name}: within {PATIENCE} s", kept=found["seconds"] <= PATIENCE)
    report.promise(f"{name}: a full batch takes as many queries as one model", kept=one == many)
