"""A language that nobody speaks: every string of the sources with accents, in brackets, and two fifths longer."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

CODE, LOCALE = "en-xa", "en_XA"
ACCENTED = str.maketrans("aeiouyAEIOUYcnsz", "áéíóúýÁÉÍÓÚÝçñšž")
OPENS, CLOSES, FILLS = "⟦", "⟧", "~"
KEPT = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{[^}]*\}|<[^>]+>|&\w+;|https?://\S+|\n")
ENTRY = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$|^(".*")$')
SAID = ("msgctxt", "msgid", "msgid_plural")
HEADER = "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"


def accented(text: str) -> str:
    """The text in the pseudo language; placeholders, tags and addresses stay."""
    parts, place = [], 0
    for match in KEPT.finditer(text):
        parts += [text[place : match.start()].translate(ACCENTED), match[0]]
        place = match.end()
    parts.append(text[place:].translate(ACCENTED))
    letters = len(KEPT.sub("", text))
    body = "".join(parts)
    end = body[len(body.rstrip("\n")) :]
    start = body[: len(body) - len(body.lstrip("\n"))]
    return f"{start}{OPENS}{body.strip(chr(10))}{_filling(letters * 2 // 5)}{CLOSES}{end}"


def _filling(length: int) -> str:
    """Words of nothing, ten long at most."""
    return "".join(" " if place % 11 == 10 else FILLS for place in range(length)).rstrip()


def messages(source: str) -> Iterator[dict[str, str]]:
    """The entries of a catalogue: msgid, and perhaps msgctxt and msgid_plural."""
    for block in source.split("\n\n"):
        entry: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            match = ENTRY.match(line)
            if match is None:
                continue
            name = match[1] or name
            entry[name] = entry.get(name, "") + ast.literal_eval(match[2] or match[3])
        if entry.get("msgid"):
            yield entry


def compile_catalogue(folder: Path) -> None:
    """Turn the collected strings in ``folder`` into a compiled catalogue; msgfmt checks every placeholder."""
    path = folder / LOCALE / "LC_MESSAGES" / "django.po"
    lines = ['msgid ""', f'msgstr "{HEADER}"', ""]
    for entry in messages(path.read_text()):
        lines += [f"{name} {_quoted(entry[name])}" for name in SAID if name in entry]
        one = accented(entry["msgid"])
        if "msgid_plural" in entry:
            many = accented(entry["msgid_plural"])
            lines += [f"msgstr[0] {_quoted(one)}", f"msgstr[1] {_quoted(many)}", ""]
        else:
            lines += [f"msgstr {_quoted(one)}", ""]
    path.write_text("\n".join(lines))
    made = ["msgfmt", "--check-format", "-o", str(path.with_suffix(".mo")), str(path)]
    subprocess.run(made, check=True, capture_output=True, text=True)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
