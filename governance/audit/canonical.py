"""One way to write an event as bytes, so that a digest made here can be made again anywhere.

JSON after RFC 8785: keys sorted, no spaces, UTF-8. Three values are narrower than there: strings hold neither U+0000
nor lone surrogates (PostgreSQL stores neither), fractions and integers from 2⁵³ up are text (readers of JSON disagree
about them), and times are text in UTC with microseconds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]

_LARGEST = 2**53 - 1


def canonical(value: Plain) -> bytes:
    """The bytes of ``value``; equal values have equal bytes."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def plain(value: object) -> Plain:
    """``value`` in the types that the record keeps. Raises ``TypeError`` for what has no place in it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {_storable(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return [plain(item) for item in sorted(value, key=str)]
    return _plain_scalar(value)


def _plain_scalar(value: object) -> Plain:
    if isinstance(value, int):
        return int(value) if abs(value) <= _LARGEST else str(int(value))
    if isinstance(value, str):
        return _storable(value)
    if isinstance(value, datetime):
        return timestamp(value)
    if isinstance(value, float | UUID | date):
        return str(value)
    raise TypeError(f"The record cannot hold a {type(value).__name__}.")


def timestamp(moment: datetime) -> str:
    """``2026-11-21T05:53:00.000001Z``; always UTC, always six digits."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _storable(text: str) -> str:
    return str(text).replace("\0", "\ufffd").encode("utf-8", "replace").decode()
