"""TorchScript: the programs inside compiled models, written in a small language that looks like Python.

torch's own interpreter runs it; neither imports nor Python's functions exist there. What a program can do is what its
operations do, so each one must be known. A few read or write files, and custom ones may do anything.
"""

from __future__ import annotations

import ast

from governance.scanning.engine import rules
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.words import words

_MAX_SOURCE = 16 * 1024 * 1024
_ROOT = "__torch__"
_NAMESPACES = words("""_caffe2 _quantized aten mkldnn_prepacked prepacked prim profiler quantized quantized_decomposed
    torchaudio torchvision""")
_CLASSES = words("mkldnn quantized rnn sparse xnnpack")
_FILES = words("from_file save load read_file write_file _write_file _read_file")
_PYTHON = words(
    "__builtins__ __import__ breakpoint compile eval exec globals locals open setattr vars"
)
_REMOTE = words("rpc_async rpc_remote rpc_sync")


def analyse(subject: Subject, reader: Reader, member: str) -> bool:
    """Look at every operation that the program of one member names; returns whether it could be read as one."""
    where = subject.path(member)
    if reader.size > _MAX_SOURCE:
        subject.add(rules.pickles.SCRIPT_UNREAD, f"It has {reader.size:,} bytes.", where=where)
        return False
    try:
        tree = ast.parse(reader.read_at(0, reader.size))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as flaw:
        subject.add(rules.pickles.SCRIPT_UNREAD, f"It cannot be parsed: {flaw}.", where=where)
        return False
    inner: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            _imported(subject, node, where)
        elif isinstance(node, ast.Attribute) and id(node) not in inner:
            _judge(subject, _dotted(node, inner), node.lineno, where)
        elif isinstance(node, ast.Name) and node.id in _PYTHON:
            _judge(subject, ["builtins", node.id], node.lineno, where)
    return True


def _imported(subject: Subject, node: ast.Import | ast.ImportFrom, where: str) -> None:
    """Old programs import one another; anything else is Python."""
    modules = [
        node.module or "" if isinstance(node, ast.ImportFrom) else alias.name
        for alias in node.names
    ]
    for module in modules:
        if module.split(".")[0] != _ROOT:
            _judge(subject, ["builtins", "import", module], node.lineno, where)


def _dotted(node: ast.Attribute, inner: set[int]) -> list[str]:
    """The parts of a dotted name; empty when it does not begin with a name."""
    parts: list[str] = []
    part: ast.expr = node
    while isinstance(part, ast.Attribute):
        parts.append(part.attr)
        inner.add(id(part))
        part = part.value
    return [part.id, *reversed(parts)] if isinstance(part, ast.Name) else []


def _judge(subject: Subject, name: list[str], line: int, where: str) -> None:
    dotted = ".".join(name)
    if name and name[0] in ("torch", "ops", "rpc") and (set(name[1:]) & (_FILES | _REMOTE)):
        subject.add(
            rules.pickles.SCRIPT_REACHES,
            f"Line {line} calls {dotted}, which reads or writes files or reaches other machines.",
            where=where,
        )
    elif name and not _is_known(name):
        subject.add(
            rules.pickles.SCRIPT_UNKNOWN,
            f"Line {line} names {dotted}, which is not a part of torch that is known here.",
            where=where,
        )


def _is_known(name: list[str]) -> bool:
    if name[0] == "ops":
        return len(name) > 1 and name[1] in _NAMESPACES
    if name[:3] == [_ROOT, "torch", "classes"]:
        return len(name) > 3 and name[3] in _CLASSES
    return name[0] not in ("rpc", "os", "sys", "subprocess", "builtins")
