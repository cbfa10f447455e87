"""A file that is larger than the machine's memory: up, scanned, down whole, down in two parts, down as a zip.

No process of the hub may hold more than 150 MB for it, and pages are answered meanwhile.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from tests.benchmarks.bytes_over_http import PIECE, connect, fetch, head, send_block
from tests.benchmarks.places import folder, hub_in
from tests.benchmarks.processes import MEGABYTE, Watch
from tests.benchmarks.report import Report
from tests.benchmarks.visitor import Visit, visiting
from tests.journeys.publisher import BLOCK, Publisher
from tests.services.hub import RunningHub

ALLOWED = 150 * MEGABYTE
PATIENCE = 250  # milliseconds for a page view at p95, while both cores carry bytes
IDLE = 4  # seconds
PATH = "noise.dat"


def measure(report: Report, options: argparse.Namespace) -> None:
    """Fill ``report``; ``options.gigabytes`` is the size of the file."""
    size = int(options.gigabytes * 10**9)
    with folder() as place:
        needed, free = 4 * size, shutil.disk_usage(place).free
        assert free > needed, f"{place} has {free:,} bytes free; this takes {needed:,}"
        source = place / "source"
        digest = _generate(source, size)
        plain = _rate(size, lambda: _copy_and_hash(source, place / "copy", digest))
        report.figure("file", f"{size / 10**9:g} GB of random bytes, {digest[:12]}…")
        report.figure("copy on this disk with sha256", f"{plain:.0f} MB/s")
        with hub_in(place) as hub, Watch(hub) as watch:
            trip = _Trip(report, hub, source, digest, plain)
            trip.idle()
            trip.up()
            trip.scan()
            trip.down()
            trip.zip(place / "all.zip")
        _tell_memory(report, watch)


class _Trip:
    """One file's way through one hub."""

    def __init__(
        self, report: Report, hub: RunningHub, source: Path, digest: str, plain: float
    ) -> None:
        self.report, self.hub, self.source, self.digest = report, hub, source, digest
        self.plain, self.size = plain, source.stat().st_size
        self.publisher = Publisher.at(hub, "ada")
        self.model = self.publisher.add_model("large")
        self.pages = ("/healthz", f"/{self.model}")
        self.url = f"{hub.base_url}/{self.model}/resolve/main/{PATH}"
        self.before = Visit()

    def idle(self) -> None:
        with visiting(self.hub.base_url, *self.pages) as self.before:
            time.sleep(IDLE)
        for page in self.pages:
            self.report.figure(f"{_kind(page)} while idle", self.before.said(page))

    def up(self) -> None:
        places = self.publisher.begin(self.model)
        with visiting(self.hub.base_url, *self.pages) as visit:
            self._rate("upload (tus, 8 MiB blocks)", lambda: self._send(places["files"]))
        self.publisher.commit(places["page"])
        self._compare(visit, "during the upload")

    def _send(self, files: str) -> None:
        file = self.publisher.announce(files, PATH, self.size)
        token = self.publisher.client.headers["Authorization"]
        with self.source.open("rb") as source, closing(connect(self.url)) as connection:
            offset, digest = 0, None
            while block := source.read(BLOCK):
                said = send_block(connection, file, block, offset, token)
                offset, digest = offset + len(block), said["X-Content-SHA256"]
        assert digest == self.digest, "the hub computed another digest"

    def scan(self) -> None:
        began = time.monotonic()
        until = began + 60 + self.size / 10**7
        while (headers := head(self.url)) is None:
            assert time.monotonic() < until, "the scan did not end"
            time.sleep(0.2)
        verdict = headers.get("X-Hub-Scan", "safe")
        self.report.figure("scan", f"{verdict} after {time.monotonic() - began:.1f} s")
        self.report.promise("random bytes are unscannable", kept=verdict == "unscannable")

    def down(self) -> None:
        with visiting(self.hub.base_url, *self.pages) as visit:
            self._rate("download", lambda: self._expect(fetch(self.url, {})))
        self._compare(visit, "during a download")
        self._rate("download, broken off at 40 % and resumed", self._resume)

    def _resume(self) -> None:
        headers = head(self.url)
        assert headers is not None
        hashing, arrived = hashlib.sha256(), 0
        for piece in fetch(self.url, {}, until=int(self.size * 0.4)):
            hashing.update(piece)
            arrived += len(piece)
        wish = {"Range": f"bytes={arrived}-", "If-Range": headers["ETag"]}
        self._expect(fetch(self.url, wish, status=206), hashing)

    def zip(self, target: Path) -> None:
        url = f"{self.hub.base_url}/{self.model}/archive/main.zip"
        self._rate("zip of the revision, to disk", lambda: _save(url, target))
        with zipfile.ZipFile(target) as archive:
            name = next(n for n in archive.namelist() if n.endswith(f"/{PATH}"))
            with archive.open(name) as member:
                found = _digest_of(member)
        self.report.promise("the file in the zip has the digest", kept=found == self.digest)
        target.unlink()

    def _expect(self, pieces: Iterator[memoryview], hashing: hashlib._Hash | None = None) -> None:
        hashing = hashing or hashlib.sha256()
        for piece in pieces:
            hashing.update(piece)
        assert hashing.hexdigest() == self.digest, "other bytes came back"

    def _rate(self, what: str, work: Callable[[], None]) -> None:
        rate = _rate(self.size, work)
        self.report.figure(what, f"{rate:.0f} MB/s, {rate / self.plain:.2f} × the copy")

    def _compare(self, visit: Visit, when: str) -> None:
        for page in self.pages:
            ratio = visit.p95(page) / self.before.p95(page)
            self.report.figure(f"{_kind(page)} {when}", f"{visit.said(page)} ({ratio:.1f} × idle)")
            answered = visit.p95(page) <= PATIENCE and not visit.refused
            self.report.promise(
                f"{_kind(page)} {when}: p95 within {PATIENCE} ms and no refusal", kept=answered
            )


