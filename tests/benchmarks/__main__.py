"""``python -m tests.benchmarks [names…]``: run them one after the other; exit with 1 when a promise was broken."""

from __future__ import annotations

import argparse
import importlib
import signal
import sys
from collections.abc import Sequence

from tests.benchmarks.report import Report

NAMES = (
    "five_gigabytes",
    "two_thousand_files",
    "slow_downloads",
    "catalogue_scale",
    "simulation",
    "visible_to",
    "api_fuzz",
    "scanning",
)


def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks that ``arguments`` name, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--gigabytes", type=float, default=5.0, help="size of the large file")
    parser.add_argument("--models", type=int, default=20_000, help="size of the catalogue")
    parser.add_argument("--repos", type=int, default=1_000_000, help="of which a member sees some")
    parser.add_argument(
        "--examples", type=int, default=100, help="requests per operation and actor"
    )
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # folders are taken away all the same
    broken: list[str] = []
    for name in options.names or NAMES:
        report = Report(name)
        importlib.import_module(f"tests.benchmarks.{name}").measure(report, options)
        report.show()
        broken += [f"{name}: {promise}" for promise in report.broken]
    for sentence in broken:
        print(f"BROKEN  {sentence}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
