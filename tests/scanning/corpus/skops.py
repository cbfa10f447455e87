"""skops files: schemas as the library writes them, and the tricks that its loaders have fallen for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.scanning.sample import Sample, benign, malformed, malicious
from tests.scanning.zips import zipped

Node = dict[str, Any]
_PART = "0b5f6f5e-62a3-4a5c-9c59-0d1f5b9d4f10.npy"
_PICKLE = b"\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x02id\x85R."


def npy(header: str, content: bytes) -> bytes:
    """An array as NumPy writes it."""
    padded = header.ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + len(padded).to_bytes(2, "little") + padded.encode() + content


_ARRAY = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", bytes(16))
_OBJECTS = npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", _PICKLE)


def node(loader: str, module: str, name: str, content: Any = None, **more: Any) -> Node:
    """One node of a schema."""
    made: Node = {"__class__": name, "__module__": module, "__loader__": loader}
    if content is not None:
        made["content"] = content
    return {**made, **more}


def plain(value: Any) -> Node:
    """A value that is JSON by itself."""
    return node("JsonNode", "builtins", "str", json.dumps(value), is_json=True)


def mapped(**members: Node) -> Node:
    """A dictionary with text for keys."""
    keys = node(
        "ListNode", "builtins", "list", [node("TypeNode", "builtins", "str") for _ in members]
    )
    return node("DictNode", "builtins", "dict", members, key_types=keys)


def model(**members: Node) -> Node:
    """A logistic regression with these attributes."""
    array = node("NdArrayNode", "numpy", "ndarray", type="numpy", file=_PART)
    state = mapped(C=plain(1.0), coef_=array, **members)
    return node("ObjectNode", "sklearn.linear_model._logistic", "LogisticRegression", state)


def skops(schema: Any, part: bytes = _ARRAY) -> bytes:
    """A whole file."""
    if isinstance(schema, dict):
        schema = json.dumps({**schema, "protocol": 3, "_skops_version": "0.16.0"}).encode()
    return zipped({_PART: part, "schema.json": schema})


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    function = node("FunctionNode", "numpy", "log1p")
    yield benign("model", "model.skops", skops(model()))
    yield benign("function-of-numpy", "model.skops", skops(model(func=function)))
    yield benign("texts-that-look-bad", "model.skops", skops(model(note=plain("os.system('id')"))))
    yield benign(
        "metric",
        "model.skops",
        skops(
            model(scorer=node("FunctionNode", "sklearn.metrics._classification", "accuracy_score"))
        ),
    )
    yield benign("timezone", "model.skops", skops(model(tz=node("ConstructorFromReduceNode", "zoneinfo", "ZoneInfo",
                 node("TupleNode", "builtins", "tuple", [plain("UTC")])))))  # fmt: skip
    yield benign("containers", "model.skops", skops(model(a=node("SetNode", "builtins", "set", [plain(1)]), b=node(
                 "SliceNode", "builtins", "slice", {"start": 1, "stop": 2, "step": None}))))  # fmt: skip
    for name, inner in _TRICKS.items():
        yield malicious(name, "model.skops", skops(model(trick=inner)))
    yield malicious(
        "root-is-system", "model.skops", skops(node("ObjectNode", "os", "system", mapped()))
    )
    yield malicious("objects-in-an-array", "model.skops", skops(model(), _OBJECTS))
    yield malicious("pickle-instead-of-an-archive", "model.skops", _PICKLE)
    yield malicious("class-named-twice", "model.skops", skops(
        json.dumps(model()).replace('"__class__": "ndarray"', '"__class__": "x", "__class__": "ndarray"').encode()))  # fmt: skip
    evil = json.dumps(model(trick=_TRICKS["function-of-os"]))
    for encoding in ("utf-16", "utf-16-be", "utf-32"):
        hidden = zipped({"note.txt": b"a", _PART: _ARRAY, "schema.json": evil.encode(encoding)})
        yield malicious(f"schema-in-{encoding}", "model.skops", hidden)
    whole = skops(model())
    yield malformed("cut", "model.skops", whole[:-30])
    yield malformed("schema-cut", "model.skops", skops(json.dumps(model()).encode()[:-20]))
    yield malformed("schema-is-a-list", "model.skops", skops(b"[]"))
    yield malformed(
        "part-missing", "model.skops", zipped({"schema.json": json.dumps(model()).encode()})
    )
    yield malformed(
        "node-without-class", "model.skops", skops({"__loader__": "ListNode", "content": []})
    )
    yield malformed("array-cut", "model.skops", skops(model(), _ARRAY[:-4]))


def _called(loader: str, module: str, name: str, *arguments: Any) -> Node:
    values = node("TupleNode", "builtins", "tuple", [plain(one) for one in arguments])
    return node(loader, module, name, values, attrs=values)


_OWNER = node("ObjectNode", "sklearn.linear_model._logistic", "LogisticRegression", mapped())
_TRICKS: dict[str, Node] = {
    "function-of-os": node("FunctionNode", "os", "system"),
    "function-of-builtins": node("FunctionNode", "builtins", "eval"),
    "function-of-somebody": node("FunctionNode", "mine", "transform"),
    "type-of-subprocess": node("TypeNode", "subprocess", "Popen"),
    "object-of-somebody": node("ObjectNode", "mine.models", "Model", mapped()),
    "constructor-of-os": _called("ConstructorFromReduceNode", "os", "system", "id"),
    "constructor-of-socket": _called("ConstructorFromReduceNode", "socket", "socket"),
    "operator-methodcaller": _called("OperatorFuncNode", "operator", "methodcaller", "system", "id"),
    "operator-attrgetter": _called("OperatorFuncNode", "operator", "attrgetter", "a.b"),
    "operator-under-another-name": _called("OperatorFuncNode", "builtins", "int", "id"),
    "json-under-another-name": node("JsonNode", "sklearn.base", "BaseEstimator", "1"),
    "method-of-a-dunder": node("MethodNode", _OWNER["__module__"], _OWNER["__class__"],
                               {"func": "__init_subclass__", "obj": _OWNER}),
    "method-with-dots": node("MethodNode", _OWNER["__module__"], _OWNER["__class__"], {"func": "a.b", "obj": _OWNER}),
    "method-of-another": node("MethodNode", "builtins", "int", {"func": "fit", "obj": _OWNER}),
    "partial": node("PartialNode", "functools", "partial", {"func": node("FunctionNode", "os", "system"),
                    "args": node("TupleNode", "builtins", "tuple", [plain("id")]), "kwds": mapped(), "namespace": plain(None)}),
    "dictionary-of-os": node("DictNode", "os", "system", {}, key_types=node("ListNode", "builtins", "list", [])),
    "loss-of-os": node("LossNode", "os", "system", mapped(), __reduce__={"args": plain(["id"])}),
    "unknown-loader": node("EvalNode", "builtins", "str", "1"),
    "name-with-dots": node("TypeNode", "sklearn.base", "os.system"),
    "name-of-other-letters": node("TypeNode", "оs", "system"),  # noqa: RUF001 - Cyrillic on purpose
    "default-factory": node("DefaultDictNode", "collections", "defaultdict",
                            {"main": mapped(), "default_factory": node("FunctionNode", "os", "getcwd")}),
}  # fmt: skip
