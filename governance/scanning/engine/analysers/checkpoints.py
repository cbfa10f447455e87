"""Checkpoints of TensorFlow, and the variables of its saved models."""

from __future__ import annotations

from collections.abc import Callable

from governance.scanning.engine import rules
from governance.scanning.engine.media.structure import Broken, Unread
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.tensorflow import bundle


def _analyse(subject: Subject, walk: Callable[[Subject], int]) -> None:
    try:
        walk(subject)
    except Broken as reason:
        subject.add(rules.tensorflow.TFG_CHECKPOINT, f"It cannot be followed: {reason}.")
    except Unread as reason:
        subject.add(rules.tables.TAB_UNREAD, f"It is {reason}.")


ANALYSERS: dict[str, Callable[[Subject], None]] = {
    "tensor-bundle": lambda subject: _analyse(subject, bundle.index),
    "tensor-shard": lambda subject: _analyse(subject, bundle.shard),
}
