"""YAML by its events: tags, anchors and depth are judged, and plain values built. Nothing is ever constructed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from governance.scanning.engine import rules
from governance.scanning.engine.pickle import names
from governance.scanning.engine.report import Json
from governance.scanning.engine.textual import callables
from governance.scanning.engine.textual.callables import Callable
from governance.scanning.engine.textual.notes import Notes
from governance.scanning.engine.words import words

_LOADER = getattr(yaml, "CLoader", yaml.Loader)
_SMALL = 256 * 1024
_DEEPEST = 200
_MOST_EVENTS = 2_000_000
_MOST_NODES = 1_000_000
"""How much a document may unfold to; a configuration has thousands."""
_CORE = "tag:yaml.org,2002:"
_PYTHON = _CORE + "python/"
_ORDINARY = words(
    "str int float bool null seq map binary timestamp omap pairs set merge value yaml"
)
_PLAIN_PYTHON = words("none bool str unicode bytes int long float complex list tuple dict")
_OWN = words("""! !ENV !env !env_var !Ref !Sub !GetAtt !Join !Select !Split !If !Equals !Not !And !Or !FindInMap !Base64 !Cidr
    !ImportValue !Condition !reference !vault !ref !copy !tuple !list !dict !set !join !concat !placeholder !PLACEHOLDER !secret
    !lambda_placeholder !str !int !float !bool !null !seq !map""")
_CALLS = re.compile(
    r"!(?:new|apply|name|module|call|obj|object|class|func|function|partial|import):?(.*)"
)
_TAGS = re.compile(r"(?:^|[\s\[{,:-])![^\s=]|^%TAG|^%YAML", re.MULTILINE)
_ANCHORS = re.compile(r"[:\[,-]\s+[&*]\w|_target_")
_MAY_HIDE = re.compile(r"!!python/|tag:yaml\.org,2002:python/")


class _TooMuch(Exception):
    """The YAML does not end within bounds; the message says which."""


def documents(text: str, notes: Notes) -> list[Json]:
    """The plain values of a YAML text, and notes on what it asks of an unsafe loader.

    A text that turns out to be no YAML is noted as such; what its beginning asked for stays on record, since a
    loader hands out documents one by one.
    """
    if (
        len(text) > _SMALL
        and not ("!" in text and _TAGS.search(text))
        and not _ANCHORS.search(text)
    ):
        return []
    reading = _Reading(notes)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reading.take(event)
    except _TooMuch as reason:
        rule = rules.yamls.YML_BOMB if reason.args[1:] else rules.yamls.YML_LIMITS
        notes.find(rule, f"{reason.args[0]}.")
    except (yaml.YAMLError, ValueError, RecursionError) as flaw:
        mark = getattr(flaw, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        notes.tell("yaml_flaws", f"It is no YAML{line}")
        if _MAY_HIDE.search(text):
            notes.tell("yaml_hides", "It names Python objects in a text that is no YAML to its end")
    return reading.documents


class _Reading:
    """One pass over the events: values are built, and unfolded sizes counted."""

    def __init__(self, notes: Notes) -> None:
        self.documents: list[Json] = []
        self._notes = notes
        self._open: list[tuple[list[Json], bool, str | None, int]] = []
        self._sizes: dict[str, int] = {}
        self._size = 0
        self._events = 0

    def take(self, event: yaml.Event) -> None:
        """Note one event."""
        self._events += 1
        if self._events > _MOST_EVENTS:
            raise _TooMuch(f"It has more than {_MOST_EVENTS:,} parts")
        if isinstance(event, yaml.DocumentStartEvent):
            self._sizes, self._size = {}, 0
        elif isinstance(event, yaml.AliasEvent):
            self._grow(self._sizes.get(event.anchor or "", 1))
            self._put(None)
        elif isinstance(event, yaml.ScalarEvent):
            self._tag(event.tag, event.value)
            self._grow(1)
            if event.anchor:
                self._sizes[event.anchor] = 1
            self._put(event.value)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        self._tag(event.tag, "")
        if len(self._open) >= _DEEPEST:
            raise _TooMuch(f"It is nested more than {_DEEPEST} deep")
        is_map = isinstance(event, yaml.MappingStartEvent)
        self._open.append(([], is_map, event.anchor, self._size))

    def _end(self) -> None:
        items, is_map, anchor, before = self._open.pop()
        self._grow(1)
        if anchor:
            self._sizes[anchor] = self._size - before
        self._put(dict(_pairs(items)) if is_map else items)

    def _put(self, value: Json) -> None:
        if self._open:
            self._open[-1][0].append(value)
        else:
            self.documents.append(value)

    def _grow(self, count: int) -> None:
        self._size += count
        if self._size > _MOST_NODES:
            raise _TooMuch(f"It unfolds to more than {_MOST_NODES:,} values", "bomb")

    def _tag(self, tag: str | None, value: str) -> None:
        """Judge a tag, already free of handles and percent signs."""
        if tag is None or tag in _OWN:
            return
        if tag.startswith(_PYTHON):
            self._python(tag.removeprefix(_PYTHON), value)
        elif tag.startswith(_CORE):
            if tag.removeprefix(_CORE) not in _ORDINARY:
                self._notes.find(rules.yamls.YML_TAG, f"The tag {tag!r} is not one of YAML's own.")
        elif match := _CALLS.fullmatch(tag):
            self._call(tag, match.group(1) or value)
        else:
            self._notes.find(
                rules.yamls.YML_TAG,
                f"The tag {tag!r} needs a reader that knows it; what that does is not known.",
            )

    def _python(self, what: str, value: str) -> None:
        kind, _, target = what.partition(":")
        if kind in _PLAIN_PYTHON and not target:
            return
        is_denied = _is_denied(target or value)
        calls = kind in ("object/apply", "object/new")
        rule = (
            rules.yamls.YML_RUNS
            if is_denied or (calls and not _is_plain(target))
            else rules.yamls.YML_OBJECT
        )
        self._notes.find(
            rule,
            f"The tag !!python/{what} asks an unsafe loader for {target or value or 'an object'}.",
        )

    def _call(self, tag: str, target: str) -> None:
        """Tags of HyperPyYAML and its like, which name what is to be called."""
        opinion = callables.judge(target)
        if opinion is Callable.DENIED:
            self._notes.find(
                rules.yamls.YML_RUNS, f"The tag {tag!r} asks its reader to call {target}."
            )
        elif opinion is not Callable.KNOWN:
            self._notes.find(
                rules.yamls.YML_TAG, f"The tag {tag!r} asks for code that is not known here."
            )


def _pairs(items: list[Json]) -> Iterator[tuple[str, Json]]:
    """Keys and values in turn; of repeated keys all are kept, under names that tell them apart."""
    seen: set[str] = set()
    for place in range(0, len(items) - 1, 2):
        key = items[place]
        name = key if isinstance(key, str) else "?"
        yield (f"{name}\0{place}" if name in seen else name), items[place + 1]
        seen.add(name)


def _is_denied(target: str) -> bool:
    dotted = target if "." in target else f"builtins.{target}"
    return callables.judge(dotted) in (Callable.DENIED, Callable.NO_NAME)


def _is_plain(target: str) -> bool:
    module, _, name = target.rpartition(".")
    return names.judge(module or "builtins", name).standing is names.Standing.ALLOW
