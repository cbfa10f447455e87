"""What some bytes are, by looking at their beginning and end. Names are never consulted.

Bytes may be several things at once; each is reported, and each is analysed. An archive is looked for from the end as
well, because that is where the programs which open archives begin to read. To add a format: fixed bytes go to
``signatures.py``, a test of more than that to ``shapes.py``, a kind of text to ``_TEXTUAL`` below.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from governance.scanning.engine.boosters.lightgbm import START as LIGHTGBM
from governance.scanning.engine.numbers import is_numbers
from governance.scanning.engine.openvino import is_openvino
from governance.scanning.engine.pickle.streams import Streams, is_pickle, stops_at_once
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.scripts import kind_of_script
from governance.scanning.engine.shapes import SHAPES
from governance.scanning.engine.signatures import found_at
from governance.scanning.engine.tensorflow.bundle import is_shard
from governance.scanning.engine.tensorflow.textual import is_graph_text, is_onnx_text
from governance.scanning.engine.text import encoding_of

HEAD = 64 * 1024
_BEFORE_ROOT = (
    rb"(?:\xef\xbb\xbf|\s|<\?[^>]*>|<!--(?:(?!-->).)*-->|<!doctype\s[^>\[]*(?:\[[^\]]*\]\s*)?>)*"
)
_SVG = re.compile(_BEFORE_ROOT + rb"<(?:svg:)?svg\b", re.DOTALL | re.IGNORECASE)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf|\s)*<!doctype html|"
    + _BEFORE_ROOT
    + rb"<(?:html|head|body|script|iframe|meta|title|frameset|object|embed)\b",
    re.DOTALL | re.IGNORECASE,
)
_PMML = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?PMML[\s>]|<!DOCTYPE\s+PMML\b")
_XML = re.compile(
    rb"(?:\xef\xbb\xbf|\s)*<(?:\?xml\s|!doctype\s|!entity\s|!element\s)", re.IGNORECASE
)
_WORDS = frozenset(
    {
        "ace",
        "catboost",
        "cpio",
        "flash",
        "font",
        "lzh",
        "mp3",
        "orc",
        "vhd",
        "xgboost-binary",
    }
)
"""Formats whose fixed bytes are letters that a text may begin with; as text they are none."""
_SPACES = b" \t\r\n\f\xef\xbb\xbf"


def identify(reader: Reader, streams: Streams) -> tuple[str, ...]:
    """Every format these bytes are, most specific first; ("unknown",) when there is none."""
    head = reader.read_at(0, HEAD)
    if not head:
        return ("text",)
    found = found_at(head)
    found.extend(name for name, fits in SHAPES.items() if name not in found and fits(reader, head))
    if is_pickle(reader, streams) and not (found and stops_at_once(reader, streams)):
        found.append("pickle")
    encoding = encoding_of(head, whole=len(head) == reader.size)
    if encoding == "utf-8" or (encoding and not found):
        found = [name for name in found if name not in _WORDS]
        found.extend(_textual(head if encoding == "utf-8" else _as_utf8(head, encoding)))
    return tuple(found) or (_without_beginning(reader),)


def _without_beginning(reader: Reader) -> str:
    """What nothing but its numbers gives away."""
    if is_numbers(reader):
        return "numbers"
    return "tensor-shard" if is_shard(reader) else "unknown"


def _as_utf8(head: bytes, encoding: str) -> bytes:
    return head.decode(encoding, "ignore").encode("utf-8", "ignore")


def _html(head: bytes) -> bool:
    return _HTML.match(head[:8192]) is not None


def _svg(head: bytes) -> bool:
    return _SVG.match(head[:8192]) is not None


def _json(head: bytes) -> bool:
    return head.lstrip(_SPACES)[:1] in (b"{", b"[")


def _pmml(head: bytes) -> bool:
    return head.lstrip(_SPACES)[:1] == b"<" and _PMML.search(head) is not None


def _xml(head: bytes) -> bool:
    return _XML.match(head[:8192]) is not None


_ALONE: dict[str, Callable[[bytes], bool]] = {"pmml": _pmml, "html": _html, "svg": _svg}
"""Text that is read as this and nothing else; the first that fits."""
_TEXTUAL: dict[str, Callable[[bytes], bool]] = {
    "json": _json,
    "lightgbm": lambda head: LIGHTGBM.match(head) is not None,
    "xml": _xml,
    "onnx-text": is_onnx_text,
    "openvino": is_openvino,
    "pbtxt": is_graph_text,
    "script": lambda head: bool(kind_of_script(head)),
}
"""Text that is this besides being text; every one that fits."""


def _textual(head: bytes) -> list[str]:
    for name, fits in _ALONE.items():
        if fits(head):
            return [name]
    return [*(name for name, fits in _TEXTUAL.items() if fits(head)), "text"]
