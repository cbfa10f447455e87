"""Every operation of the API asked for longer than the suite can: requests that fit its schema and requests that do not."""

from __future__ import annotations

import argparse
import os
import time

from tests.benchmarks.report import Report
from tests.run import main

TEST = "tests/hub/api/test_schema_holds.py"
ACTORS = 3


def measure(report: Report, options: argparse.Namespace) -> None:
    """Fill ``report``; what surprised is printed by the test itself."""
    os.environ["API_FUZZ_EXAMPLES"] = str(options.examples)
    began = time.monotonic()
    code = main([TEST, "-q", "-p", "no:randomly"])
    report.figure(
        "requests per operation", f"{options.examples} by each of {ACTORS} kinds of callers"
    )
    report.figure("time", f"{time.monotonic() - began:.0f} s")
    report.promise(
        "no answer is a failure, or one that the schema does not promise", kept=code == 0
    )
