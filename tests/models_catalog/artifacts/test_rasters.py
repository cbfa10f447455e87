"""Pictures are told by their first bytes, and their size is read without decoding them."""

from __future__ import annotations

import struct

import pytest

from models_catalog.artifacts.rasters import Raster, raster_of
from tests.factories import pictures

KINDS = {
    "image/png": [pictures.png(3, 2)],
    "image/jpeg": [pictures.JPEG],
    "image/gif": [pictures.GIF],
    "image/webp": [pictures.WEBP_LOSSY, pictures.WEBP_LOSSLESS, pictures.WEBP_EXTENDED],
    "image/avif": [pictures.AVIF],
}
ALL = [(kind, data) for kind, examples in KINDS.items() for data in examples]


@pytest.mark.parametrize(("kind", "data"), ALL)
def test_each_kind_is_known_with_its_size(kind, data):
    assert raster_of(data) == Raster(kind, 3, 2)


@pytest.mark.parametrize(("kind", "data"), ALL)
def test_no_beginning_of_a_picture_breaks_the_reader(kind, data):
    for length in range(min(len(data), 400)):
        found = raster_of(data[:length])
        assert found is None or found.kind == kind


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><svg/>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7",
        b"BM" + b"\0" * 60,
        b"\0\0\0\x1cftypisom" + b"\0" * 40,
        pictures.png_claiming(0, 5),
    ],
)
def test_nothing_else_is_a_picture(data):
    assert raster_of(data) is None


def test_a_jpeg_whose_segments_never_end_is_no_picture():
    assert raster_of(b"\xff\xd8\xff\xe0\x00\x02" + b"\xff\xe1\x00\x02" * 70_000) is None


def test_an_avif_is_as_large_as_the_largest_of_its_parts():
    tile_first = pictures.AVIF + b"\0\0\0\x14ispe\0\0\0\0" + struct.pack(">II", 60_000, 50_000)

    assert raster_of(tile_first) == Raster("image/avif", 60_000, 50_000)
