"""One commit of two thousand small files: by a form and by tus; what it costs the database; what its listing costs."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.benchmarks.places import folder, hub_in
from tests.benchmarks.report import Report, percentile
from tests.journeys.publisher import Publisher
from tests.services.hub import RunningHub

FILES, SIZE = 2000, 1000
LONGEST_WRITE = 1000  # milliseconds; SQLite has one writer, and the others wait 20 s at most
QUERIES_OF_A_COMMIT = 120
LOOKS = 10


def measure(report: Report, options: argparse.Namespace) -> None:
    """Fill ``report``."""
    report.figure("commit of", f"{FILES} files of {SIZE} bytes each")
    for way, send in (("form", _by_form), ("tus", _by_tus)):
        with (
            folder() as place,
            hub_in(place) as hub,
        ):  # a hub for each, so that nobody scans meanwhile
            publisher = Publisher.at(hub, "ada")
            model = publisher.add_model("many")
            places = publisher.begin(model)
            files = _files()
            seconds = _ms(partial(send, publisher, places, files)) / 1000
            each = f"{seconds / FILES * 1000:.1f} ms a file"
            report.figure(f"sent by {way}", f"{seconds:.1f} s, {each}")
            _commit(report, hub, places["page"].rsplit("/", 1)[-1], way)
            if way == "tus":
                _list(report, hub, publisher, model)
                _settle(report, publisher, model)


def _files() -> dict[str, bytes]:
    source = random.Random()
    return {
        f"part-{n // 100:02}/{n:04}.txt": source.randbytes(SIZE // 2).hex().encode()
        for n in range(FILES)
    }


def _by_form(publisher: Publisher, places: dict[str, str], files: dict[str, bytes]) -> None:
    parts = [("folder_files", (f"chosen/{path}", data)) for path, data in files.items()]
    answer = publisher.client.post(places["page"], data={"then": "add"}, files=parts)
    assert answer.status_code == 302, answer.text


def _by_tus(publisher: Publisher, places: dict[str, str], files: dict[str, bytes]) -> None:
    for path, data in files.items():
        publisher.upload(places["files"], path, data)


def _commit(report: Report, hub: RunningHub, upload: str, way: str) -> None:
    found = _inside(hub, "commit", upload)
    longest, queries = max(found["transactions"])
    report.figure(
        f"commit of what came by {way}",
        f"{found['ms']:.0f} ms, {found['queries']} queries; longest write {longest:.0f} ms, {queries} queries",
    )
    report.promise(
        f"a commit of {FILES} files makes no more than {QUERIES_OF_A_COMMIT} queries ({way})",
        kept=found["queries"] <= QUERIES_OF_A_COMMIT,
    )
    report.promise(
        f"it holds other writers up for {LONGEST_WRITE} ms at most ({way})",
        kept=longest <= LONGEST_WRITE,
    )


def _list(report: Report, hub: RunningHub, publisher: Publisher, model: str) -> None:
    for title, path in (
        ("tree page of 20 folders", f"/{model}/tree/main"),
        ("tree page of 100 files", f"/{model}/tree/main/part-07"),
    ):
        look = partial(publisher.client.get, path)
        taken = [_ms(look) for _ in range(LOOKS)]
        queries = _inside(hub, "page", path)["queries"]
        report.figure(title, f"median {percentile(taken, 0.5):.0f} ms, {queries} queries")


def _settle(report: Report, publisher: Publisher, model: str) -> None:
    began = time.monotonic()
    publisher.wait_until_fetchable(model, "part-19/1999.txt", seconds=600)
    report.figure("until the last file is scanned", f"{time.monotonic() - began:.0f} s more")


def _inside(hub: RunningHub, function: str, argument: str) -> dict[str, Any]:
    code = f"from tests.benchmarks import inside; inside.{function}({argument!r})"
    found: dict[str, Any] = json.loads(hub.manage("shell", "-c", code).splitlines()[-1])
    return found


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
