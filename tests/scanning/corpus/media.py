"""Pictures, sound, film and fonts, each whole, each with something added, each broken."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable, Iterator

from tests.scanning.sample import Sample, benign, malformed, malicious

ELF = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00" + bytes(80)
PICKLE = b"cposix\nsystem\n(S'id'\ntR."
PHP = b"<?php system($_GET['c']); ?>"
PAGE = b"<script>alert(1)</script>"
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j"
    "/wAALCAACAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AO//Z"
)
WEBP = base64.b64decode("UklGRh4AAABXRUJQVlA4TBEAAAAvAUAAAAdQrWpVq/+BiOh/AAA=")
FLAC = base64.b64decode(
    "ZkxhQwAAACIQABAAAAAuAAAuAfQA8AAAACiFUcqn06oLyQs44xehwroQhAAAKCAAAAByZWZlcmVuY2UgbGliRkxBQyAxLjQuMyAyMDIzMDYyMwAAAAD/+GQIACcWRAzN8zMMzbTT"
    "3WFyQAa3Lcty3Lcty3Lcty3Lcty3Lcty3Lcty7Kx"
)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG, with its checksum."""
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def png(*notes: bytes, rows: int = 2) -> bytes:
    """A grey picture of two by two, with further parts."""
    header = struct.pack(">LLBBBBB", 2, 2, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\x10\x20" * rows)
    parts = (chunk(b"IHDR", header), *notes, chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg(note: bytes) -> bytes:
    """A small picture with a comment."""
    return JPEG[:2] + b"\xff\xfe" + struct.pack(">H", len(note) + 2) + note + JPEG[2:]


def gif(note: bytes = b"") -> bytes:
    """A picture of one by one, with a comment."""
    comment = b"!\xfe" + bytes([len(note)]) + note + b"\0" if note else b""
    screen = struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6)
    image = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02D\x01\0"
    return b"GIF89a" + screen + comment + image + b";"


def bmp() -> bytes:
    """A picture of two by two in true colour."""
    info = struct.pack("<LllHHLLllLL", 40, 2, 2, 1, 24, 0, 16, 0, 0, 0, 0)
    return b"BM" + struct.pack("<LHHL", 70, 0, 0, 54) + info + bytes(16)


def icon() -> bytes:
    """One small PNG in an icon."""
    inner = png()
    return (
        struct.pack("<HHH", 0, 1, 1)
        + struct.pack("<BBBBHHLL", 2, 2, 0, 0, 1, 8, len(inner), 22)
        + inner
    )


def tiff(note: bytes = b"a cat\0") -> bytes:
    """A grey picture of two by two with a description."""
    tags = [
        (256, 4, 1, 2), (257, 4, 1, 2), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (270, 2, len(note), 126),
        (273, 4, 1, 8), (278, 4, 1, 2), (279, 4, 1, 4),
    ]  # fmt: skip
    directory = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHLL", *tag) for tag in tags)
    return b"II*\0" + struct.pack("<L", 12) + b"\1\2\3\4" + directory + bytes(4) + note


def riff(form: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """A RIFF file of these parts."""
    body = form + b"".join(
        kind + struct.pack("<L", len(data)) + data + b"\0" * (len(data) % 2)
        for kind, data in chunks
    )
    return b"RIFF" + struct.pack("<L", len(body)) + body


def wav(*more: tuple[bytes, bytes]) -> bytes:
    """A little sound."""
    described = struct.pack("<HHLLHH", 1, 1, 8000, 16000, 2, 16)
    return riff(b"WAVE", (b"fmt ", described), (b"data", bytes(range(64))), *more)


def mp3(note: bytes = b"") -> bytes:
    """Three silent frames behind a tag."""
    size = bytes(
        [len(note) >> 21 & 127, len(note) >> 14 & 127, len(note) >> 7 & 127, len(note) & 127]
    )
    return b"ID3\x04\0\0" + size + note + (b"\xff\xfb\x90\x00" + bytes(413)) * 3


def ogg(note: bytes = b"", *, ends: bool = True) -> bytes:
    """Two pages of one stream."""
    return _page(2, 0, b"\x01vorbis" + note) + _page(4 if ends else 0, 1, bytes(40))


def _page(flags: int, number: int, data: bytes) -> bytes:
    table = bytes([255] * (len(data) // 255) + [len(data) % 255])
    head = b"OggS\0" + bytes([flags]) + bytes(8) + b"\1\0\0\0" + struct.pack("<L", number)
    whole = head + bytes(4) + bytes([len(table)]) + table + data
    value = 0
    for byte in whole:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value >> 31 else 0)) & 0xFFFFFFFF
    return head + struct.pack("<L", value) + bytes([len(table)]) + table + data


def box(kind: bytes, data: bytes) -> bytes:
    """A part of an MP4."""
    return struct.pack(">L", 8 + len(data)) + kind + data


def mp4(note: bytes = b"") -> bytes:
    """A film without pictures, with a note."""
    own = box(b"dref", bytes(4) + struct.pack(">L", 1) + box(b"url ", b"\0\0\0\1"))
    tree = box(b"trak", box(b"mdia", box(b"minf", box(b"dinf", own))))
    movie = box(b"moov", box(b"mvhd", bytes(100)) + tree + box(b"udta", box(b"name", note)))
    return box(b"ftyp", b"isom\0\0\2\0isom") + movie + box(b"mdat", bytes(50))


def webm(note: bytes = b"") -> bytes:
    """A header, a list of tracks, tags, one cluster."""
    header = b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm"
    tracks = b"\x16\x54\xae\x6b\x84\xae\x82\xd7\x81"
    tags = b"\x12\x54\xc3\x67" + bytes([0x80 | len(note)]) + note if note else b""
    cluster = b"\x1f\x43\xb6\x75\x87\xe7\x81\x00\xa3\x82\x81\x00"
    body = tracks + tags + cluster
    return header + b"\x18\x53\x80\x67" + bytes([0x40 | len(body) >> 8, len(body) & 255]) + body


def font(note: bytes = b"Sample") -> bytes:
    """Two tables: enough to be followed."""
    tables = {b"head": bytes(12) + b"\x5f\x0f\x3c\xf5" + bytes(38), b"name": note}
    records, bodies = b"", b""
    start = 12 + 16 * len(tables)
    for tag, data in tables.items():
        data_filled = data + bytes(-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(data_filled) // 4}L", data_filled)) & 0xFFFFFFFF
        records += struct.pack(">4sLLL", tag, checksum, start + len(bodies), len(data))
        bodies += data_filled
    return b"\0\1\0\0" + struct.pack(">HHHH", len(tables), 32, 1, 0) + records + bodies


def au(note: bytes = b"a cat\0\0\0") -> bytes:
    """Two samples behind a note."""
    described = struct.pack(">5I", 24 + len(note), 4, 3, 8000, 1)
    return b".snd" + described + note + b"\1\2\3\4"


def aiff(*more: tuple[bytes, bytes]) -> bytes:
    """Two samples."""
    described = struct.pack(">hIh", 1, 2, 16) + b"\x40\x0b\xfa" + bytes(7)
    parts = ((b"COMM", described), *more, (b"SSND", bytes(8) + b"\1\2\3\4"))
    content = b"".join(
        kind + struct.pack(">I", len(data)) + data + bytes(len(data) % 2) for kind, data in parts
    )
    return b"FORM" + struct.pack(">I", 4 + len(content)) + b"AIFF" + content


def caf(note: bytes = b"a cat") -> bytes:
    """Two samples and a note."""
    parts = (
        (b"desc", b"\x40\xbf\x40" + bytes(5) + b"lpcm" + bytes(20)),
        (b"info", note),
        (b"data", bytes(4) + b"\1\2\3\4"),
    )
    return b"caff\0\1\0\0" + b"".join(
        kind + struct.pack(">Q", len(data)) + data for kind, data in parts
    )


def ppm(note: bytes = b"a cat") -> bytes:
    """Two pixels."""
    return b"P6\n# " + note + b"\n2 1\n255\n\xff\0\x80\1\2\3"


WHOLE: dict[str, bytes] = {
    "png": png(),
    "jpg": JPEG,
    "gif": gif(),
    "bmp": bmp(),
    "ico": icon(),
    "tif": tiff(),
    "webp": WEBP,
    "wav": wav(),
    "flac": FLAC,
    "ogg": ogg(),
    "mp3": mp3(),
    "mp4": mp4(),
    "webm": webm(),
    "ttf": font(),
    "au": au(),
    "aiff": aiff(),
    "caf": caf(),
    "ppm": ppm(),
}
NOTED: dict[str, Callable[[bytes], bytes]] = {
    "png": lambda note: png(chunk(b"tEXt", b"Comment\0" + note)),
    "jpg": jpeg,
    "gif": gif,
    "tif": tiff,
    "wav": lambda note: wav((b"LIST", b"INFOICMT" + struct.pack("<L", len(note)) + note)),
    "ogg": ogg,
    "mp3": mp3,
    "mp4": mp4,
    "webm": webm,
    "ttf": font,
    "au": au,
    "aiff": lambda note: aiff((b"ANNO", note)),
    "caf": caf,
    "ppm": ppm,
}


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    for ending, whole in WHOLE.items():
        path = f"a.{ending}"
        yield benign(ending, path, whole)
        yield malicious(f"{ending}-program-behind", path, whole + ELF)
        yield malicious(f"{ending}-pickle-behind", path, whole + PICKLE)
        yield malicious(f"{ending}-script-behind", path, whole + b"#!/bin/sh\nid\n")
        yield malformed(f"{ending}-noise-behind", path, whole + b"\x99\x98\x97" * 9)
        yield malformed(f"{ending}-cut", path, whole[: len(whole) * 2 // 3])
        yield malformed(f"{ending}-cut-by-one", path, whole[:-1])
        yield malformed(f"{ending}-head-alone", path, whole[:12] + bytes(4))
        yield malicious(f"{ending}-under-other-name", "model.safetensors", whole)
    for ending, noted in NOTED.items():
        yield benign(f"{ending}-note", f"a.{ending}", noted(b"A cat on a mat, seen in spring.   "))
        yield malicious(f"{ending}-php", f"a.{ending}", noted(PHP))
        yield malicious(f"{ending}-web-script", f"a.{ending}", noted(PAGE))
    yield benign("picture-called-package", "images/package-x.png", png())
    yield malicious("build-file-called-compose", "compose.yaml", b"services: {}\n")
    yield from _tricks()


def _tricks() -> Iterator[Sample]:
    packed = b"Comment\0\0" + zlib.compress(PHP)
    yield malicious("png-php-packed", "a.png", png(chunk(b"zTXt", packed)))
    yield malicious("png-program-in-private-part", "a.png", png(chunk(b"prVt", ELF)))
    yield benign(
        "png-packed-words",
        "a.png",
        png(chunk(b"zTXt", b"parameters\0\0" + zlib.compress(b"a cat"))),
    )
    yield malformed("png-too-many-pixels", "a.png", png(rows=3))
    yield malformed("png-too-few-pixels", "a.png", png(rows=1))
    yield malformed("png-wrong-checksum", "a.png", png()[:-1] + b"\0")
    yield malformed("png-unknown-part-needed", "a.png", png(chunk(b"ABCD", b"x")))
    yield malformed("png-two-headers", "a.png", png(chunk(b"IHDR", png()[16:29])))
    yield malicious(
        "gif-of-script",
        "a.gif",
        b"GIF89a/*" + b" " * 20 + b"*/=1;alert(document.cookie);//<script>",
    )
    yield malicious("gif-of-text", "a.gif", b"GIF89a = 1; alert(document.cookie);\n" * 4)
    yield malicious("jpeg-of-page", "a.jpg", b"\xff\xd8\xff\xe0<html><script>alert(1)</script>" * 3)
    yield malicious("bmp-of-page", "a.bmp", bmp()[:30] + PAGE)
    yield malformed(
        "mp4-without-movie", "a.mp4", box(b"ftyp", b"isom\0\0\2\0") + box(b"mdat", b"x")
    )
    away = mp4().replace(b"url \0\0\0\1", b"url \0\0\0\0")
    yield malformed("mp4-elsewhere", "a.mp4", away)
    yield malformed("flac-without-sound", "a.flac", FLAC[:86])
    yield malformed("flac-zeros-behind", "a.flac", FLAC + bytes(16))
    yield malformed("ogg-without-end", "a.ogg", ogg(ends=False))
    yield malformed("wav-without-sound", "a.wav", riff(b"WAVE", (b"fmt ", bytes(16))))
    yield malformed(
        "ttf-table-outside", "a.ttf", font().replace(struct.pack(">L", 44), b"\x7f\0\0\0")
    )
    yield malformed("ttf-wrong-checksum", "a.ttf", font()[:-3] + b"xyz")
