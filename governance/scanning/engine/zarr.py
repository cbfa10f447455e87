"""Zarr, which Orbax and others keep arrays in: JSON beside the chunks says through which codecs they are read.

One codec unpickles. Chunks themselves are bytes without a form of their own.
"""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.report import Json
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.words import words

FORMAT = "zarr"
_MAX_DEPTH = 20
_HOLDERS = frozenset({"compressor", "filters", "codecs", "object_codec", "storage_transformers"})
_PICKLES = words("pickle dill cloudpickle numcodecs.pickle")
_KNOWN = words("""zlib gzip bz2 lzma blosc lz4 zstd zfpy snappy delta fixedscaleoffset scaleoffset quantize packbits categorize
    vlen-utf8 vlen-bytes vlen-array json2 msgpack msgpack2 astype base64 crc32 crc32c adler32 fletcher32 jenkins_lookup3
    shuffle bitround n5_wrapper bytes transpose sharding_indexed endian pcodec pcode imagecodecs_png imagecodecs_jpeg2k
    imagecodecs_jpegxl imagecodecs_deflate imagecodecs_lzw cast_value reshape bitshuffle""")


def is_description(value: Json) -> bool:
    """Whether a parsed value is the description of an array, or of many."""
    return isinstance(value, dict) and (
        "zarr_format" in value or "zarr_consolidated_format" in value
    )


def judge(subject: Subject, value: Json) -> None:
    """Look at every codec, wherever it stands."""
    subject.also(FORMAT)
    pending: list[tuple[Json, bool, int]] = [(value, False, 0)]
    while pending:
        one, is_codec, depth = pending.pop()
        subject.meter.spend_steps(1)
        if depth > _MAX_DEPTH:
            continue
        if isinstance(one, list):
            pending += [(inner, is_codec, depth + 1) for inner in one]
        elif isinstance(one, dict):
            if is_codec:
                _codec(subject, one)
            pending += [
                (inner, is_codec or key.split("\0", 1)[0] in _HOLDERS, depth + 1)
                for key, inner in one.items()
            ]


def _codec(subject: Subject, one: dict[str, Json]) -> None:
    name = one.get("id", one.get("name"))
    if not isinstance(name, str):
        return
    plain = name.lower().removeprefix("numcodecs.")
    if plain in _PICKLES or "pickle" in plain:
        subject.add(rules.hdf5.PICKLED, f"Arrays are read through the codec {name!r}.")
    elif plain not in _KNOWN:
        subject.add(rules.hdf5.CODEC, f"Arrays are read through the codec {name[:80]!r}.")
