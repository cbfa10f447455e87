"""The shape of a token: ``arb_`` + 27 base-62 characters (160 bits) + 6 of CRC-32, so that leak scanners can be sure."""

from __future__ import annotations

import hashlib
import re
import secrets
import string
import zlib

PREFIX = "arb_"
_ALPHABET = string.digits + string.ascii_letters
_BODY = 27
_CHECK = 6
_SHAPE = re.compile(rf"{PREFIX}([0-9A-Za-z]{{{_BODY}}})([0-9A-Za-z]{{{_CHECK}}})", re.ASCII)


def new_secret() -> str:
    """A fresh token."""
    body = _base62(secrets.randbits(160), _BODY)
    return PREFIX + body + _checksum(body)


def is_well_formed(secret: str) -> bool:
    """Whether the text has the shape and checksum of a token: saves a look in the database for noise."""
    shape = _SHAPE.fullmatch(secret)
    return shape is not None and shape[2] == _checksum(shape[1])


def digest_of(secret: str) -> str:
    """What is stored instead of the token: its SHA-256 (160 random bits need no slow hash)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _checksum(body: str) -> str:
    return _base62(zlib.crc32(body.encode()), _CHECK)


def _base62(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, rest = divmod(number, 62)
        digits.append(_ALPHABET[rest])
    return "".join(reversed(digits))
