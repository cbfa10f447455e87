"""What has been seen of one graph: its operators, attributes, assets and constants, however it was written down."""

from __future__ import annotations

import math

from governance.scanning.engine import rules
from governance.scanning.engine.places import leads_out
from governance.scanning.engine.protobuf.message import Message
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.telltales import telltales
from governance.scanning.engine.tensorflow.operators import ATTRIBUTES, Opinion, opinion

_DIFFERENT = 5000
"""Operators that are told apart."""
_SHOWN = 5
_BYTES = {1: 4, 2: 8, 3: 4, 4: 1, 5: 2, 6: 1, 8: 8, 9: 8, 10: 1, 11: 1, 12: 1, 13: 4, 14: 2, 15: 2, 16: 2, 17: 2, 18: 16,
          19: 2, 22: 4, 23: 8, 24: 1, 25: 1}  # fmt: skip


class Graph:
    """Gathers what a file's graphs use and judges it once all of their functions are known."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._used: dict[str, tuple[str, int]] = {}
        self._functions: set[str] = set()
        self._mismatches = 0
        self.nodes = 0

    def node(self, operator: str, name: str, offset: int) -> None:
        """A node, by the name of its operator."""
        self.nodes += 1
        if operator in self._used:
            return
        if len(self._used) < _DIFFERENT:
            self._used[operator] = (name, offset)
        elif len(self._used) == _DIFFERENT:
            self._used[operator] = (name, offset)
            self._subject.add(
                rules.tensorflow.TFG_UNKNOWN,
                f"It uses more than {_DIFFERENT:,} different operators.",
            )

    def function(self, name: str) -> None:
        """A function that the graph defines, which may be used like an operator."""
        self._functions.add(name)

    def attribute(self, operator: str, key: str, values: list[str], offset: int) -> None:
        """An attribute that is text."""
        decides = ATTRIBUTES.get((operator, key))
        if decides and any(decides[0](value) for value in values):
            self._subject.add(
                rules.tensorflow.TFG_FILES,
                f"{operator} {decides[1]}: {', '.join(values[:3])!r}.",
                offset=offset,
            )

    def asset(self, name: str, offset: int) -> None:
        """A file that is loaded with the graph."""
        reason = leads_out(name)
        if reason:
            self._subject.add(
                rules.tensorflow.TFG_ASSET, f"It needs the file {name!r}: {reason}.", offset=offset
            )

    def text(self, text: str, offset: int) -> None:
        """Words for people, which hold no programs."""
        signs = telltales(text)
        if signs:
            self._subject.add(
                rules.tensorflow.TFG_TEXT,
                f"It holds {', '.join(signs)}: {text[:200]!r}.",
                offset=offset,
            )

    def constant(self, tensor: Message) -> None:
        """A tensor whose bytes stand in the graph."""
        shape = tensor.children("tensor_shape")
        sizes = [dim.number("size") for dim in shape[-1].children("dim")] if shape else []
        width = _BYTES.get(tensor.number("dtype"))
        if width is None or "tensor_content" not in tensor.counts:
            return
        needed = math.prod(sizes) * width
        if min(sizes, default=0) < 0 or needed != tensor.length("tensor_content"):
            self._mismatches += 1
            if self._mismatches <= _SHOWN:
                self._subject.add(
                    rules.tensorflow.TFG_TENSOR,
                    f"A constant of shape {sizes} needs {needed:,} bytes and has {tensor.length('tensor_content'):,}.",
                    offset=tensor.start,
                )

    def judge(self) -> None:
        """Report every operator that reaches out of the graph, and those that nobody here knows."""
        for operator, (name, offset) in self._used.items():
            found = opinion(operator)
            if found is None or self._is_own(operator, found):
                continue
            self._subject.add(
                found.rule,
                f"Node {name!r} is the operator {operator!r}, which {found.what}.",
                offset=offset,
            )
        self._subject.fact("nodes", self.nodes)

    def _is_own(self, operator: str, found: Opinion) -> bool:
        is_open = found.rule is rules.tensorflow.TFG_UNKNOWN or operator.startswith("__")
        return is_open and operator in self._functions
