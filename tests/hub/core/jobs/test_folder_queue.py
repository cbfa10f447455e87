"""The queue of an embedded hub: nobody meets a file that is still being written."""

from __future__ import annotations

import threading
from queue import Empty

import pytest
from kombu import Connection

from hub.core.jobs import folder_queue


@pytest.fixture
def connect(tmp_path):
    """Open channels of one queue folder, each as a process of its own would."""
    folder_queue.install()
    places = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    options = {**places, "control_folder": str(tmp_path / "control")}
    opened = []

    def channel():
        opened.append(Connection("filesystem://localhost/", transport_options=options))
        return opened[-1].channel()

    yield channel
    for connection in opened:
        connection.close()


def test_messages_come_out_in_the_order_they_were_put_in(connect):
    for number in range(3):
        connect()._put("scan", {"number": number})

    assert [connect()._get("scan") for _ in range(3)] == [{"number": n} for n in range(3)]


def test_a_message_that_is_still_being_written_is_not_there_yet(connect, tmp_path):
    (tmp_path / ".half.part").write_text('{"number": ')

    with pytest.raises(Empty):
        connect()._get("scan")
    assert connect()._size("scan") == 0


def test_readers_never_meet_half_a_message(connect):
    long = {"text": "x" * 300_000}
    writer = threading.Thread(target=lambda: [connect()._put("scan", long) for _ in range(20)])
    writer.start()
    reader = connect()
    read: list[object] = []
    while len(read) < 20:
        try:
            read.append(reader._get("scan"))
        except Empty:
            assert writer.is_alive() or reader._size("scan")

    assert read == [long] * 20


def test_processes_that_bind_to_a_new_exchange_at_once_are_all_bound(connect):
    names = [f"queue{number}" for number in range(8)]
    start = threading.Barrier(len(names))

    def bind(name):
        channel = connect()
        start.wait(30)
        for exchange in range(20):
            channel._queue_bind(f"exchange{exchange}", "", "", name)

    threads = [threading.Thread(target=bind, args=[name]) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    reader = connect()
    for exchange in range(20):
        assert {row.queue for row in reader.get_table(f"exchange{exchange}")} == set(names)
