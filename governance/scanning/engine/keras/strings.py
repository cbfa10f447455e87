"""Texts of a description that are programs in disguise."""

from __future__ import annotations

import base64
import binascii
import re

from governance.scanning.engine import rules
from governance.scanning.engine.pickle.streams import is_pickle, run_streams
from governance.scanning.engine.reader import BytesReader
from governance.scanning.engine.subject import Subject

_SHORTEST = 24
_LONGEST = 4 * 1024 * 1024
_MARSHALLED = re.compile(r"4w[A-Za-z0-9+/]AAA|YwAAAA|YwEAAA|YwIAAA|YwMAAA")
_PICKLED = re.compile(r"gA[I-U]|KGRw|Y[0-9A-Za-z+/]{4,}")
_ENCODED = re.compile(r"[A-Za-z0-9+/=\s_-]+")


def judge_string(subject: Subject, text: str, place: str) -> None:
    """Compiled Python and pickles, written in base64; and the switch that allows both."""
    prefix = f"{place}: " if place else ""
    if "enable_unsafe_deserialization" in text:
        subject.add(rules.keras.DENIED, f"{prefix}It asks Keras to load programs from files.")
    if len(text) < _SHORTEST or len(text) > _LONGEST:
        return
    if _MARSHALLED.match(text) and _ENCODED.fullmatch(text):
        subject.add(rules.keras.LAMBDA, f"{prefix}It holds compiled program text in base64.")
    elif _PICKLED.match(text) and _ENCODED.fullmatch(text):
        _examine_pickle(subject, text, place)


def _examine_pickle(subject: Subject, text: str, place: str) -> None:
    try:
        content = base64.b64decode(text)
    except (ValueError, binascii.Error):
        return
    reader = BytesReader(content)
    if is_pickle(reader, run_streams(reader, subject.where, subject.meter)):
        subject.examine_inside(reader, f"{place or 'text'} in base64")
