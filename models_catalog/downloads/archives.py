"""A whole revision as one zip file, made while it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zipstream import ZIP_STORED, ZipStream

from models_catalog.downloads.actions import OpenedFile
from models_catalog.revisions.models import Revision
from models_catalog.storage.queries import local_path

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip on its way: its name, its exact length in bytes and its chunks."""

    name: str
    size: int
    chunks: Iterator[bytes]


def sums_of(files: Sequence[OpenedFile]) -> str:
    """What ``sha256sum --check`` reads: a line per file, sorted by path."""
    return "".join(f"{file.entry.sha256}  {file.entry.path}\n" for file in files)


def archive_of(revision: Revision, files: Sequence[OpenedFile], *, title: str) -> Archive:
    """The files under one folder, stored without compression, with ``SHA256SUMS`` beside them.

    The length is known beforehand (stored entries), so browsers show progress. Callers have opened the files.
    """
    folder = f"{revision.repo.name}-{title}"
    zipped = ZipStream(compress_type=ZIP_STORED, sized=True)
    for file in files:
        path = local_path(file.blob)
        assert path is not None  # archives of remote stores are made when there is one
        zipped.add_path(str(path), f"{folder}/{file.entry.path}")
    if not any(file.entry.path == SUMS for file in files):
        zipped.add(sums_of(files).encode(), f"{folder}/{SUMS}")
    return Archive(name=f"{folder}.zip", size=len(zipped), chunks=iter(zipped))
