"""Somebody who looks at pages all the time, in a process of its own, and notes how long each answer takes."""

from __future__ import annotations

import http.client
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

from tests.benchmarks.report import percentile

PAUSE = 0.03  # seconds between two looks


@dataclass
class Visit:
    """How long answers took, in milliseconds, and how many were not a 200."""

    times: dict[str, list[float]] = field(default_factory=dict)
    refused: int = 0

    def p95(self, path: str) -> float:
        """In milliseconds."""
        return percentile(self.times[path], 0.95)

    def said(self, path: str) -> str:
        """Median, 95th percentile and maximum."""
        times = self.times[path]
        return (
            f"median {percentile(times, 0.5):.1f}, p95 {self.p95(path):.1f}, "
            f"most {max(times, default=0):.0f} ms of {len(times)}"
        )


@contextmanager
def visiting(base_url: str, *paths: str) -> Iterator[Visit]:
    """Look at ``paths`` in turn while the block lasts; the visit is complete after it."""
    visit = Visit({path: [] for path in paths})
    context = multiprocessing.get_context("spawn")  # its interpreter waits for nobody else's
    ours, theirs = context.Pipe()
    visitor = context.Process(target=_visit, args=(base_url, paths, theirs), daemon=True)
    visitor.start()
    try:
        ours.recv()  # the first round is over
        yield visit
    finally:
        ours.send("stop")
        visit.times, visit.refused = ours.recv()
        visitor.join()


def _visit(base_url: str, paths: Sequence[str], pipe: Connection) -> None:
    times: dict[str, list[float]] = {path: [] for path in paths}
    for path in paths:  # the first look at a page is about the server's caches
        _look(base_url, path)
    pipe.send("ready")
    refused = 0
    while not pipe.poll(PAUSE):
        for path in paths:
            began = time.perf_counter()
            refused += _look(base_url, path) != 200
            times[path].append((time.perf_counter() - began) * 1000)
    pipe.recv()
    pipe.send((times, refused))


def _look(base_url: str, path: str) -> int:
    """A new connection each time, as from many people."""
    connection = http.client.HTTPConnection(str(urlsplit(base_url).netloc), timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status
