"""ONNX models: graphs of operators, walked through every sub-graph, function and attribute.

A model computes and nothing else, except where it names data in other files or operators that a library brings along.
"""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.onnx import tensors
from governance.scanning.engine.onnx.external import External
from governance.scanning.engine.onnx.operators import Reach, reach
from governance.scanning.engine.onnx.schema import ONNX
from governance.scanning.engine.places import leads_out
from governance.scanning.engine.protobuf.following import follow
from governance.scanning.engine.protobuf.message import Message, Piece
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.telltales import telltales

_NAMES = 2000
"""Different operators that are told apart."""
_WITHOUT_IMPORTS = 2
"""The last version of the format in which a model need not name the versions of its operators."""
_SHOWN = 5
_SPOKEN = {
    "Attribute": "An attribute",
    "Entry": "A setting",
    "Function": "A function's description",
    "Graph": "A graph's description",
    "Model": "The model's description",
    "Node": "A node's description",
}


def analyse(subject: Subject) -> None:
    """Walk a model."""
    _Model(subject).run("Model")


def analyse_tensor(subject: Subject) -> None:
    """Walk one tensor in a file of its own, as test data is kept."""
    _Model(subject).run("Tensor")


class _Model:
    """What has been seen of one model."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._external = External(subject)
        self._used: dict[tuple[str, str], Message] = {}
        self._defined: set[tuple[str, str]] = set()
        self._mismatches = 0
        self._parameters = 0
        self._has_graph = False

    def run(self, root: str) -> None:
        visits = {
            "Node": self._node,
            "Tensor": self._tensor,
            "Function": self._function,
            "Graph": self._graph,
            "Model": self._model,
        }
        for message in follow(
            self._subject, ONNX, root, broken=rules.onnx.ONX_BROKEN, extra=rules.onnx.ONX_EXTRA
        ):
            visit = visits.get(message.kind)
            if visit:
                visit(message)
            for pieces in message.pieces.values():
                self._texts(message, pieces)
        self._judge_operators()
        self._external.report()
        if self._mismatches > _SHOWN:
            self._subject.add(rules.onnx.ONX_TENSOR, f"So do {self._mismatches - _SHOWN:,} more.")
        if root == "Model":
            if not self._has_graph:
                self._subject.add(rules.onnx.ONX_BROKEN, "The model has no graph.")
            self._subject.fact("parameters", min(self._parameters, 2**63 - 1))

    def _model(self, model: Message) -> None:
        if model.number("ir_version") > _WITHOUT_IMPORTS and "opset_import" not in model.counts:
            self._subject.add(
                rules.onnx.ONX_BROKEN,
                "The model does not say which version of the operators it uses.",
            )

    def _graph(self, _: Message) -> None:
        self._has_graph = True

    def _function(self, function: Message) -> None:
        self._defined.add((function.text("domain"), function.text("name")))

    def _node(self, node: Message) -> None:
        name = (node.text("domain"), node.text("op_type"))
        if name not in self._used:
            if len(self._used) >= _NAMES:
                return self._subject.add(
                    rules.onnx.ONX_OPERATOR, f"It uses more than {_NAMES:,} different operators."
                )
            self._used[name] = node
        if name[1] == "EPContext":
            self._compiled(node)
        return None

    def _compiled(self, node: Message) -> None:
        """A part prepared for one device: inside the model, or in a file that it names."""
        for attribute in node.children("attribute"):
            if attribute.text("name") != "ep_cache_context":
                continue
            is_inside = any(
                one.text("name") == "embed_mode" and one.number("i", 1) == 1
                for one in node.children("attribute")
            )
            reason = "" if is_inside else leads_out(attribute.text("s"))
            if reason:
                self._subject.add(
                    rules.onnx.ONX_OUTSIDE,
                    f"Node {node.text('name')!r} loads {attribute.text('s')!r}: {reason}.",
                    offset=node.start,
                )

    def _tensor(self, tensor: Message) -> None:
        if tensor.name == "initializer":
            self._parameters += tensors.count(tensor)
        if self._external.uses(tensor):
            self._external.add(tensor)
            return
        flaw = tensors.flaw(tensor)
        if flaw:
            self._mismatches += 1
            if self._mismatches <= _SHOWN:
                self._subject.add(
                    rules.onnx.ONX_TENSOR,
                    f"Tensor {tensor.text('name')!r} is wrong: {flaw}.",
                    offset=tensor.start,
                )

    def _texts(self, message: Message, pieces: list[Piece]) -> None:
        for piece in pieces:
            signs = telltales(piece.text) if piece.length > 6 and message.kind != "Tensor" else []
            if signs:
                self._subject.add(
                    rules.onnx.ONX_TEXT,
                    f"{_SPOKEN.get(message.kind, 'A part')} holds {', '.join(signs)}: {piece.text[:200]!r}.",
                    offset=piece.offset,
                )

    def _judge_operators(self) -> None:
        for (domain, operator), node in self._used.items():
            found = reach(domain, operator)
            full = f"{domain}.{operator}" if domain else operator
            if found is Reach.CODE:
                self._subject.add(
                    rules.onnx.ONX_CODE,
                    f"Node {node.text('name')!r} is the operator {full!r}, which calls a program, files or the network.",
                    offset=node.start,
                )
            elif found is Reach.COMPILED:
                self._subject.add(
                    rules.onnx.ONX_COMPILED,
                    f"Node {node.text('name')!r} is a part that was compiled for one device.",
                    offset=node.start,
                )
            elif found is Reach.UNKNOWN and (domain, operator) not in self._defined:
                self._subject.add(
                    rules.onnx.ONX_OPERATOR,
                    f"Node {node.text('name')!r} is the operator {full!r}, which neither the standard nor the model defines.",
                    offset=node.start,
                )
