"""Killed with -9 in the middle: after the restart nothing is lost, doubled or half done."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.journeys.publisher import BLOCK, Publisher, made_of
from tests.services.hub import RunningHub

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def prove_whole(hub: RunningHub) -> None:
    assert "0 problems" in hub.manage("fsck")
    hub.manage("verify_audit")


def slow_chunks(data: bytes, sent: threading.Event):
    """The first half at once, then nothing: a sender in the middle of a block."""
    yield data[: len(data) // 2]
    sent.set()
    threading.Event().wait(3)
    yield data[len(data) // 2 :]


@pytest.fixture
def publish():
    """A function that makes a publisher of a hub; their connections are closed after the test."""
    made = []

    def make(hub: RunningHub) -> Publisher:
        made.append(Publisher.at(hub, "ada"))
        return made[-1]

    yield make
    for publisher in made:
        publisher.client.close()


def test_the_web_server_is_killed_in_mid_upload(start_hub, publish):
    hub = start_hub()
    publisher = publish(hub)
    model = publisher.add_model("resumed")
    places = publisher.begin(model)
    data = made_of(1, 3 * BLOCK)
    file = publisher.announce(places["files"], "weights.bin", len(data))
    assert publisher.send(file, data[:BLOCK], offset=0).status_code == 204
    half_sent = threading.Event()
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": str(BLOCK),
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(BLOCK),
    }

    def interrupted() -> None:
        body = slow_chunks(data[BLOCK : 2 * BLOCK], half_sent)
        try:
            publisher.client.patch(file, content=body, headers=headers)
        except httpx.TransportError:
            pass  # this is what the test is about

    sender = threading.Thread(target=interrupted)
    sender.start()
    half_sent.wait(10)
    before = hub.pid_of("web")
    os.kill(before, signal.SIGKILL)
    sender.join()
    hub.wait_until(lambda: _answers(hub) and hub.pid_of("web") != before)

    offset = publisher.offset(file)
    assert BLOCK <= offset < 2 * BLOCK
    while offset < len(data):
        publisher.send(file, data[offset : offset + BLOCK], offset=offset)
        offset = publisher.offset(file)
    publisher.commit(places["page"])

    page = publisher.client.get(places["page"], headers={"Accept": "text/html"}).text
    assert hashlib.sha256(data).hexdigest() in page
    prove_whole(hub)


def test_the_worker_is_killed_in_mid_scan(start_hub, publish):
    hub = start_hub()
    publisher = publish(hub)
    model = publisher.add_model("scanned")
    files = {f"part-{i:02}.json": json.dumps({"n": i}).encode() for i in range(40)}
    publisher.publish(model, files)
    hub.wait_until(lambda: _scanned(hub) > 3, seconds=60)

    before = hub.pid_of("worker")
    os.killpg(os.getpgid(before), signal.SIGKILL)

    for path in files:
        publisher.wait_until_fetchable(model, path)
    assert _scanned(hub) == _count(hub, "Blob")
    prove_whole(hub)


def test_everything_is_killed_between_commit_and_scan(start_hub, publish, tmp_path):
    data = tmp_path / "data"
    hub = start_hub(data)
    publisher = publish(hub)
    model = publisher.add_model("survivor")
    worker = hub.pid_of("worker")
    _stop_between_writes(os.getpgid(worker), data)
    publisher.publish(model, {"config.json": b"{}"})
    everybody = [hub.process.pid, *(hub.pid_of(name) for name in ("web", "worker", "beat"))]
    for pid in everybody:
        os.kill(pid, signal.SIGKILL)
    os.killpg(os.getpgid(worker), signal.SIGKILL) if _lives(worker) else None
    hub.process.wait()
    for message in (data / "queue").rglob("*.msg"):
        message.unlink()  # and the queue is lost, too

    again = start_hub(data)

    publisher.hub = again
    publisher.wait_until_fetchable(model, "config.json")
    assert _count(again, "ContentScan", app="governance") == _count(again, "Blob")
    prove_whole(again)


def _stop_between_writes(group: int, data: Path) -> None:
    """Stop processes where they hold no lock of the database, which nobody could write to otherwise."""
    while True:
        os.killpg(group, signal.SIGSTOP)
        with closing(sqlite3.connect(data / "db.sqlite3", timeout=1)) as database:
            try:
                database.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError:
                os.killpg(group, signal.SIGCONT)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _answers(hub: RunningHub) -> bool:
    try:
        return httpx.get(f"{hub.base_url}/healthz").status_code == 200
    except httpx.TransportError:
        return False


def _scanned(hub: RunningHub) -> int:
    return _count(hub, "ContentScan", app="governance")


def _count(hub: RunningHub, model: str, *, app: str = "models_catalog") -> int:
    code = f"from {app}.models import {model}; print({model}.objects.count())"
    return int(hub.manage("shell", "--no-imports", "-c", code).strip().splitlines()[-1])
