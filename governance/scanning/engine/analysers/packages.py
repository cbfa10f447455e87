"""Models that are ZIP archives of files with fixed names: Keras (config.json) and skops (schema.json).

Their members are examined like those of any archive; here it is checked what they are to one another.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from governance.scanning.engine import rules
from governance.scanning.engine.hdf5 import superblock
from governance.scanning.engine.keras import config
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.skops import schema
from governance.scanning.engine.subject import Subject

_LONGEST = 64 * 1024 * 1024
_KERAS = frozenset({"config.json", "metadata.json", "model.weights.h5", "model.weights.npz"})
_PART = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}\.(?:npy|npz|bin)|[0-9]+\.(?:npy|npz|bin)")

Open = Callable[[], Reader | None]


def examine(subject: Subject, members: Mapping[str, Open]) -> None:
    """Look at an archive as a model, if its members say that it is one."""
    if len(_KERAS & members.keys()) >= 2:
        _keras(subject, members)
    if "schema.json" in members:
        _skops(subject, members)


def _keras(subject: Subject, members: Mapping[str, Open]) -> None:
    subject.also("keras")
    for name in ("config.json", "metadata.json"):
        if name not in members:
            _incomplete(subject, f"It holds no {name}.", name)
            continue
        problem = _flaw_of_json(members[name](), needs_class=name == "config.json")
        if problem:
            subject.add(rules.keras.UNREADABLE, f"{name} {problem}.", where=subject.path(name))
    weights = [name for name in members if name.startswith("model.weights")]
    if not weights:
        _incomplete(subject, "It holds no weights.", "model.weights.h5")
    for name in weights:
        reader = members[name]() if name.endswith(".h5") else None
        if reader is not None and superblock.find(reader) is None:
            _incomplete(subject, f"{name} is no HDF5 file.", name)


def _incomplete(subject: Subject, text: str, name: str) -> None:
    subject.add(rules.keras.INCOMPLETE, text, where=subject.path(name))


def _flaw_of_json(reader: Reader | None, *, needs_class: bool) -> str:
    """What is wrong with a member of a Keras archive; empty when nothing is."""
    if reader is None:
        return "cannot be opened"
    if reader.size > _LONGEST:
        return f"is longer than {_LONGEST:,} bytes"
    try:
        value = json.loads(reader.read_at(0, reader.size).decode("utf-8"))
    except (ValueError, RecursionError):
        return "is no JSON that can be read"
    if needs_class and not config.is_description(value):
        return "describes no model"
    return "" if isinstance(value, dict) else "is no object"


def _skops(subject: Subject, members: Mapping[str, Open]) -> None:
    reader = members["schema.json"]()
    others = [name for name in members if name != "schema.json"]
    if reader is None:
        return
    if reader.size > _LONGEST:
        _unreadable_schema(subject, f"it is longer than {_LONGEST:,} bytes")
        return
    content = reader.read_at(0, reader.size)
    try:
        schema.judge(subject, content, others)
    except schema.NotASchema as reason:
        if all(_PART.fullmatch(name) for name in others) or b"__loader__" in content:
            _unreadable_schema(subject, str(reason))
    else:
        subject.also("skops")


def _unreadable_schema(subject: Subject, reason: str) -> None:
    text = f"schema.json cannot be read: {reason}."
    subject.add(rules.skops.BROKEN, text, where=subject.path("schema.json"))
