"""Secrets in the strings of binary formats: names, settings and comments stand there as they are, beside the weights.

Their beginning and end are searched, where every such format keeps its strings; what is packed or split is not found here.
"""

from __future__ import annotations

from governance.scanning.engine import secrets
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.words import words

_HEAD = 2 * 1024 * 1024
_TAIL = 512 * 1024
FORMATS = words("""pickle safetensors gguf ggml hdf5 npy onnx saved-model graph-def meta-graph keras-metadata tflite coreml
    msgpack sqlite parquet arrow sentencepiece xgboost-binary catboost rds rdata png jpeg pdf""")


def look(subject: Subject, names: tuple[str, ...]) -> None:
    """Search the ends of a file that was read as one of ``FORMATS``."""
    if FORMATS.isdisjoint(names):
        return
    size = subject.reader.size
    searched = [(0, min(size, _HEAD))]
    if size > _HEAD:
        start = max(_HEAD, size - _TAIL)
        searched.append((start, size - start))
    for offset, length in searched:
        for one in secrets.search(subject.reader.read_at(offset, length)):
            subject.add(one.rule, one.detail, offset=offset + one.offset)
