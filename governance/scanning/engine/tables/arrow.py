"""Arrow: messages of a schema and batches, as a stream, and as a file with a footer."""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.flatbuffer import Table, root
from governance.scanning.engine.media.structure import Broken, Unread, need, only_zeros, watch
from governance.scanning.engine.subject import Subject

_MAGIC = b"ARROW1"
_MARK = b"\xff\xff\xff\xff"
_SCHEMA, _DICTIONARY, _BATCH = 1, 2, 3
_LONGEST = 64 * 1024 * 1024
_ALIGNED = 64
_DEPTH = 64
_EXTENSION, _EXTENSION_DATA = b"ARROW:extension:name", b"ARROW:extension:metadata"
_PYTHON_OBJECT = b"arrow.py_extension_type"


def stream(subject: Subject) -> int:
    """Messages until the mark of the end."""
    end, _ = _messages(subject, 0)
    return end


def file(subject: Subject) -> int:
    """A stream between two marks, and a footer that finds the batches again."""
    reader = subject.reader
    size = reader.size
    tail = reader.read_at(max(0, size - 10), 10)
    need(tail[4:] == _MAGIC, "its end is missing, or something follows it")
    length = int.from_bytes(tail[:4], "little")
    footer_at = size - 10 - length
    end, places = _messages(subject, 8)
    need(0 < length <= _LONGEST and footer_at >= end, "its footer is not where it says")
    need(
        footer_at - end < _ALIGNED and only_zeros(reader, end, footer_at),
        "bytes in front of its footer belong to nothing",
    )
    footer = root(reader.read_at(footer_at, length))
    schema = footer.table(1)
    need(schema, "its footer has no schema")
    if schema:
        check_schema(subject, schema, footer_at)
    check_pairs(subject, footer.tables(4), footer_at)
    for block in (*footer.structs(2, 24), *footer.structs(3, 24)):
        need(
            int.from_bytes(block[:8], "little") in places,
            "its footer points at a batch that is none",
        )
    return size


def _messages(subject: Subject, position: int) -> tuple[int, set[int]]:
    """Where the messages end, and where each of them begins."""
    reader = subject.reader
    places: set[int] = set()
    while position < reader.size:
        head = reader.read_at(position, 8)
        need(len(head) == 8, "it breaks off")
        has_mark = head[:4] == _MARK
        length = int.from_bytes(head[4:8] if has_mark else head[:4], "little")
        start = position + (8 if has_mark else 4)
        if length == 0:
            need(places, "it has no schema")
            return start, places
        need(length <= _LONGEST and start + length <= reader.size, "a message of it breaks off")
        message = root(reader.read_at(start, length))
        subject.meter.spend_members(1)
        body = message.number(3, 8)
        need(0 <= body <= reader.size - start - length, "a batch of it breaks off")
        _message(subject, message, start, body, is_first=not places)
        places.add(position)
        position = start + length + body
    raise Broken("the mark of its end is missing")


def _message(subject: Subject, message: Table, at: int, body: int, *, is_first: bool) -> None:
    kind = message.number(1, 1)
    header = message.table(2)
    need(header is not None and is_first == (kind == _SCHEMA), "its schema does not come first")
    check_pairs(subject, message.tables(4), at)
    if header is None or kind == _SCHEMA:
        need(header is not None and not body, "its schema is missing")
        if header:
            check_schema(subject, header, at)
        return
    batch = header.table(1) if kind == _DICTIONARY else header
    if kind not in (_DICTIONARY, _BATCH):
        raise Unread("an Arrow file of tensors")
    if batch is None:
        raise Broken("a batch of it is missing")
    _buffers(batch, body)


def _buffers(batch: Table, body: int) -> None:
    position = 0
    for buffer in batch.structs(2, 16):
        start, length = int.from_bytes(buffer[:8], "little"), int.from_bytes(buffer[8:], "little")
        need(start + length <= body, "a column of it lies outside its batch")
        need(start >= position or not length, "columns of a batch overlap")
        need(start - position < _ALIGNED or not length, "bytes of a batch belong to no column")
        position = max(position, start + length)
    need(body - position < _ALIGNED, "bytes of a batch belong to no column")


def check_schema(subject: Subject, schema: Table, at: int) -> None:
    """The fields and what is noted about them: a type may ask Python to make an object."""
    check_pairs(subject, schema.tables(2), at)
    pending = [(field, 0) for field in schema.tables(1)]
    count = 0
    while pending:
        field, depth = pending.pop()
        count += 1
        need(depth < _DEPTH and count < 100_000, "its schema is nested too deep")
        check_pairs(subject, field.tables(6), at)
        pending.extend((child, depth + 1) for child in field.tables(5))


def check_pairs(subject: Subject, pairs: list[Table], at: int) -> None:
    """Notes of a key and a value."""
    for pair in pairs:
        check_note(subject, pair.text(0), pair.text(1), at)


def check_note(subject: Subject, key: bytes, value: bytes, at: int) -> None:
    """One note: the name of an extension type, or words."""
    is_pickle = key == _EXTENSION_DATA and value[:1] == b"\x80" and value[-1:] == b"."
    if (key == _EXTENSION and value == _PYTHON_OBJECT) or is_pickle:
        subject.add(
            rules.tables.TAB_OBJECT,
            "A column is of a type whose description is a pickle; older readers load it (CVE-2023-47248).",
            offset=at,
        )
    watch(subject, key + b"\n" + value, at, f"The note {key[:60].decode('utf-8', 'replace')!r}")
