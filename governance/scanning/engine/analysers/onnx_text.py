"""ONNX models written as text or JSON, which the same loaders take: operators and outside data, as in the binary form."""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.onnx.operators import Reach, reach
from governance.scanning.engine.places import leads_out
from governance.scanning.engine.report import Json
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.tensorflow.textual import MAX_CHARACTERS, Malformed, TextWalk

_DETACHED = frozenset(
    {
        "node",
        "graph",
        "g",
        "graphs",
        "initializer",
        "t",
        "tensors",
        "attribute",
        "functions",
        "external_data",
    }
)
_DIFFERENT = 2000


class _Model:
    """What a model in text uses."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._used: set[tuple[str, str]] = set()
        self._defined: set[tuple[str, str]] = set()

    def node(self, domain: str, operator: str) -> None:
        if len(self._used) < _DIFFERENT:
            self._used.add((domain, operator))

    def function(self, domain: str, name: str) -> None:
        self._defined.add((domain, name))

    def entry(self, key: str, value: str) -> None:
        """One of the entries that say where a tensor's data lies."""
        reason = leads_out(value) if key in ("location", "basepath") else ""
        if reason:
            self._subject.add(
                rules.onnx.ONX_OUTSIDE, f"A tensor takes its data from {value[:200]!r}: {reason}."
            )

    def judge(self) -> None:
        for domain, operator in sorted(self._used):
            found = reach(domain, operator)
            full = f"{domain}.{operator}" if domain else operator
            if found is Reach.CODE:
                self._subject.add(
                    rules.onnx.ONX_CODE,
                    f"A node is the operator {full!r}, which calls a program, files or the network.",
                )
            elif found is Reach.COMPILED:
                self._subject.add(
                    rules.onnx.ONX_COMPILED, "A node is a part that was compiled for one device."
                )
            elif found is Reach.UNKNOWN and (domain, operator) not in self._defined:
                self._subject.add(
                    rules.onnx.ONX_OPERATOR,
                    f"A node is the operator {full!r}, which neither the standard nor the model defines.",
                )


def analyse(subject: Subject) -> None:
    """Read a model in the text form of protocol buffers."""
    if subject.reader.size > MAX_CHARACTERS:
        subject.add(rules.onnx.ONX_BROKEN, f"It is longer than {MAX_CHARACTERS:,} bytes.")
        return
    text = subject.reader.read_at(0, subject.reader.size).decode("utf-8", "replace")
    model = _Model(subject)
    try:
        for block in TextWalk(text, subject.meter, _DETACHED).blocks():
            if block.name == "external_data":
                model.entry(block.value("key"), "".join(block.values.get("value", [])))
            elif "op_type" in block.values:
                for operator in ("".join(block.values["op_type"]), *block.values["op_type"]):
                    model.node(block.value("domain"), operator)
            elif block.name == "functions":
                model.function(block.value("domain"), block.value("name"))
    except Malformed as problem:
        line = text.count("\n", 0, problem.offset) + 1
        subject.add(rules.onnx.ONX_BROKEN, f"In line {line:,} {problem}.")
    model.judge()


def note(subject: Subject, value: Json) -> None:
    """Judge a JSON value that is an ONNX model; any other is left alone."""
    top = _plain(value)
    if (
        "graph" not in top
        or not {"irVersion", "ir_version", "opsetImport", "opset_import"} & top.keys()
    ):
        return
    subject.also("onnx-text")
    model = _Model(subject)
    pending: list[Json] = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            _object(model, _plain(one))
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        pending.extend(inner for inner in inside if isinstance(inner, dict | list))
    model.judge()


def _object(model: _Model, one: dict[str, Json]) -> None:
    operator = one.get("opType", one.get("op_type"))
    if isinstance(operator, str):
        model.node(str(one.get("domain", "")), operator)
    entries = one.get("externalData", one.get("external_data"))
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            model.entry(str(entry.get("key", "")), str(entry.get("value", "")))
    functions = one.get("functions")
    for function in functions if isinstance(functions, list) else ():
        if isinstance(function, dict):
            model.function(str(function.get("domain", "")), str(function.get("name", "")))


def _plain(value: Json) -> dict[str, Json]:
    """An object by its keys as they stand in the file; of repeated ones the last counts."""
    if not isinstance(value, dict):
        return {}
    return {key.split("\0", 1)[0]: inner for key, inner in value.items()}
