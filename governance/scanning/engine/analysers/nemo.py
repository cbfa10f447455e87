"""NeMo models: tar archives with model_config.yaml and weights, which are examined like members of any archive.

The settings name what Hydra is to call while the model is loaded. What is dangerous is found where settings are judged; in a
model that is loaded as one piece, also what is not known, or is worked out, has to be said.
"""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from governance.scanning.engine import rules
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.report import Json
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.textual import callables, yaml_text
from governance.scanning.engine.textual.notes import Notes

FORMAT = "nemo"
_SETTINGS = "model_config.yaml"
_LONGEST = 4 * 1024 * 1024
_WEIGHTS = (".ckpt", ".nemo", ".distcp", ".safetensors", ".pt")
_CALLED = frozenset({"_target_", "target", "class_path", "_component_", "_callable_"})
_MAX_DEPTH = 200


def examine(subject: Subject, members: Mapping[str, Reader]) -> None:
    """Look at an archive as such a model, if its members say that it is one."""
    names = {name.removeprefix("./"): reader for name, reader in members.items()}
    if _SETTINGS not in names or not any(name.endswith(_WEIGHTS) for name in names):
        return
    subject.also(FORMAT)
    reader = names[_SETTINGS]
    where = subject.path(_SETTINGS)
    if reader.size > _LONGEST:
        subject.add(rules.nemo.BROKEN, f"They are longer than {_LONGEST:,} bytes.", where=where)
        return
    try:
        text = reader.read_at(0, reader.size).decode("utf-8")
        kinds = [type(event) for event in yaml.parse(text, Loader=yaml.CSafeLoader)]
    except (yaml.YAMLError, ValueError) as flaw:
        reason = str(flaw).split("\n", 1)[0]
        subject.add(rules.nemo.BROKEN, f"{_SETTINGS} is no YAML: {reason}.", where=where)
        return
    if yaml.MappingStartEvent not in kinds:
        subject.add(rules.nemo.BROKEN, f"{_SETTINGS} names nothing.", where=where)
    for value in yaml_text.documents(text, Notes()):
        _walk(subject, value, where)


def _walk(subject: Subject, value: Json, where: str) -> None:
    pending: list[tuple[Json, int]] = [(value, 0)]
    while pending:
        one, depth = pending.pop()
        subject.meter.spend_steps(1)
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        if isinstance(one, dict):
            for key, name in one.items():
                if key.split("\0", 1)[0] in _CALLED:
                    _judge(subject, name, where)
        if depth < _MAX_DEPTH:
            pending.extend((inner, depth + 1) for inner in inside if isinstance(inner, dict | list))


def _judge(subject: Subject, name: Json, where: str) -> None:
    if not isinstance(name, str) or "${" in name:
        text = f"What to call is worked out: {str(name)[:120]}."
        subject.add(rules.nemo.COMPUTED, text, where=where)
        return
    if "." not in name:
        return
    opinion = callables.judge(name)
    if opinion is callables.Callable.DENIED:
        subject.add(rules.nemo.DENIED, f"It calls {name[:200]}.", where=where)
    elif opinion is not callables.Callable.KNOWN:
        subject.add(rules.nemo.UNKNOWN, f"It calls {name[:200]}.", where=where)
