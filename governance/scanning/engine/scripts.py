"""Scripts by how they begin: whatever they are called, something would run them."""

from __future__ import annotations

import re

HEAD = 4096
_SPACES = b" \t\r\n\f\xef\xbb\xbf"
_LINE = re.compile(rb"[^\r\n]{0,80}")
_KINDS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("a Windows batch file", re.compile(rb"(?i)@\s*echo\s+off\b|@?setlocal\b|@?rem\s[^\n]*\n@?echo\s")),
    ("a PHP script", re.compile(rb"(?i)<\?(?:php\b|=)")),
    ("a server page", re.compile(rb"<%@|<%=")),
    ("a web script", re.compile(rb"(?i)<script\b")),
    (
        "a PowerShell script",
        re.compile(
            rb"(?i)#requires\s|\[cmdletbinding|param\s*\(\s*[\[$]|set-executionpolicy\b|invoke-(?:expression|webrequest|restmethod)\b"
            rb"|iex\s*[( ]|new-object\s|start-process\s|add-type\s|\$(?:erroractionpreference|client|[a-z]\w*)\s*=\s*(?:new-object|\[)"
        ),
    ),
    (
        "a Visual Basic script",
        re.compile(rb"(?i)on error resume next|(?:dim|set)\s+\w+[^\n]*\n?[^\n]*createobject\s*\(|wscript\."),
    ),
    ("a registry script", re.compile(rb"Windows Registry Editor Version|REGEDIT4\r?\n")),
    ("a desktop starter", re.compile(rb"\[Desktop Entry\]|\[InternetShortcut\]|(?i:\[autorun\])")),
)  # fmt: skip


def kind_of_script(head: bytes) -> str:
    """What kind of script begins like this; empty for text that is none as far as its beginning tells."""
    if head.startswith((b"#!", b"\xef\xbb\xbf#!")):
        line = _LINE.match(head.lstrip(b"\xef\xbb\xbf"))
        return f"a script for {line[0][2:].decode('utf-8', 'replace').strip() if line else ''}"
    start = head[:HEAD].lstrip(_SPACES)
    for kind, begins in _KINDS:
        if begins.match(start):
            return kind
    return ""