def _kind(page: str) -> str:
    return "/healthz" if page == "/healthz" else "the model's page"


def _generate(target: Path, size: int) -> str:
    """Write ``size`` random bytes, different each time; answers their SHA-256."""
    hashing, source, left = hashlib.sha256(), random.Random(os.urandom(16)), size
    with target.open("wb") as file:
        while left:
            piece = source.randbytes(min(BLOCK, left))
            hashing.update(piece)
            file.write(piece)
            left -= len(piece)
    return hashing.hexdigest()


def _save(url: str, target: Path) -> None:
    with target.open("wb") as file:
        for piece in fetch(url, {}):
            file.write(piece)


def _digest_of(file: IO[bytes]) -> str:
    hashing = hashlib.sha256()
    while piece := file.read(PIECE):
        hashing.update(piece)
    return hashing.hexdigest()


def _copy_and_hash(source: Path, target: Path, digest: str) -> None:
    """What the hub does at the least: read, hash, write, wait for the disk."""
    hashing = hashlib.sha256()
    with source.open("rb") as reader, target.open("wb") as writer:
        while piece := reader.read(PIECE):
            hashing.update(piece)
            writer.write(piece)
        os.fsync(writer.fileno())
    assert hashing.hexdigest() == digest
    target.unlink()


def _rate(size: int, work: Callable[[], None]) -> float:
    """Megabytes a second."""
    began = time.perf_counter()
    work()
    return size / MEGABYTE / (time.perf_counter() - began)


def _tell_memory(report: Report, watch: Watch) -> None:
    for name, peak in sorted(watch.peaks.items()):
        mine, shared = peak.resident / MEGABYTE, peak.share / MEGABYTE
        count = f"{len(peak.pids)} process{'es' if len(peak.pids) > 1 else ''}"
        report.figure(f"memory of {name}", f"{mine:.0f} MB, Pss {shared:.0f} MB ({count})")
    report.figure("memory of all, shared pages once", f"{watch.most_at_once / MEGABYTE:.0f} MB")
    report.promise(
        f"no process of the hub holds {ALLOWED // MEGABYTE} MB", kept=watch.worst < ALLOWED
    )
