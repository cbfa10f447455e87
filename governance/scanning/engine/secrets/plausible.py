"""Telling secrets from the examples and placeholders that documentation is full of."""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from collections import Counter

from governance.scanning.engine.words import words

_PLACEHOLDER = re.compile(
    r"example|xxxx|\*\*\*|\.\.\.|your[-_ ]|placeholder|redacted|changeme|change_me|dummy|sample|insert|replace[-_]?me|"
    r"12345678|abcdefgh|0000000|1111111|aaaaaaa|fake|foobar|<[^>]*>|\$\{|\{\{|%\(|deadbeef|<|>",
    re.IGNORECASE,
)
_WEAK = words("""password passwd pass secret pw user username test admin root postgres mysql guest token key mypassword
    my_password my-password hunter2 pwd none null true false string str changeit p@ssw0rd password123 example db redis rabbitmq
    minio minioadmin""")


def is_example(value: str) -> bool:
    """Whether nobody would take this for real."""
    return _PLACEHOLDER.search(value) is not None or len(set(value)) < 5


def is_weak(value: str) -> bool:
    """Whether a password is a word that stands for passwords."""
    return value.lower() in _WEAK or value.startswith(("$", "{", "%", "[", "<"))


def entropy(value: str) -> float:
    """Bits for each character, as they are spread over this value."""
    counts = Counter(value)
    return (
        -sum(count / len(value) * math.log2(count / len(value)) for count in counts.values())
        if value
        else 0.0
    )


def is_spread(value: str) -> bool:
    """Letters as chance spreads them; what stands in front says already what it is."""
    return entropy(value) >= 3.0


def is_varied(value: str) -> bool:
    """Digits and letters in a mixture that no word or number has."""
    has_digit = any(one.isdigit() for one in value)
    has_letter = any(one.isalpha() for one in value)
    return has_digit and has_letter and entropy(value) >= 3.0


def is_token_of_json(value: str) -> bool:
    """Whether this is a signed token (JWT): its head is JSON that names an algorithm, its body JSON that claims something."""
    head, body, signature = value.split(".")[:3]
    if len(signature) < 20:
        return False
    try:
        algorithm, claims = (
            json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
            for part in (head, body)
        )
    except (binascii.Error, ValueError, RecursionError):
        return False
    if not (isinstance(algorithm, dict) and isinstance(claims, dict)):
        return False
    return "alg" in algorithm and claims.get("name") != "John Doe"


def mask(value: str) -> str:
    """The first four characters and the last two; of what is short, less."""
    if len(value) < 12:
        return f"{value[:1]}…"
    return f"{value[:4]}…{value[-2:]}"
