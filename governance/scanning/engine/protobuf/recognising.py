"""What kind of message some bytes are, by the shape of their first fields: a message does not say so itself.

A format is recognised by fields that only it has together. Whatever else stands there is for its analyser to judge, so that
an additional field does not hide what a reader would still find.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from governance.scanning.engine.reader import Reader

_FIELDS = 200
"""Fields that are looked at on one level."""
_OPERATOR = re.compile(rb"_?[A-Z][A-Za-z0-9_>./-]{0,120}\Z")
_FUNCTION = re.compile(rb"[A-Za-z_][A-Za-z0-9_>./-]{0,200}\Z")
_NODES = 20
_NUMBER, _EIGHT, _LENGTH, _FOUR = 0, 1, 2, 5
_COREML_TYPES = range(200, 3001)


@dataclass(frozen=True, slots=True)
class Tag:
    """A field as it stands in the bytes: a number, or where its content begins and how long it is."""

    number: int
    wire: int
    value: int
    start: int
    is_whole: bool = True
    """Whether its content ends before its message does; where a file was cut, it does not."""

    def opens(self, number: int) -> bool:
        """Whether it is this field, with text or a message in it."""
        return self.number == number and self.wire == _LENGTH


def tags(reader: Reader, start: int, end: int, limit: int = _FIELDS) -> list[Tag]:
    """The first fields of a message, up to the first that cannot be one; the last may be cut off."""
    found: list[Tag] = []
    position = start
    while position < end and len(found) < limit:
        head = reader.read_at(position, 20)
        tag, used = _varint(head, 0)
        value, after = (0, used)
        wire = tag & 7
        if wire in (_NUMBER, _LENGTH):
            value, after = _varint(head, used)
        size = {_NUMBER: 0, _EIGHT: 8, _FOUR: 4, _LENGTH: value}.get(wire, -1)
        if not used or after <= 0 or tag < 8 or size < 0:
            break
        left = end - position - after
        if size > left:
            found.append(Tag(tag >> 3, wire, max(0, left), position + after, is_whole=False))
            break
        found.append(Tag(tag >> 3, wire, value, position + after))
        position += after + size
    return found


def _varint(head: bytes, at: int) -> tuple[int, int]:
    """A number and where it ends; (0, 0) when there is none."""
    value = 0
    for index in range(at, min(at + 10, len(head))):
        value |= (head[index] & 0x7F) << (7 * (index - at))
        if head[index] < 0x80:
            return value, index + 1
    return 0, 0


def _inside(reader: Reader, tag: Tag, limit: int = 40) -> list[Tag]:
    return tags(reader, tag.start, tag.start + tag.value, limit)


def _first(found: list[Tag], number: int) -> Tag | None:
    return next((tag for tag in found if tag.opens(number)), None)


def _numbers(found: list[Tag]) -> set[int]:
    return {tag.number for tag in found}


def is_onnx(reader: Reader, head: bytes) -> bool:
    """A version, a graph of nodes or values, and nothing else that comes first in other messages."""
    if not _may_be_message(head):
        return False
    found = tags(reader, 0, reader.size)
    graph = _first(found, 7)
    if graph is None or any(tag.opens(1) for tag in found):
        return False
    has_mark = any(tag.number == 1 and tag.wire == _NUMBER for tag in found) or _first(found, 8)
    inner = _inside(reader, graph)
    return bool(has_mark) and all(tag.wire == _LENGTH for tag in inner[:3]) and bool(_numbers(inner) & {1, 5, 11, 12, 15})  # fmt: skip


def is_onnx_tensor(reader: Reader, head: bytes) -> bool:
    """A type and data of a tensor: the test data beside ONNX models."""
    if not head or head[0] not in (0x08, 0x0A, 0x10):
        return False
    found = tags(reader, 0, reader.size)
    kinds = [tag.value for tag in found if tag.number == 2 and tag.wire == _NUMBER]
    is_shaped = bool(kinds) and 0 < kinds[0] < 32 and any(tag.opens(number) for tag in found for number in (4, 5, 6, 7, 9, 10, 11))  # fmt: skip
    return is_shaped and _numbers(found) <= {1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16} and _ends(found, reader.size)  # fmt: skip


def _ends(found: list[Tag], size: int) -> bool:
    """Whether the fields that were looked at reach the end."""
    if len(found) >= _FIELDS:
        return True
    last = found[-1]
    if not last.is_whole:
        return False
    length = {_LENGTH: last.value, _EIGHT: 8, _FOUR: 4}.get(last.wire, 0)
    return last.start + length == size


def is_saved_model(reader: Reader, head: bytes) -> bool:
    """A version, then graphs with their meta information."""
    if not _may_be_message(head):
        return False
    found = tags(reader, 0, reader.size)
    meta = _first(found, 2)
    if meta is None or any(tag.number in _COREML_TYPES for tag in found) or any(tag.opens(1) for tag in found):  # fmt: skip
        return False
    return _is_meta_graph(reader, _inside(reader, meta))


def is_meta_graph(reader: Reader, head: bytes) -> bool:
    """A graph with its meta information, by itself."""
    return _may_be_message(head) and _is_meta_graph(reader, tags(reader, 0, reader.size))


def _is_meta_graph(reader: Reader, found: list[Tag]) -> bool:
    graph = _first(found, 2)
    if graph is None or any(tag.wire != _LENGTH for tag in found):
        return False
    inner = _inside(reader, graph)
    return _is_graph(reader, inner) or (_first(found, 1) is not None and graph.value == 0)


def is_graph_def(reader: Reader, head: bytes) -> bool:
    """Nodes with the names of operators."""
    return _may_be_message(head) and _is_graph(reader, tags(reader, 0, reader.size))


def _is_graph(reader: Reader, found: list[Tag]) -> bool:
    nodes = [tag for tag in found if tag.opens(1)]
    if any(tag.number == 1 and tag.wire != _LENGTH for tag in found):
        return False
    if nodes:
        names = _FUNCTION if {2, 4} & _numbers(found) else _OPERATOR
        return any(_is_node(reader, node, names) for node in nodes[:_NODES])
    library = _first(found, 2)
    function = _first(_inside(reader, library), 1) if library else None
    body = _inside(reader, function) if function else []
    return any(tag.opens(3) and _is_node(reader, tag, _FUNCTION) for tag in body)


def _is_node(reader: Reader, tag: Tag, names: re.Pattern[bytes]) -> bool:
    inner = _inside(reader, tag)
    operator = _first(inner, 2)
    if operator is None or not operator.value or any(one.wire != _LENGTH for one in inner):
        return False
    return names.match(reader.read_at(operator.start, min(operator.value, 200))) is not None


def is_keras_metadata(reader: Reader, head: bytes) -> bool:
    """Objects with a path, a kind of Keras and its configuration."""
    if head[:1] != b"\x0a":
        return False
    first = _first(tags(reader, 0, reader.size), 1)
    inner = _inside(reader, first) if first else []
    identifier = _first(inner, 4)
    return identifier is not None and reader.read_at(identifier.start, 4) == b"_tf_"


def is_fingerprint(reader: Reader, head: bytes) -> bool:
    """A few sums of a saved model's parts."""
    if reader.size > 400 or head[:1] != b"\x08":
        return False
    found = tags(reader, 0, reader.size)
    sums = [tag for tag in found if tag.wire == _NUMBER and tag.value > 1 << 32]
    return len(sums) >= 2 and _numbers(found) <= set(range(1, 8)) and _ends(found, reader.size)


