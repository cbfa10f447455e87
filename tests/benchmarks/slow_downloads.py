"""Sixteen people with slow lines fetch a large file, and everybody else is answered as before."""

from __future__ import annotations

import argparse
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.benchmarks.places import folder, hub_in
from tests.benchmarks.processes import MEGABYTE, Watch
from tests.benchmarks.report import Report
from tests.benchmarks.visitor import visiting
from tests.journeys.publisher import Publisher

READERS, RATE = 16, 100_000  # bytes a second each
SIZE = 90 * MEGABYTE
PATH = "noise.dat"
SECONDS = 12
TICK = 0.1  # seconds
PATIENCE = 250  # milliseconds at p95
ALLOWED = 150 * MEGABYTE


def measure(report: Report, options: argparse.Namespace) -> None:
    """Fill ``report``."""
    with folder() as place, hub_in(place) as hub, Watch(hub) as watch:
        publisher = Publisher.at(hub, "ada")
        model = publisher.add_model("large")
        publisher.publish(model, {PATH: random.Random().randbytes(SIZE)})
        publisher.wait_until_fetchable(model, PATH)
        pages = ("/healthz", "/models")
        with visiting(hub.base_url, *pages) as before:
            time.sleep(SECONDS / 2)
        url = f"{hub.base_url}/{model}/resolve/main/{PATH}"
        with _slow_readers(url) as arrived, visiting(hub.base_url, *pages) as during:
            time.sleep(SECONDS)
        report.figure(
            "readers", f"{READERS} of {RATE // 1000} kB/s each, {min(arrived):,} bytes at least"
        )
        for page in pages:
            ratio = during.p95(page) / before.p95(page)
            report.figure(f"{page} while idle", before.said(page))
            report.figure(f"{page} with slow readers", f"{during.said(page)} ({ratio:.1f} × idle)")
            kept = during.p95(page) <= PATIENCE and not during.refused
            report.promise(f"{page} is answered within {PATIENCE} ms at p95", kept=kept)
        report.figure("memory of the largest process", f"{watch.worst / MEGABYTE:.0f} MB")
    report.promise("every reader went on reading", kept=min(arrived) >= RATE * SECONDS / 2)
    report.promise(f"no process holds {ALLOWED // MEGABYTE} MB", kept=watch.worst < ALLOWED)


@contextmanager
def _slow_readers(url: str) -> Iterator[list[int]]:
    """Readers who take their time as long as the block lasts; how many bytes each has read."""
    arrived, done = [0] * READERS, threading.Event()
    readers = [
        threading.Thread(target=_read, args=(url, number, arrived, done))
        for number in range(READERS)
    ]
    for reader in readers:
        reader.start()
    try:
        yield arrived
    finally:
        done.set()
        for reader in readers:
            reader.join()


def _read(url: str, number: int, arrived: list[int], done: threading.Event) -> None:
    """Read by a socket of its own, whose small buffer keeps the kernel from taking the whole file at once."""
    address = urlsplit(url)
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        line.settimeout(60)
        line.connect(("127.0.0.1", int(address.port or 80)))
        line.sendall(f"GET {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode())
        while not done.wait(TICK):
            arrived[number] += len(line.recv(int(RATE * TICK)))
