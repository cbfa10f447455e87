"""Files on their way in: appended to block by block, hashed on the way, resumable after a crash.

The staging file's length is the offset, whatever a database says: bytes that were written are kept.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from hub.core.errors import Conflict, TooLarge
from models_catalog.storage.store import disk_room, staging_dir

CHUNK = 2**20
_REMEMBERED = 256


class Digests:
    """SHA-256 states of files that this process is receiving, so that the last block need not read all the others.

    Only a saving: a file whose state is not here (another process, a restart) is read once from the disk.
    """

    def __init__(self) -> None:
        self._states: OrderedDict[str, tuple[int, hashlib._Hash]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, name: str, offset: int) -> hashlib._Hash | None:
        """The state after exactly ``offset`` bytes, removed from here, or ``None``."""
        with self._lock:
            state = self._states.pop(name, None)
        if state is not None and state[0] == offset:
            return state[1]
        return hashlib.sha256() if offset == 0 else None

    def put(self, name: str, offset: int, state: hashlib._Hash) -> None:
        """Keep the state for the next block."""
        with self._lock:
            self._states[name] = (offset, state)
            while len(self._states) > _REMEMBERED:
                self._states.popitem(last=False)

    def forget(self, name: str) -> None:
        """Drop the state of a file that is thrown away."""
        with self._lock:
            self._states.pop(name, None)


_digests = Digests()


def staged_path(name: str) -> Path:
    """The staging file of an upload; ``name`` is ours (a UUID), never a user's."""
    return staging_dir() / name


def staged_size(name: str) -> int:
    """How many bytes have arrived."""
    try:
        return staged_path(name).stat().st_size
    except FileNotFoundError:
        return 0


def append(name: str, *, offset: int, chunks: Iterable[bytes], limit: int) -> int:
    """Write ``chunks`` at ``offset`` and answer the new offset, also when the sender broke off half-way.

    Raises ``Conflict`` when ``offset`` is not where the file ends or somebody else is writing, ``TooLarge`` when more
    than ``limit`` bytes arrive in all, ``StorageFull``. Bytes written before an error stay.
    """
    with _locked(name) as file, disk_room():
        position = file.seek(0, os.SEEK_END)
        if position != offset:
            raise Conflict(
                _(
                    "The hub has {position} bytes of this file, not {offset}. Ask for the offset and go on "
                    "from it."
                ).format(position=position, offset=offset)
            )
        state = _digests.take(name, offset)
        try:
            for chunk in chunks:
                if position + len(chunk) > limit:
                    raise TooLarge(
                        _("More bytes arrived than the {limit} that were announced.").format(
                            limit=limit
                        )
                    )
                file.write(chunk)
                position += len(chunk)
                if state is not None:
                    state.update(chunk)
        finally:
            file.flush()
            if state is not None and file.tell() == position:
                _digests.put(name, position, state)
    return position


def sha256_of(name: str) -> str:
    """The SHA-256 of everything that has arrived."""
    size = staged_size(name)
    state = _digests.take(name, size)
    if state is None or size == 0:
        with staged_path(name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    return state.hexdigest()


def flush(name: str) -> None:
    """Wait until the disk has everything that has arrived. Raises ``FileNotFoundError``."""
    with staged_path(name).open("rb") as file:
        os.fsync(file.fileno())


def discard(name: str) -> None:
    """Throw away what has arrived."""
    _digests.forget(name)
    staged_path(name).unlink(missing_ok=True)


def untouched_since(moment: datetime) -> Iterator[str]:
    """Names of staging files that nobody has written to since ``moment``."""
    for path in staging_dir().iterdir():
        try:
            if path.is_file() and path.stat().st_mtime < moment.timestamp():
                yield path.name
        except FileNotFoundError:  # finished or discarded while we looked
            continue


def read_chunks(file: BinaryIO, *, limit: int | None = None) -> Iterator[bytes]:
    """The bytes of a stream, up to ``limit``, one mebibyte at a time."""
    left = limit
    while left is None or left > 0:
        chunk = file.read(CHUNK if left is None else min(CHUNK, left))
        if not chunk:
            return
        if left is not None:
            left -= len(chunk)
        yield chunk


@contextmanager
def _locked(name: str) -> Iterator[BinaryIO]:
    path = staged_path(name)
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict(
                _("Another request is sending this file just now. Wait for it or stop it.")
            ) from error
        yield file
