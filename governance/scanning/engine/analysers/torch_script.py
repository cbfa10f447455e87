"""TorchScript: the programs inside compiled models, written in a small language that looks like Python.

torch's own interpreter runs it; neither imports nor Python's functions exist there. What a program can do is what its
operations do, so each one must be known. A few read or write files, and custom ones may do anything.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

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
_REMOTE = words("rpc_async rpc_remote rpc_sync")


def analyse(subject: Subject, reader: Reader, member: str) -> None:
    """Look at every operation that the program of one member names."""
    where = subject.path(member)
    if reader.size > _MAX_SOURCE:
        subject.add(rules.pickles.SCRIPT_UNREAD, f"It has {reader.size:,} bytes.", where=where)
        return
    try:
        tree = ast.parse(reader.read_at(0, reader.size))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as flaw:
        subject.add(rules.pickles.SCRIPT_UNREAD, f"It cannot be parsed: {flaw}.", where=where)
        return
    for line, name in _named(tree):
        _judge(subject, name, line, where)


def _named(tree: ast.AST) -> Iterator[tuple[int, list[str]]]:
    """Every dotted name in the program, with its line."""
    inner: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield node.lineno, alias.name.split(".")
        if not isinstance(node, ast.Attribute) or id(node) in inner:
            continue
        parts: list[str] = []
        part: ast.expr = node
        while isinstance(part, ast.Attribute):
            parts.append(part.attr)
            inner.add(id(part))
            part = part.value
        if isinstance(part, ast.Name):
            yield node.lineno, [part.id, *reversed(parts)]


def _judge(subject: Subject, name: list[str], line: int, where: str) -> None:
    dotted = ".".join(name)
    if name[0] in ("torch", "ops", "rpc") and (set(name[1:]) & (_FILES | _REMOTE)):
        subject.add(
            rules.pickles.SCRIPT_REACHES,
            f"Line {line} calls {dotted}, which reads or writes files or reaches other machines.",
            where=where,
        )
    elif not _is_known(name):
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
