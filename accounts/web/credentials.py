"""Reading the ``Authorization`` header: what programs, git and curl send instead of a cookie."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from accounts.tokens.secret import PREFIX


@dataclass(frozen=True, slots=True)
class Credentials:
    """A secret and the scheme it came by, ``Bearer`` or ``Basic``."""

    scheme: str
    secret: str


def read_credentials(header: str) -> Credentials | None:
    """The secret in an ``Authorization`` header (RFC 6750, RFC 7617); ``None`` for schemes that are not ours.

    With Basic the token is the password, as git and curl send it, or the name when no password is given, as in
    ``https://arb_…@host/…``. What cannot be decoded is an empty secret, which no token equals.
    """
    scheme, _, value = header.partition(" ")
    match scheme.lower():
        case "bearer":
            return Credentials("Bearer", value.strip())
        case "basic":
            return Credentials("Basic", _basic_secret(value.strip()))
    return None


def _basic_secret(value: str) -> str:
    try:
        name, _, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return ""
    return name if name.startswith(PREFIX) and not password.startswith(PREFIX) else password
