"""Pictures by Pillow, sound by libsndfile, fonts by fontTools."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any


def _target(folder: Path, name: str, file: str, kind: str = "benign") -> Path:
    target = folder / kind / name / file
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def make_pictures(folder: Path) -> None:
    """Every usual form of a picture, in its usual variants."""
    from PIL import Image, PngImagePlugin

    picture = Image.radial_gradient("L").resize((61, 47)).convert("RGB")
    grey, palette, clear = picture.convert("L"), picture.convert("P"), picture.convert("RGBA")
    for mode, image in {"rgb": picture, "grey": grey, "palette": palette, "clear": clear}.items():
        image.save(_target(folder, f"png-{mode}", "a.png"))
        image.save(_target(folder, f"tiff-{mode}", "a.tiff"))
        if mode != "clear":
            image.save(_target(folder, f"bmp-{mode}", "a.bmp"))
            image.save(_target(folder, f"gif-{mode}", "a.gif"))
    grey.convert("1").save(_target(folder, "png-black-and-white", "a.png"))
    grey.convert("1").save(_target(folder, "tiff-fax", "a.tiff"), compression="group4")
    grey.convert("I;16").save(_target(folder, "png-16-bits", "a.png"))
    words = PngImagePlugin.PngInfo()
    words.add_text("parameters", "a cat, steps: 20, seed: 7", zip=True)
    words.add_itxt("Description", "Eine Katze")
    picture.save(_target(folder, "png-words", "a.png"), pnginfo=words, dpi=(72, 72))
    picture.save(_target(folder, "png-moving", "a.png"), save_all=True, append_images=[picture])
    exif = Image.Exif()
    exif[0x010E] = "a cat"
    variants: dict[str, dict[str, Any]] = {
        "jpeg": {},
        "jpeg-progressive": {"progressive": True},
        "jpeg-exif": {"exif": exif},
        "jpeg-comment": {"comment": "made by a camera"},
        "jpeg-restart": {"restart_marker_rows": 1},
    }
    for name, options in variants.items():
        picture.save(_target(folder, name, "a.jpg"), **options)
    picture.convert("CMYK").save(_target(folder, "jpeg-cmyk", "a.jpeg"))
    picture.save(
        _target(folder, "jpeg-several", "a.jpg"), "MPO", save_all=True, append_images=[grey]
    )
    pages: dict[str, dict[str, Any]] = {
        "tiff-lzw": {"compression": "tiff_lzw"},
        "tiff-deflate": {"compression": "tiff_adobe_deflate"},
        "tiff-jpeg": {"compression": "jpeg"},
        "tiff-pages": {"save_all": True, "append_images": [picture]},
    }
    for name, options in pages.items():
        picture.save(_target(folder, name, "a.tif"), **options)
    frames = [picture.rotate(angle) for angle in (10, 20)]
    picture.save(
        _target(folder, "gif-moving", "a.gif"),
        save_all=True,
        append_images=frames,
        loop=0,
        comment=b"spins",
    )
    picture.save(_target(folder, "webp", "a.webp"))
    picture.save(_target(folder, "webp-lossless", "a.webp"), lossless=True)
    clear.save(_target(folder, "webp-exif", "a.webp"), exif=exif)
    picture.save(_target(folder, "webp-moving", "a.webp"), save_all=True, append_images=frames)
    picture.save(_target(folder, "icon", "favicon.ico"), sizes=[(16, 16), (32, 32)])
    clear.save(_target(folder, "icon-bitmap", "favicon.ico"), sizes=[(16, 16)], bitmap_format="bmp")
    picture.save(_target(folder, "avif", "a.avif"))


def make_hidden(folder: Path) -> None:
    """Pictures with something behind or inside."""
    from PIL import Image, PngImagePlugin

    picture = Image.radial_gradient("L").resize((61, 47)).convert("RGB")
    payloads = {
        "pickle": b"cposix\nsystem\n(S'id'\ntR.",
        "program": b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00" + bytes(80),
        "script": b"#!/bin/sh\nid\n",
        "page": b"<script>alert(1)</script>",
    }
    for ending in ("png", "jpg", "gif", "webp", "bmp", "tif", "ico"):
        for what, payload in payloads.items():
            path = _target(folder, f"{ending}-with-{what}", f"a.{ending}", "malicious")
            picture.save(path)
            path.write_bytes(path.read_bytes() + payload)
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "<?php system($_GET['c']); ?>")
    picture.save(_target(folder, "png-php", "a.png", "malicious"), pnginfo=words)
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "<?php system($_GET['c']); ?>", zip=True)
    picture.save(_target(folder, "png-php-packed", "a.png", "malicious"), pnginfo=words)
    path = _target(folder, "jpeg-php", "a.jpg", "malicious")
    picture.save(path, comment="<?php system($_GET['c']); ?>")
    path = _target(folder, "gif-script", "a.gif", "malicious")
    picture.save(path, comment=b"*/=1;alert(document.cookie)</script><script>")


def make_sound(folder: Path) -> None:
    """Sound in every usual form."""
    import numpy
    import soundfile

    tone = numpy.array([math.sin(n / 9) / 2 for n in range(12000)])
    two = numpy.stack([tone, tone], axis=1)
    for subtype in ("PCM_16", "PCM_24", "PCM_U8", "FLOAT", "ULAW", "IMA_ADPCM"):
        soundfile.write(
            _target(folder, f"wav-{subtype.lower()}", "a.wav"), tone, 16000, subtype=subtype
        )
    soundfile.write(_target(folder, "wav-two-channels", "a.wav"), two, 44100)
    soundfile.write(_target(folder, "wav-extensible", "a.wav"), two, 44100, format="WAVEX")
    soundfile.write(_target(folder, "flac", "a.flac"), tone, 16000)
    soundfile.write(_target(folder, "flac-24", "a.flac"), two, 48000, subtype="PCM_24")
    soundfile.write(_target(folder, "ogg-vorbis", "a.ogg"), tone, 16000)
    soundfile.write(
        _target(folder, "ogg-opus", "a.opus"), tone, 16000, format="OGG", subtype="OPUS"
    )
    soundfile.write(_target(folder, "mp3", "a.mp3"), tone, 16000)
    soundfile.write(_target(folder, "mp3-two-channels", "a.mp3"), two, 44100)
    program = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00" + bytes(80)
    for ending in ("wav", "flac", "ogg", "mp3"):
        path = _target(folder, f"{ending}-with-program", f"a.{ending}", "malicious")
        soundfile.write(path, tone, 16000)
        path.write_bytes(path.read_bytes() + program)


def make_fonts(folder: Path) -> None:
    """A small font of our own, in every packing that needs no further library."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTCollection, TTFont

    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((500, 700))
    pen.lineTo((600, 0))
    pen.closePath()
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "A": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (600, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Sample", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    path = _target(folder, "ttf", "a.ttf")
    builder.save(path)
    packed = TTFont(path)
    packed.flavor = "woff"
    packed.save(_target(folder, "woff", "a.woff"))
    collection = TTCollection()
    collection.fonts = [TTFont(path), TTFont(path)]
    collection.save(_target(folder, "ttc", "a.ttc"))
    hidden = _target(folder, "ttf-with-script", "a.ttf", "malicious")
    shutil.copy(path, hidden)
    hidden.write_bytes(hidden.read_bytes() + b"#!/bin/sh\nid\n")


MAKERS: dict[str, Callable[[Path], None]] = {
    "pictures": make_pictures,
    "pictures-with-more": make_hidden,
    "sound": make_sound,
    "fonts": make_fonts,
}
