"""Commands and programs in text that is meant for people: descriptions, labels, settings.

Nothing runs such text by itself; a program that hands it on might. Only what is hardly ever prose is looked for.
"""

from __future__ import annotations

import re

_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a call of Python's import", re.compile(r"__import__\s*\(|\bimportlib\s*\.\s*import_module\s*\(")),
    ("a command for the system", re.compile(r"\bos\s*\.\s*(?:system|popen|exec[lv]\w*)\s*\(|\bsubprocess\s*\.\s*(?:run|Popen|call|check_\w+|getoutput)\b")),
    ("a program to be evaluated", re.compile(r"\b(?:exec|eval)\s*\(\s*(?:base64|bytes|compile|codecs|marshal|zlib|open|__|requests|urllib|input\s*\()")),
    ("the inside of Python's objects", re.compile(r"__(?:globals|builtins|subclasses|mro|reduce(?:_ex)?)__")),
    ("a pickle to be loaded", re.compile(r"\bc?[pP]ickle\s*\.\s*loads?\s*\(|\bmarshal\s*\.\s*loads?\s*\(")),
    ("a script for a browser", re.compile(r"<\s*script\b|\bjavascript\s*:|<[^>]{0,200}\son(?:error|load|click)\s*=", re.IGNORECASE)),
    ("a download that is run", re.compile(r"\b(?:curl|wget)\b[^\n|;&]{0,200}[|;&]+\s*(?:sudo\s+)?(?:ba|z|da)?sh\b|\bpowershell\b.{0,40}-(?:e|enc|c|command|w)\b", re.IGNORECASE)),
    ("a connection to a shell", re.compile(r"/dev/tcp/|\bnc\s+-e\b|\bbash\s+-i\b")),
)  # fmt: skip


def telltales(text: str) -> list[str]:
    """What a text holds that belongs into programs, in words; empty for ordinary text."""
    return [label for label, pattern in _SIGNS if pattern.search(text)]
