"""Core ML models: networks, pipelines and programs, walked for whatever is not arithmetic.

A model names classes of the app that loads it where it is not complete by itself, and files where its weights lie beside.
"""

from __future__ import annotations

from collections.abc import Callable

from governance.scanning.engine import rules
from governance.scanning.engine.coreml.schema import COREML
from governance.scanning.engine.places import leads_out
from governance.scanning.engine.protobuf.following import follow
from governance.scanning.engine.protobuf.message import Message
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.telltales import telltales

_IN_PACKAGE = "@model_path/"


def analyse(subject: Subject) -> None:
    """Walk a model with every model inside it."""
    messages = follow(
        subject, COREML, "Model", broken=rules.coreml.CML_BROKEN, extra=rules.coreml.CML_EXTRA
    )
    for message in messages:
        visit = _VISITS.get(message.kind)
        if visit:
            visit(subject, message)


def _custom(subject: Subject, message: Message) -> None:
    what = "layer" if message.kind == "CustomLayerParams" else "model"
    subject.add(
        rules.coreml.CML_CUSTOM,
        f"A {what} is the class {message.text('className')!r} of the app that loads it.",
        offset=message.start,
    )


def _linked(subject: Subject, message: Message) -> None:
    names = [one.text("defaultValue") for field in ("linkedModelFileName", "linkedModelSearchPath") for one in message.children(field)]  # fmt: skip
    reasons = [(name, leads_out(name)) for name in names if name]
    outside = [f"{name!r}: {reason}" for name, reason in reasons if reason]
    if outside:
        subject.add(
            rules.coreml.CML_OUTSIDE,
            f"It loads the model {', '.join(outside)}.",
            offset=message.start,
        )
    else:
        subject.add(
            rules.coreml.CML_LINKED,
            f"What it computes stands in another model, {' in '.join(map(repr, names))}.",
            offset=message.start,
        )


def _serialized(subject: Subject, message: Message) -> None:
    subject.add(
        rules.coreml.CML_COMPILED,
        f"It holds a model in a form called {message.text('identifier')!r}.",
        offset=message.start,
    )


def _weights(subject: Subject, message: Message) -> None:
    name = message.text("fileName")
    reason = leads_out(name.removeprefix(_IN_PACKAGE))
    if reason:
        subject.add(
            rules.coreml.CML_OUTSIDE,
            f"It takes weights from {name!r}: {reason}.",
            offset=message.start,
        )


def _operation(subject: Subject, message: Message) -> None:
    if message.text("type").lower().startswith(("custom", "coreml_custom")):
        subject.add(
            rules.coreml.CML_CUSTOM,
            f"The operation {message.text('type')!r} is one of the app that loads the model.",
            offset=message.start,
        )


def _words(subject: Subject, message: Message) -> None:
    for pieces in message.pieces.values():
        for piece in pieces:
            signs = telltales(piece.text)
            if signs:
                subject.add(
                    rules.coreml.CML_TEXT,
                    f"It holds {', '.join(signs)}: {piece.text[:200]!r}.",
                    offset=piece.offset,
                )


_VISITS: dict[str, Callable[[Subject, Message], None]] = {
    "BlobFileValue": _weights,
    "Value.BlobFileValue": _weights,
    "CustomLayerParams": _custom,
    "CustomModel": _custom,
    "FeatureDescription": _words,
    "LinkedModelFile": _linked,
    "Metadata": _words,
    "Metadata.UserDefinedEntry": _words,
    "Operation": _operation,
    "SerializedModel": _serialized,
}
