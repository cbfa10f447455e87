"""TensorFlow's graphs written as text."""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.tensorflow.graph import Graph
from governance.scanning.engine.tensorflow.textual import MAX_CHARACTERS, Block, Malformed, TextWalk

_DETACHED = frozenset({"node", "node_def", "function", "nodes", "op", "tensor"})


def analyse(subject: Subject) -> None:
    """Read its messages and judge it as the graph that it describes."""
    if subject.reader.size > MAX_CHARACTERS:
        subject.add(rules.tensorflow.TFG_BROKEN, f"It is longer than {MAX_CHARACTERS:,} bytes.")
        return
    text = subject.reader.read_at(0, subject.reader.size).decode("utf-8", "replace")
    graph = Graph(subject)
    try:
        for block in TextWalk(text, subject.meter, _DETACHED).blocks():
            _visit(graph, block)
    except Malformed as problem:
        line = text.count("\n", 0, problem.offset) + 1
        subject.add(rules.tensorflow.TFG_BROKEN, f"In line {line:,} {problem}.")
    graph.judge()


def _visit(graph: Graph, block: Block) -> None:
    if block.name in ("node", "node_def") and "op" in block.values:
        operators = block.values["op"]
        operator = "".join(operators)
        for one in dict.fromkeys([operator, *operators]):
            graph.node(one, block.value("name"), block.offset)
        for entry in block.blocks:
            for value in entry.blocks:
                texts = value.values.get("s", []) + [text for one in value.blocks for text in one.values.get("s", [])]  # fmt: skip
                graph.attribute(operator, entry.value("key"), texts, entry.offset)
    elif block.name == "signature":
        graph.function(block.value("name"))
    elif block.name == "asset_file_def":
        for name in block.values.get("filename", ()):
            graph.asset(name, block.offset)
