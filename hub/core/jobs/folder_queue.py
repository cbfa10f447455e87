"""Messages of an embedded hub, as files of one folder: kombu's transport, without files that can be read half-written.

kombu opens a file under its last name and fills it afterwards, so that a worker that looks in between finds nothing in
it and stops. Here a file gets its name when it is whole.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Where messages are put, and where exchanges keep their lists of queues."""

    def _put(self, queue: str, payload: dict[str, Any], **_options: Any) -> None:  # type: ignore[override]  # as its class has it
        """Add a message, for readers to find as a whole; they take the oldest name first."""
        name = f"{monotonic_ns():020}_{uuid4()}.{queue}.msg"
        place = Path(self.data_folder_out)
        _written(place, dumps(payload)).replace(place / name)

    def _queue_bind(
        self, exchange: str, routing_key: str | None, pattern: str | None, queue: str
    ) -> None:
        """Add a queue to the list of an exchange; kombu's lock protects the list only once it is there."""
        self.control_folder.mkdir(exist_ok=True)
        first = _written(self.control_folder, "[]")
        try:
            place: Path = self._exchange_file(exchange)  # type: ignore[attr-defined]  # unknown to its stubs
            place.hardlink_to(first)
        except FileExistsError:
            pass
        finally:
            first.unlink()
        super()._queue_bind(exchange, routing_key or "", pattern or "", queue)


class Transport(filesystem.Transport):
    """What ``filesystem://`` means here."""

    Channel = Channel


def _written(folder: Path, text: str) -> Path:
    """A new file with this text, under a name that no reader asks for."""
    with NamedTemporaryFile("w", dir=folder, prefix=".", suffix=".part", delete=False) as part:
        part.write(text)
    return Path(part.name)


def install() -> None:
    """Let every connection of this process use it."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