def is_coreml(reader: Reader, head: bytes) -> bool:
    """A version, a description, and one of the kinds of models."""
    if not _may_be_message(head):
        return False
    found = tags(reader, 0, reader.size)
    has_version = any(tag.number == 1 and tag.wire == _NUMBER for tag in found) and _first(found, 2)
    has_kind = any(tag.number in _COREML_TYPES and tag.wire == _LENGTH for tag in found)
    return bool(has_version) and has_kind and not any(tag.opens(7) or tag.opens(1) for tag in found)


def is_paddle(reader: Reader, head: bytes) -> bool:
    """Blocks that say which they are and where they belong, then variables or operators."""
    if head[:1] != b"\x0a":
        return False
    block = _first(tags(reader, 0, reader.size), 1)
    inner = _inside(reader, block) if block else []
    begins = [(tag.number, tag.wire) for tag in inner[:2]]
    return begins == [(1, _NUMBER), (2, _NUMBER)] and any(
        tag.opens(3) or tag.opens(4) for tag in inner
    )


def _may_be_message(head: bytes) -> bool:
    """Quick to say no: text and most other formats do not begin with a low field of these two kinds."""
    return len(head) > 2 and head[0] & 7 in (_NUMBER, _LENGTH) and bool(head[0] >> 3)


RECOGNISED: dict[str, Callable[[Reader, bytes], bool]] = {
    "onnx": is_onnx,
    "onnx-tensor": is_onnx_tensor,
    "saved-model": is_saved_model,
    "meta-graph": is_meta_graph,
    "graph-def": is_graph_def,
    "keras-metadata": is_keras_metadata,
    "fingerprint": is_fingerprint,
    "coreml": is_coreml,
    "paddle": is_paddle,
}
