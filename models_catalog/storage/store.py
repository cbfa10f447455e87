"""Where bytes lie: a content-addressed store on a django-storages backend."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, storages
from django.utils.translation import gettext as _

from hub.core.errors import StorageFull


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object of the store: its key, its length in bytes and when it was put there."""

    key: str
    size: int
    stored_at: datetime


class BlobStore(Protocol):
    """What the catalogue needs of a place for bytes. Keys are relative, with ``/``."""

    def adopt(self, key: str, staged: Path) -> None:
        """Move a finished local file into place, durably and at once; a second adoption of a key is harmless."""

    def open(self, key: str) -> BinaryIO:
        """A seekable reader. Raises ``FileNotFoundError``."""

    def local_path(self, key: str) -> Path | None:
        """Where sendfile finds the bytes, or ``None`` when they are not on this machine."""

    def size(self, key: str) -> int | None:
        """Length in bytes, or ``None`` when there is no such object."""

    def look(self, key: str) -> StoredObject | None:
        """What is known about an object, or ``None`` when there is no such object."""

    def objects(self, folder: str) -> Iterator[StoredObject]:
        """Everything whose key begins with ``folder/``, in no order, one page of names at a time."""

    def move(self, key: str, new_key: str) -> None:
        """Rename; links made for the old key stop working."""

    def delete(self, key: str) -> None:
        """Remove; a missing object is no error."""


class DiskStore:
    """A folder on this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def adopt(self, key: str, staged: Path) -> None:
        """See ``BlobStore.adopt``: flush to the disk, then rename, then flush the folder."""
        target = self.root / key
        _make_folder(target.parent)
        staged.chmod(0o440)
        os.utime(staged)  # from now on it is in the store; collection asks since when
        with staged.open("rb") as file:
            os.fsync(file.fileno())
        staged.replace(target)
        _flush_folder(target.parent)

    def open(self, key: str) -> BinaryIO:
        """See ``BlobStore.open``."""
        return (self.root / key).open("rb")

    def local_path(self, key: str) -> Path:
        """See ``BlobStore.local_path``."""
        return self.root / key

    def size(self, key: str) -> int | None:
        """See ``BlobStore.size``."""
        try:
            return (self.root / key).stat().st_size
        except FileNotFoundError:
            return None

    def look(self, key: str) -> StoredObject | None:
        """See ``BlobStore.look``."""
        try:
            return _stored(key, (self.root / key).stat())
        except FileNotFoundError:
            return None

    def objects(self, folder: str) -> Iterator[StoredObject]:
        """See ``BlobStore.objects``; folders that do not exist hold nothing."""
        try:
            entries = os.scandir(self.root / folder)
        except FileNotFoundError:
            return
        with entries:
            for entry in entries:
                key = f"{folder}/{entry.name}"
                try:
                    if entry.is_dir(follow_symlinks=False):
                        yield from self.objects(key)
                    else:
                        yield _stored(key, entry.stat(follow_symlinks=False))
                except FileNotFoundError:  # moved or deleted while we looked
                    continue

    def move(self, key: str, new_key: str) -> None:
        """See ``BlobStore.move``; a key that has moved already is no error."""
        target = self.root / new_key
        _make_folder(target.parent)
        try:
            (self.root / key).replace(target)
        except FileNotFoundError:
            if not target.exists():
                raise
        _flush_folder(target.parent)

    def delete(self, key: str) -> None:
        """See ``BlobStore.delete``."""
        (self.root / key).unlink(missing_ok=True)


def _stored(key: str, found: os.stat_result) -> StoredObject:
    return StoredObject(key, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))


def _make_folder(folder: Path) -> None:
    """Make a folder that a power cut does not take away: its name is flushed in each folder above it that is new."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@cache
def store() -> BlobStore:
    """The store that ``settings.STORAGES["default"]`` describes."""
    backend = storages["default"]
    if isinstance(backend, FileSystemStorage):
        return DiskStore(Path(backend.location))
    raise ImproperlyConfigured(f"There is no blob store for {type(backend).__name__}.")


def staging_dir() -> Path:
    """Where unfinished uploads lie: on this machine, on the disk that will keep them."""
    folder: Path = settings.STAGING_DIR
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def disk_room() -> Iterator[None]:
    """Turn the operating system's “no space left” into a refusal that a person understands."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull(
                _(
                    "The hub’s disk is full, so the file was not stored. Nothing else was changed; tell the "
                    "operator and try again."
                )
            ) from error
        raise
