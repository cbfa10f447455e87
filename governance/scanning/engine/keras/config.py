"""The configuration of a Keras model: what making the model from it would name, call or read.

Loaders differ in what they refuse (safe mode, versions, the H5 form which has none), so each description is judged as if
none of them refused anything. Used for config.json of .keras archives, attributes of H5 files and metadata of SavedModels.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from governance.scanning.engine import rules
from governance.scanning.engine.keras import modules
from governance.scanning.engine.keras.strings import judge_string
from governance.scanning.engine.report import Json
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.subject import Subject

MAX_DEPTH = 400
MAX_TEXT = 64 * 1024 * 1024
_PLAIN = frozenset(
    {"__keras_tensor__", "__tensor__", "__numpy__", "__bytes__", "__ellipsis__", "__slice__", "__tuple__",
     "__list__", "__dict__", "__set__", "TensorShape", "TypeSpec", "TensorSpec", "__python_tuple__"}
)  # fmt: skip
_FUNCTIONS = frozenset(
    {"function", "fn", "import", "call_fn", "init_fn", "apply_fn", "callable", "func"}
)
_PATHS = frozenset({"vocabulary", "idf_weights", "vocabulary_file", "merges", "proto", "spe_proto", "filepath",
                    "vocab_file", "sentence_piece_proto"})  # fmt: skip
_MODEL_LOADERS = frozenset({"TFSMLayer", "TorchModuleWrapper", "KerasLayer", "TFSMlayer"})
_CALLERS = frozenset({"FlaxLayer", "JaxLayer", "ClassMethod", "InstanceMethod"})
_LAMBDA_TEXT = frozenset({"lambda", "raw"})
_OUTSIDE = re.compile(r"[/~\\]|[A-Za-z]:|.*\.\.|[a-z0-9+.-]+://", re.IGNORECASE | re.DOTALL)


def is_description(value: Json) -> bool:
    """Whether a JSON value looks like a Keras object and not like anything else with these keys."""
    if not isinstance(value, dict) or not isinstance(value.get("class_name"), str):
        return False
    return "config" in value and isinstance(value["config"], dict | list | str | None)


def judge_text(subject: Subject, text: str, place: str) -> None:
    """Judge a description in JSON; ``place`` tells a person where it stands."""
    if len(text) > MAX_TEXT:
        subject.add(rules.keras.TOO_LARGE, f"{place} is longer than {MAX_TEXT:,} characters.")
        return
    try:
        value: Json = json.loads(text, object_pairs_hook=keep_all)
    except (ValueError, RecursionError):
        subject.add(rules.keras.UNREADABLE, f"{place} is not JSON that can be read.")
        return
    judge(subject, value, place)


def keep_all(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """Both values of a repeated key are kept: which one counts depends on who reads."""
    kept: dict[str, Json] = {}
    for key, value in pairs:
        kept[f"{key}\0{len(kept)}" if key in kept else key] = value
    return kept


def judge(subject: Subject, value: Json, place: str) -> None:
    """Judge a parsed description with everything inside it."""
    _Judge(subject, place).run(value)


@dataclass(slots=True)
class _Judge:
    """One walk over one description."""

    subject: Subject
    place: str

    def run(self, value: Json) -> None:
        pending: list[tuple[Json, int, str]] = [(value, 0, "")]
        while pending:
            one, depth, key = pending.pop()
            self.subject.meter.spend_steps(1)
            if depth > MAX_DEPTH:
                self._add(rules.keras.TOO_LARGE, f"It is nested more than {MAX_DEPTH} deep.")
                return
            if isinstance(one, dict):
                self._object(one)
                pending.extend((inner, depth + 1, plain(name)) for name, inner in one.items())
            elif isinstance(one, list):
                pending.extend((inner, depth + 1, key) for inner in one)
            elif isinstance(one, str):
                self._string(one, key, depth, pending)

    def _add(self, rule: Rule, text: str) -> None:
        self.subject.add(rule, f"{self.place}: {text}" if self.place else text)

    def _string(
        self, text: str, key: str, depth: int, pending: list[tuple[Json, int, str]]
    ) -> None:
        judge_string(self.subject, text, self.place)
        if text[:1] in "{[" and len(text) > 2 and '"' in text:
            try:
                pending.append((json.loads(text, object_pairs_hook=keep_all), depth + 1, key))
            except (ValueError, RecursionError):
                return

    def _object(self, one: dict[str, Json]) -> None:
        """What one object of the description asks for."""
        if any("\0" in key for key in one):
            repeated = next(plain(key) for key in one if "\0" in key)
            self._add(rules.keras.REPEATED, f"The key {repeated!r} occurs twice in one object.")
        for key, value in one.items():
            self._member(plain(key), value, one)
        class_name = one.get("class_name")
        if isinstance(class_name, str) and (
            "config" in one or "module" in one or "registered_name" in one
        ):
            self._class(class_name, one)

    def _member(self, key: str, value: Json, one: dict[str, Json]) -> None:
        if key in ("module", "package", "registered_name") and isinstance(value, str):
            if modules.denied(value, _called(one)):
                self._add(rules.keras.DENIED, f"It names {value}{_dotted(one)}.")
        elif key in _FUNCTIONS and isinstance(value, str) and "." in value:
            module, _, name = value.rpartition(".")
            if modules.denied(module, name) and not (key == "function" and _is_tensorflow(one)):
                self._add(rules.keras.DENIED, f"It names {value}.")
        elif key in _PATHS and isinstance(value, str) and value:
            rule = rules.keras.FILES if _OUTSIDE.match(value) else rules.keras.ASSET
            self._add(rule, f"{key} is the file {value!r}.")
        elif key == "cls_symbol" or (key == "spec_name" and isinstance(value, str) and not value):
            self._add(rules.keras.CUSTOM, f"It calls the class {value!r} by its name.")

    def _class(self, name: str, one: dict[str, Json]) -> None:
        module = one.get("module")
        module = module if isinstance(module, str) and module else None
        own = name.rsplit(">", maxsplit=1)[-1]
        if name == "__lambda__":
            self._add(rules.keras.LAMBDA, "A function is stored as compiled program text.")
        elif own in _MODEL_LOADERS:
            self._add(
                rules.keras.OTHER_MODEL, f"The layer {name} loads a program of another library."
            )
        elif own in _CALLERS:
            self._add(rules.keras.NAMED_LAMBDA, f"The layer {name} calls functions by their names.")
        elif own in _SPECIAL:
            _SPECIAL[own](self, module, one)
        elif name not in _PLAIN:
            self._named(name, module, one)

    def program(self, module: str | None, one: dict[str, Json]) -> None:
        """A Lambda layer."""
        if module is not None and modules.denied(module):
            self._add(rules.keras.DENIED, f"It names {module}.")
        config = one.get("config")
        function = config.get("function") if isinstance(config, dict) else None
        kind = config.get("function_type") if isinstance(config, dict) else None
        if (
            isinstance(function, list)
            or kind in _LAMBDA_TEXT
            or (isinstance(function, dict) and function.get("class_name") == "__lambda__")
        ):
            self._add(rules.keras.LAMBDA, "A Lambda layer holds compiled program text.")
        else:
            self._add(rules.keras.NAMED_LAMBDA, "A Lambda layer calls a function by its name.")

    def function(self, module: str | None, one: dict[str, Json]) -> None:
        """A function by its name."""
        name = one.get("config")
        if not isinstance(name, str):
            self._add(rules.keras.UNREADABLE, "A function has no name.")
        elif modules.denied(module or "builtins", name):
            self._add(rules.keras.DENIED, f"It names {module}.{name}.")
        elif not modules.knows_function(module, name):
            self._add(rules.keras.CUSTOM, f"It needs the function {module or '?'}.{name}.")

    def operation(self, _: str | None, one: dict[str, Json]) -> None:
        """A call of TensorFlow, made a layer."""
        config = one.get("config")
        name = config.get("function") if isinstance(config, dict) else None
        if not isinstance(name, str):
            self._add(rules.keras.UNREADABLE, "An operation has no name.")
        elif not modules.knows_operation(name):
            self._add(rules.keras.DENIED, f"It calls tensorflow.{name}.")

    def graph(self, _: str | None, one: dict[str, Json]) -> None:
        """A piece of a graph, made a layer."""
        self._add(
            rules.keras.CUSTOM, f"The layer {one.get('name')!r} is a piece of a TensorFlow graph."
        )

    def typespec(self, module: str | None, one: dict[str, Json]) -> None:
        """A type of TensorFlow."""
        if module and not module.startswith(("tensorflow.python.", "keras.", "tf_keras.")):
            self._add(rules.keras.CUSTOM, f"It needs {module}.{one.get('spec_name')}.")

    def _named(self, name: str, module: str | None, one: dict[str, Json]) -> None:
        registered = one.get("registered_name")
        if module is not None and modules.denied(module, name):
            self._add(rules.keras.DENIED, f"It names {module}.{name}.")
        elif isinstance(registered, str) and registered not in (name, "") and not (
            modules.is_registered_by_keras(registered)
        ):  # fmt: skip
            self._add(
                rules.keras.CUSTOM, f"It needs {registered}, registered by somebody's own code."
            )
        elif not modules.knows_class(module, name) and not modules.is_registered_by_keras(name):
            self._add(
                rules.keras.CUSTOM, f"It needs the class {f'{module}.' if module else ''}{name}."
            )


_SPECIAL: dict[str, Callable[[_Judge, str | None, dict[str, Json]], None]] = {
    "Lambda": _Judge.program,
    "function": _Judge.function,
    "TFOpLambda": _Judge.operation,
    "SlicingOpLambda": _Judge.operation,
    "TensorFlowOpLayer": _Judge.graph,
    "__typespec__": _Judge.typespec,
}
"""Classes that name something themselves."""


def plain(key: str) -> str:
    """A key as it stands in the file, whichever of its repetitions this is."""
    return key.split("\0", 1)[0]


def _called(one: dict[str, Json]) -> str:
    """The name that an object looks up in its module."""
    name = one.get("class_name")
    if name == "function":
        name = one.get("config")
    return name if isinstance(name, str) else ""


def _dotted(one: dict[str, Json]) -> str:
    name = _called(one)
    return f".{name}" if name else ""


def _is_tensorflow(one: dict[str, Json]) -> bool:
    """``function`` of a TFOpLambda names an operation of TensorFlow; the layer itself is judged for it."""
    return "function_type" not in one and "module" not in one
