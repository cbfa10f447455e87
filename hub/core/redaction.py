"""The last sieve before a log line is written: what looks like a secret or a person does not pass.

Nothing should log these in the first place; messages of libraries and of the database do, now and then.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, MutableMapping
from typing import Any
from urllib.parse import quote, unquote

HIDDEN = "[hidden]"
OWN = ("127.0.0.1", "0.0.0.0", "::1", "::")  # noqa: S104 - where the hub itself listens
Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _address(match: re.Match[str]) -> str:
    text = match[0]
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return text
    return text if text in OWN else HIDDEN


SECRETS: tuple[Rule, ...] = (
    (re.compile(r"\barb_\w+"), f"arb_{HIDDEN}"),
    (re.compile(r"(?i)\b(Basic|Bearer|Token)\s+[\w.~+/=-]{8,}"), rf"\1 {HIDDEN}"),
    (
        re.compile(r"((?:notifications/(?:feed|unsubscribe)|reviews/feed)/)[^\s/'\"?]+"),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(password/reset/key/|confirm-email/)[^\s/'\"?]+"), rf"\1{HIDDEN}"),
    (
        re.compile(
            r"(?i)((?:session|csrf|password|passwd|token|secret|signature)\w*['\"]?\s*[=:]\s*)('[^']*'|\"[^\"]*\"|[^&;,\s}]+)"
        ),
        rf"\1{HIDDEN}",
    ),
)
PEOPLE: tuple[Rule, ...] = (
    (re.compile(r"(Key \(.*?\))=\(.*?\)(?= |$)"), rf"\1=({HIDDEN})"),  # PostgreSQL's DETAIL
    (re.compile(r"(://)[^/\s@]+@"), rf"\1{HIDDEN}@"),
    (re.compile(r"[\w.+-]+@(?!localhost\b)[\w-]+(?:\.[\w-]+)+"), HIDDEN),
    (re.compile(r"(?<![\w.:])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?![\w:])"), _address),
    (re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]\d)"), _address),
)


def redacted(text: str) -> str:
    """``text`` with ``[hidden]`` where a token, password, key, e-mail or IP address stood."""
    return _sieved(text, SECRETS + PEOPLE)


def without_secrets(text: str) -> str:
    """``text`` with ``[hidden]`` where a token or a secret address stood: for the log of requests, which names visitors.

    However an address is written: what a percent sign hides from the eye leads to the same page.
    """
    plain = unquote(text)
    found = _sieved(plain, SECRETS)
    if plain not in (text, found):
        return quote(found, safe=" /:?&=+,;@[]~\"'")
    return _sieved(text, SECRETS)


def _sieved(text: str, rules: tuple[Rule, ...]) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Any:
    """A processor of structlog: every text of the line through the sieve, and the moment left alone."""
    for name, value in event.items():
        if name != "timestamp" and isinstance(value, str):
            event[name] = redacted(value)
    return event
