"""TensorFlow's graphs: saved models, meta graphs, frozen graphs, and the Keras metadata and sums beside them.

Every graph, function and default value is walked. Saving and restoring variables is what saved models are made of and is
nothing special; reading other files, calling Python or other machines is.
"""

from __future__ import annotations

from collections.abc import Callable

from governance.scanning.engine import rules
from governance.scanning.engine.keras.config import judge_text
from governance.scanning.engine.protobuf.following import follow
from governance.scanning.engine.protobuf.message import Message, Piece
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.tensorflow.graph import Graph
from governance.scanning.engine.tensorflow.schema import TENSORFLOW

_ROOTS = {
    "saved-model": "SavedModel",
    "meta-graph": "MetaGraphDef",
    "graph-def": "GraphDef",
    "keras-metadata": "SavedMetadata",
    "fingerprint": "FingerprintDef",
}
_MAX_CONFIG = 16 * 1024 * 1024


def analyse_saved_model(subject: Subject) -> None:
    """Every meta graph of a saved model."""
    _analyse(subject, "saved-model")


def analyse_meta_graph(subject: Subject) -> None:
    """One meta graph, as training writes it."""
    _analyse(subject, "meta-graph")


def analyse_graph_def(subject: Subject) -> None:
    """A graph by itself, its variables frozen into constants."""
    _analyse(subject, "graph-def")


def analyse_keras_metadata(subject: Subject) -> None:
    """The configurations from which Keras builds its layers again."""
    _analyse(subject, "keras-metadata")


def analyse_fingerprint(subject: Subject) -> None:
    """Sums over the parts of a saved model."""
    _analyse(subject, "fingerprint")


def _analyse(subject: Subject, name: str) -> None:
    graph = Graph(subject)
    messages = follow(
        subject,
        TENSORFLOW,
        _ROOTS[name],
        broken=rules.tensorflow.TFG_BROKEN,
        extra=rules.tensorflow.TFG_EXTRA,
    )
    for message in messages:
        visit = _VISITS.get(message.kind)
        if visit:
            visit(subject, graph, message)
    graph.judge()


def _signature(_: Subject, graph: Graph, operator: Message) -> None:
    """What a function is called; and the words in descriptions of operators."""
    if operator.name == "signature":
        graph.function(operator.text("name"))
    for field in ("summary", "description"):
        for piece in operator.pieces.get(field, ()):
            graph.text(piece.text, piece.offset)


def _asset(_: Subject, graph: Graph, asset: Message) -> None:
    for name in asset.texts("filename"):
        graph.asset(name, asset.start)


def _constant(_: Subject, graph: Graph, tensor: Message) -> None:
    graph.constant(tensor)


def _object(subject: Subject, graph: Graph, described: Message) -> None:
    """An object of the program that saved the model: Keras keeps its description here or beside."""
    for piece in described.pieces.get("metadata", ()):
        _configuration(subject, piece)
        graph.text(piece.text, piece.offset)


def _node(_: Subject, graph: Graph, node: Message) -> None:
    for operator in node.texts("op"):
        graph.node(operator, node.text("name"), node.start)
        for entry in node.children("attr"):
            for value in entry.children("value"):
                texts = [*value.texts("s"), *(text for one in value.children("list") for text in one.texts("s"))]  # fmt: skip
                graph.attribute(operator, entry.text("key"), texts, entry.start)


def _configuration(subject: Subject, piece: Piece) -> None:
    """A layer in JSON, from which Keras would build it."""
    if piece.length > _MAX_CONFIG:
        subject.add(
            rules.tensorflow.TFG_BROKEN, "A configuration is too long to read.", offset=piece.offset
        )
        return
    content = subject.reader.read_at(piece.offset, piece.length)
    if content.lstrip().startswith(b"{"):
        judge_text(subject, content.decode("utf-8", "replace"), f"at byte {piece.offset:,}")


_VISITS: dict[str, Callable[[Subject, Graph, Message], None]] = {
    "AssetFileDef": _asset,
    "KerasObject": _object,
    "NodeDef": _node,
    "OpDef": _signature,
    "SavedUserObject": _object,
    "TensorProto": _constant,
}
