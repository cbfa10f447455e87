"""The schema of a skops file, node by node.

A node says three things: which loader makes it, and the module and class of what is made. skops asks only for the trust of
the latter; some loaders have used other names than the one they showed. So each loader is judged by what it really does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass

from governance.scanning.engine import rules
from governance.scanning.engine.pickle.names import Standing
from governance.scanning.engine.pickle.names import judge as opinion
from governance.scanning.engine.report import Import, Json
from governance.scanning.engine.skops import names
from governance.scanning.engine.subject import Subject

_MAX_DEPTH = 500
_CONTAINERS = {
    "DictNode": ("builtins.dict", "collections.OrderedDict"),
    "DefaultDictNode": ("collections.defaultdict",),
    "ListNode": ("builtins.list",),
    "SetNode": ("builtins.set",),
    "SliceNode": ("builtins.slice",),
    "BytesNode": ("builtins.bytes",),
    "BytearrayNode": ("builtins.bytearray",),
    "JsonNode": ("builtins.str",),
}
"""Loaders of plain containers, and what they make."""
_PLAIN = frozenset(
    {("zoneinfo", "ZoneInfo"), ("builtins", "NoneType"), ("builtins", "map"), ("numpy.random._generator", "Generator"),
     ("numpy.random", "Generator"), ("numpy.random.mtrand", "RandomState"), ("numpy.random", "RandomState"),
     ("numpy.ma.core", "MaskedArray"), ("numpy", "memmap")}
)  # fmt: skip
_FUNCTIONS = re.compile(
    r"sklearn\.(?:metrics|feature_selection|preprocessing|neighbors|covariance|kernel_approximation|gaussian_process|linear_model|"
    r"cluster|feature_extraction)(?:\.[a-z0-9_]+)*"
)
_FUNCTION = re.compile(r"[a-z][a-z0-9_]*")
_IDENTITY = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")


_DECIDING = ("__class__", "__module__", "__loader__", "content")


class NotASchema(Exception):
    """The JSON is no schema of skops."""


def judge(subject: Subject, content: bytes, members: Collection[str]) -> None:
    """Judge schema.json beside the other members of its archive; raises NotASchema."""
    repeated: list[str] = []

    def single(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        made = dict(pairs)
        if len(made) < len(pairs):
            names_of_all = [key for key, _ in pairs]
            repeated.extend(key for key in _DECIDING if names_of_all.count(key) > 1)
        return made

    try:
        value: Json = json.loads(content, object_pairs_hook=single)
    except (ValueError, RecursionError):
        raise NotASchema("it is no JSON") from None
    if not isinstance(value, dict) or "__loader__" not in value:
        raise NotASchema("it has no loader")
    if repeated:
        subject.add(rules.skops.MISLABELLED, f"One part has {repeated[0]} twice.")
    _Walk(subject, frozenset(members)).run(value)


@dataclass(slots=True)
class _Walk:
    """One walk over one schema."""

    subject: Subject
    members: frozenset[str]

    def run(self, root: dict[str, Json]) -> None:
        pending: list[tuple[Json, int]] = [(root, 0)]
        while pending:
            one, depth = pending.pop()
            self.subject.meter.spend_steps(1)
            if depth > _MAX_DEPTH:
                self.subject.add(rules.skops.BROKEN, f"It is nested more than {_MAX_DEPTH} deep.")
                return
            if isinstance(one, dict):
                if "__loader__" in one:
                    self._node(one)
                pending.extend((inner, depth + 1) for inner in one.values())
            elif isinstance(one, list):
                pending.extend((inner, depth + 1) for inner in one)

    def _node(self, one: dict[str, Json]) -> None:
        loader, module, name = one.get("__loader__"), one.get("__module__"), one.get("__class__")
        if not (isinstance(loader, str) and isinstance(module, str) and isinstance(name, str)):
            self.subject.add(rules.skops.BROKEN, "A part has no loader, module or class.")
            return
        if loader not in names.LOADERS:
            self.subject.add(rules.skops.LOADER, f"{module}.{name} is to be made by {loader!r}.")
        self._file(one)
        expected = _CONTAINERS.get(loader)
        if expected and f"{module}.{name}" in expected:
            return
        if expected and loader == "JsonNode":
            self._mislabelled(loader, module, name)
        elif loader == "OperatorFuncNode":
            self._operator(module, name)
        elif loader == "MethodNode":
            self._method(one, module, name)
        elif loader in ("FunctionNode", "TypeNode") and _is_plain_function(module, name):
            self._note(module, name, "allow")
        else:
            self._name(module, name)

    def _file(self, one: dict[str, Json]) -> None:
        file = one.get("file")
        if isinstance(file, str) and file not in self.members:
            self.subject.add(
                rules.skops.MISSING, f"It needs {file!r}, which is not in the archive."
            )

    def _mislabelled(self, loader: str, module: str, name: str) -> None:
        text = f"{loader} is said to make {module}.{name}, but does not."
        self.subject.add(rules.skops.MISLABELLED, text)

    def _operator(self, module: str, name: str) -> None:
        if module != "operator":
            self._mislabelled("OperatorFuncNode", module, name)
        elif name in ("itemgetter", "attrgetter"):
            self.subject.add(rules.skops.UNKNOWN, f"It reaches into its data with operator.{name}.")
        else:
            self.subject.add(rules.skops.REACHES, f"It calls operator.{name}.")

    def _method(self, one: dict[str, Json], module: str, name: str) -> None:
        content = one.get("content")
        bound = content.get("obj") if isinstance(content, dict) else None
        function = content.get("func") if isinstance(content, dict) else None
        if not isinstance(bound, dict) or not isinstance(function, str):
            self.subject.add(rules.skops.BROKEN, "A method has no object or no name.")
            return
        if (bound.get("__module__"), bound.get("__class__")) != (module, name):
            self._mislabelled("MethodNode", module, name)
        if function.startswith("_") or not _IDENTITY.fullmatch(function) or "." in function:
            self.subject.add(
                rules.skops.REACHES, f"It reaches for {function!r} of {module}.{name}."
            )
        else:
            self.subject.add(
                rules.skops.UNKNOWN, f"It keeps the method {module}.{name}.{function}."
            )
        self._name(module, name)

    def _name(self, module: str, name: str) -> None:
        """A name as the pickle analyser would see it."""
        if (module, name) in _PLAIN:
            return
        standing = opinion(module, name).standing
        if standing is Standing.DENY:
            self._note(module, name, "deny")
            self.subject.add(rules.skops.DENIED, f"It names {module}.{name}.")
        elif standing is Standing.UNKNOWN:
            self._note(module, name, "unknown")
            self.subject.add(rules.skops.UNKNOWN, f"It needs {module}.{name}.")
        else:
            self._note(module, name, "allow")

    def _note(self, module: str, name: str, judgement: str) -> None:
        one = Import(f"{module}.{name}", judgement, self.subject.where, 0)
        if one not in self.subject.collector.imports:
            self.subject.collector.add_import(one)


def _is_plain_function(module: str, name: str) -> bool:
    """Functions that only compute."""
    if module == "numpy" or module.startswith("numpy._core"):
        return name in names.NUMPY_FUNCTIONS
    if module in ("scipy.special", "scipy.special._ufuncs"):
        return name in names.SCIPY_FUNCTIONS
    return bool(_FUNCTIONS.fullmatch(module) and _FUNCTION.fullmatch(name))
