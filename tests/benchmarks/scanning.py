"""The scanning engine by itself: megabytes and files a second of each format, and checkpoints far larger than memory.

Large files are full of holes, so that they take no room; what counts is the time beyond computing the digest, which every
byte has to go through whatever reads it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from governance.scanning.engine import scan
from governance.scanning.engine.reader import BytesReader
from tests.benchmarks.places import folder
from tests.benchmarks.processes import MEGABYTE
from tests.benchmarks.report import Report
from tests.governance.scanning.engine.making import dumps, torch_data, torch_zip
from tests.governance.scanning.engine.making_arrays import described, npy, wrapped
from tests.scanning.sparse import sparse_safetensors, sparse_torch

ALLOWED = 200 * MEGABYTE
SECONDS = 20
"""Beyond the digest, for a file of any size."""
SMALL_FILES = 2000
SMALL_SECONDS = 60
_ALONE = """
import json, resource, sys, time
from governance.scanning.engine import scan
from governance.scanning.engine.reader import FdReader
from governance.scanning.engine.scanner import digest
with open(sys.argv[1], "rb") as file:
    began = time.monotonic()
    digest(FdReader(file.fileno()))
    hashing = time.monotonic() - began
    report = scan(file.fileno())
    whole = time.monotonic() - began - hashing
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps([report.verdict.value, report.bytes_read, whole, hashing, peak]))
"""


def measure(report: Report, options: argparse.Namespace) -> None:
    """Fill ``report``; ``options.gigabytes`` is the size of each large file."""
    for name, content in _contents().items():
        seconds, times = _timed(content)
        speed = len(content) * times / seconds / 10**6
        report.figure(
            name, f"{speed:,.0f} MB/s, {times / seconds:,.0f} files/s of {len(content):,} bytes"
        )
    _small_files(report)
    makers: dict[str, Callable[[Path, int], None]] = {
        "torch": sparse_torch,
        "safetensors": sparse_safetensors,
    }
    with folder() as place:
        for name, make in makers.items():
            make(place / name, int(options.gigabytes * 10**9))
            _large(report, name, place / name)


def _contents() -> dict[str, bytes]:
    rows = {f"layer.{n}": [n, n * 0.5, f"name {n}", (n, None)] for n in range(5000)}
    return {
        "pickle of small objects": dumps(rows, 4),
        "pickle of protocol 0": dumps(rows, 0),
        "pickle of one large buffer": dumps({"w": bytes(8 * MEGABYTE)}, 4),
        "joblib": wrapped("f8", MEGABYTE, bytes(8 * MEGABYTE)),
        "npy": npy(described("'<f8'", f"({MEGABYTE},)"), bytes(8 * MEGABYTE)),
        "torch zip": torch_zip(torch_data(("0", 2 * MEGABYTE)), {"0": bytes(8 * MEGABYTE)}),
    }


def _timed(content: bytes) -> tuple[float, int]:
    """Scan again and again for a second; returns how long and how often."""
    began, times = time.monotonic(), 0
    while time.monotonic() - began < 1 or not times:
        scan(BytesReader(content))
        times += 1
    return time.monotonic() - began, times


def _small_files(report: Report) -> None:
    files = [dumps({"n": n, "w": bytes(900)}, 4) for n in range(SMALL_FILES)]
    began = time.monotonic()
    for content in files:
        scan(BytesReader(content))
    taken = time.monotonic() - began
    report.figure(f"{SMALL_FILES:,} files of one kilobyte", f"{taken:.1f} s in one process")
    report.promise(f"{SMALL_FILES:,} small files in {SMALL_SECONDS} s", kept=taken < SMALL_SECONDS)


def _large(report: Report, name: str, path: Path) -> None:
    command = [sys.executable, "-c", _ALONE, str(path)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    verdict, read, whole, hashing, peak = json.loads(answer.stdout)
    size = path.stat().st_size
    report.figure(
        f"{name} of {size / 10**9:.1f} GB",
        f"{whole:.1f} s, of which the digest {hashing:.1f} s; {read:,} bytes looked at, {peak // MEGABYTE} MB of memory",
    )
    report.promise(f"{name}: judged safe", kept=verdict == "safe")
    report.promise(f"{name}: {SECONDS} s beyond the digest", kept=whole - hashing < SECONDS)
    report.promise(f"{name}: less than {ALLOWED // MEGABYTE} MB", kept=peak < ALLOWED)
