"""PMML: XML without shorthands, read to its end, and searched for what programs would evaluate or fetch.

Entities are never followed: the parser stops being asked as soon as one is defined. A function whose name has dots is a
Java class for some programs, which load it.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from governance.scanning.engine import rules
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.telltales import telltales

_STEP = 1024 * 1024
_LONGEST = 1024 * 1024 * 1024
_MAX_DEPTH = 1000
_KEPT = 64 * 1024
"""Characters of the text of one element that are looked at."""
_CODE = re.compile(
    r"\bjava\.lang\b|\bjavax?\.script\b|\bRuntime\b.{0,40}\bexec\b|\bProcessBuilder\b|\$\{(?:jndi|env|sys|script):|"
    r"\b(?:cmd|powershell)\.exe\b|/bin/(?:ba|z)?sh\b|\bnew\s+ActiveXObject\b|\bClass\.forName\b|\bT\(java|\beval\s*\(",
    re.IGNORECASE | re.DOTALL,
)
_PROGRAMS = frozenset(
    {"script", "object", "embed", "iframe", "handler", "javascript", "python", "groovy", "code"}
)
_FETCHES = frozenset({"include", "import", "fallback", "stylesheet", "transform"})
_LINKS = frozenset({"href", "src", "base", "codebase"})
_PREFIXES = ("http://www.w3.org/2001/XInclude", "http://www.w3.org/1999/XSL/Transform")


class _Stop(Exception):
    """Enough was seen; what was found says why."""


class _Watch:
    """Told by the parser of everything it meets."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._names: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._told: set[str] = set()
        self.root = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._entity
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _add(self, rule: Rule, text: str) -> None:
        if text not in self._told and len(self._told) < 100:
            self._told.add(text)
            line = self.parser.CurrentLineNumber
            at = self.parser.CurrentByteIndex
            self._subject.add(rule, f"{text} (line {line:,})", offset=max(0, at))

    def _doctype(self, name: str, system: str | None, public: str | None, has_subset: int) -> None:
        if system or public:
            self._add(rules.pmml.LINK, f"Its rules are fetched from {(system or public)!r}.")
        elif has_subset:
            self._add(rules.pmml.BOMB, f"The document {name!r} brings rules of its own.")

    def _entity(self, name: str, *declared: str | int | None) -> None:
        """``declared`` is: for the rules alone, value, base, system, public, notation."""
        value, system, public = declared[1], declared[3], declared[4]
        if value is None:
            self._add(
                rules.pmml.ENTITY, f"{name!r} stands for what is read from {(system or public)!r}."
            )
        else:
            self._add(rules.pmml.BOMB, f"{name!r} is a shorthand for {str(value)[:80]!r}.")
        raise _Stop

    def _instruction(self, target: str, data: str) -> None:
        rule = rules.pmml.LINK if "stylesheet" in target else rules.pmml.CODE
        self._add(rule, f"It tells programs: {target} {data[:200]}.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._subject.meter.spend_steps(1)
        space, _, own = name.rpartition(" ")
        self.root = self.root or own
        self._look_at_text()
        self._names.append(own)
        if len(self._names) > _MAX_DEPTH:
            self._add(rules.pmml.LIMITS, f"It is nested more than {_MAX_DEPTH:,} deep.")
            raise _Stop
        if space in _PREFIXES or (own.lower() in _FETCHES and space):
            self._add(rules.pmml.LINK, f"The element {own} fetches or rewrites other files.")
        if own.lower() in _PROGRAMS:
            self._add(rules.pmml.CODE, f"The element {own} holds a program.")
        for key, value in attributes.items():
            self._attribute(own, key.rpartition(" ")[2], value)

    def _attribute(self, element: str, key: str, value: str) -> None:
        if key in _LINKS:
            self._add(rules.pmml.LINK, f"{element} points at {value[:200]!r}.")
        elif element == "Apply" and key == "function" and "." in value:
            self._add(rules.pmml.CODE, f"It calls the function {value[:200]}, which is a class.")
        self._judge(f"{element} {key}", value)

    def _judge(self, place: str, text: str) -> None:
        match = _CODE.search(text)
        signs = telltales(text) or ([match.group()[:80]] if match else [])
        if signs:
            self._add(rules.pmml.CODE, f"{place} holds {', '.join(signs)}.")

    def _end(self, _: str) -> None:
        self._look_at_text()
        self._names.pop()

    def _characters(self, text: str) -> None:
        if self._length < _KEPT:
            self._text.append(text[: _KEPT - self._length])
        self._length += len(text)

    def _look_at_text(self) -> None:
        if self._text:
            self._judge(self._names[-1] if self._names else "It", "".join(self._text))
        self._text, self._length = [], 0


def analyse(subject: Subject) -> None:
    """Parse it piece by piece."""
    if subject.reader.size > _LONGEST:
        subject.add(rules.pmml.LIMITS, f"It is longer than {_LONGEST:,} bytes.")
        return
    watch = _Watch(subject)
    try:
        for offset in range(0, subject.reader.size, _STEP):
            watch.parser.Parse(subject.reader.read_at(offset, _STEP), False)
        watch.parser.Parse(b"", True)
    except _Stop:
        return
    except (expat.ExpatError, ValueError, LookupError) as flaw:
        subject.add(rules.pmml.BROKEN, f"It cannot be read: {flaw}.")
        return
    if watch.root != "PMML":
        subject.add(rules.pmml.BROKEN, f"It begins with the element {watch.root!r}.")
