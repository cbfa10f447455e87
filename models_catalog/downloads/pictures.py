"""Pictures that pages show: the three questions first, then whether the bytes are a picture at all."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.cache import cache
from django.utils.translation import gettext as _

from hub.core.actor import Actor
from hub.core.errors import Invalid, TooLarge
from models_catalog.artifacts.rasters import START_BYTES, Raster, raster_of
from models_catalog.downloads.actions import OpenedFile, open_file
from models_catalog.repos.models import Repo
from models_catalog.storage.models import Blob
from models_catalog.storage.queries import open_blob

MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000
KEPT = 7 * 24 * 3600  # seconds; what a digest names never changes


def open_picture(
    repo: Repo, revision: str, path: str, *, actor: Actor
) -> tuple[OpenedFile, Raster]:
    """A picture to be shown in a page; being looked at is not a download. Raises as ``open_file``.

    ``Invalid`` for what is no picture, ``TooLarge`` for one that a telephone could not hold.
    """
    opened = open_file(repo, revision, path, actor=actor)
    if opened.entry.size > MAX_BYTES:
        raise TooLarge(
            _("Pictures of more than {megabytes} MB are not shown. Download it instead.").format(
                megabytes=MAX_BYTES // 1_000_000
            )
        )
    raster = rasters_of([opened.blob]).get(opened.blob.sha256)
    if raster is None:
        raise Invalid(
            _(
                "The hub shows PNG, JPEG, GIF, WebP and AVIF pictures, and this file is none of them, whatever its "
                "name says. Download it instead."
            )
        )
    if raster.pixels > MAX_PIXELS:
        raise TooLarge(
            _(
                "Pictures of more than {millions} million pixels are not shown. Download it instead."
            ).format(millions=MAX_PIXELS // 1_000_000)
        )
    return opened, raster


def is_showable(raster: Raster | None, size: int) -> bool:
    """Whether ``open_picture`` would show these bytes to somebody who may have them."""
    return raster is not None and size <= MAX_BYTES and raster.pixels <= MAX_PIXELS


def rasters_of(blobs: Iterable[Blob]) -> dict[str, Raster]:
    """What some bytes show, by digest; those that are no pictures are missing. Each is looked at once and kept.

    Callers have asked the three questions.
    """
    by_key = {f"raster:{blob.sha256}": blob for blob in blobs}
    known = cache.get_many(by_key)
    new = {key: _read(blob) for key, blob in by_key.items() if key not in known}
    if new:
        cache.set_many(new, KEPT)
    found = {by_key[key].sha256: values for key, values in (known | new).items() if values}
    return {sha256: Raster(*values) for sha256, values in found.items()}


def _read(blob: Blob) -> tuple[str, int, int] | tuple[()]:
    with open_blob(blob) as file:
        raster = raster_of(file.read(START_BYTES))
    return () if raster is None else (raster.kind, raster.width, raster.height)
