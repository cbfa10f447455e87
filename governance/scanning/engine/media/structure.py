"""What all walks share: how they give up, and where code could hide in what is meant for words."""

from __future__ import annotations

import re

from governance.scanning.engine import rules
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.subject import Subject

LOOKED_AT = 1024 * 1024
"""Bytes of one piece of metadata that are searched."""

_FOREIGN: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("a PHP script", re.compile(rb"<\?php\b|<\?=\s", re.IGNORECASE)),
    ("a web script", re.compile(rb"<script\b|javascript:\s*\w|\bon(?:error|load)\s*=\s*[\"'\w]|<iframe\b", re.IGNORECASE)),
    ("a shell script", re.compile(rb"#!\s*/(?:usr/)?(?:local/)?bin/|/bin/(?:ba)?sh\s+-|\bcurl\s[^\n]{0,200}\|\s*(?:ba)?sh\b")),
    ("a Windows command", re.compile(rb"powershell(?:\.exe)?\s+-|cmd(?:\.exe)?\s+/c\b", re.IGNORECASE)),
    ("Python code", re.compile(rb"\bos\.(?:system|popen)\s*\(|\bsubprocess\.\w+\s*\(|__import__\s*\(|\bexec\s*\(\s*(?:base64|compile|__import__)")),
    ("a Linux program", re.compile(rb"\x7fELF[\x01\x02][\x01\x02]\x01")),
    ("a Windows program", re.compile(rb"This program (?:cannot|must) be run |MZ.{58}[\x40-\xff][\0-\x03]\0\0.{0,1024}PE\0\0", re.DOTALL)),
    ("an archive", re.compile(rb"PK\x03\x04[\x0a-\x3f]\x00|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|ustar(?:\x0000|  \0)|\x1f\x8b\x08[\0\x08].{4}[\0\x02\x04][\0-\x0d\xff]", re.DOTALL)),
    ("a pickle", re.compile(rb"c(?:os|nt|posix|sys|builtins|__builtin__|subprocess|runpy|socket|shutil)\n[a-z_]+\n|\x80[\x04\x05]\x95.{3}\0{5}|\x80[\x02-\x05]\x8c[\x01-\x40][a-z_.]+\x94?\x8c[\x01-\x40]\w+\x94?\x93", re.DOTALL)),
)  # fmt: skip


class Broken(Exception):
    """The bytes do not follow the rules of their format; the message says where and how."""


class Unread(Exception):
    """The bytes may be sound, but in a form that is not followed here; the message names it."""


def need(condition: object, reason: str) -> None:
    """Raise Broken unless the condition holds."""
    if not condition:
        raise Broken(reason)


def foreign(data: bytes) -> str:
    """What kind of code these bytes hold; empty when none is found."""
    for name, pattern in _FOREIGN:
        if pattern.search(data):
            return name
    return ""


def watch(subject: Subject, data: bytes, offset: int, part: str) -> None:
    """Report code in a part that is meant for words or numbers."""
    found = foreign(data[:LOOKED_AT])
    if found:
        subject.add(
            rules.media.MED_SCRIPT, f"{part} at byte {offset:,} holds {found}.", offset=offset
        )


def watch_range(subject: Subject, start: int, length: int, part: str) -> None:
    """As ``watch``, for a part that was not read yet."""
    watch(subject, subject.reader.read_at(start, min(length, LOOKED_AT)), start, part)


def only_zeros(reader: Reader, start: int, end: int) -> bool:
    """Whether nothing stands between two places."""
    for offset in range(start, end, LOOKED_AT):
        if reader.read_at(offset, min(LOOKED_AT, end - offset)).strip(b"\0"):
            return False
    return True
