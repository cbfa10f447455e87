"""Object headers: the messages that make up a group or dataset."""

from __future__ import annotations

from dataclasses import dataclass

from governance.scanning.engine.hdf5.source import Broken, Fields, Source, Unread

DATASPACE, LINK_INFO, DATATYPE, LINK, EXTERNAL_FILES, LAYOUT = 1, 2, 3, 6, 7, 8
FILTERS, ATTRIBUTE, SHARED_TABLE, CONTINUATION, SYMBOL_TABLE, ATTRIBUTE_INFO = (
    11,
    12,
    15,
    16,
    17,
    21,
)
DRIVER = 20
_HARMLESS = frozenset({0, 4, 5, 10, 13, 14, CONTINUATION, 18, 19, 22, 23, 24})
_READ = frozenset({DATASPACE, LINK_INFO, DATATYPE, LINK, EXTERNAL_FILES, LAYOUT, FILTERS, ATTRIBUTE,
                   SHARED_TABLE, SYMBOL_TABLE, ATTRIBUTE_INFO, DRIVER})  # fmt: skip
_SHARED = 2
_MOST = 70_000
"""Messages in one object; attributes are numbered with 16 bits."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of an object header."""

    kind: int
    flags: int
    fields: Fields

    @property
    def is_shared(self) -> bool:
        """Whether it only points at a message that stands elsewhere."""
        return bool(self.flags & _SHARED)


def messages(source: Source, address: int) -> list[Message]:
    """Every message of an object, those in continuations too; raises Broken, Unread."""
    start = source.read(address, 4, "an object").content
    found = _new(source, address) if start == b"OHDR" else _old(source, address)
    kept = [message for message in found if message.kind not in _HARMLESS]
    for message in kept:
        if message.kind not in _READ:
            raise Unread(f"messages of kind {message.kind}, as in the object at byte {address:,}")
    return kept


def _old(source: Source, address: int) -> list[Message]:
    head = source.read(address, 12, "an object")
    head.version(1)
    head.take(1)
    count = head.number(2)
    head.take(4)
    pending = [(address + 16, head.number(4))]
    found: list[Message] = []
    seen = {address + 16}
    while pending:
        at, length = pending.pop(0)
        block = source.read(at, length, "an object")
        while block.left >= 8 and len(found) < count:
            kind, size, flags = block.number(2), block.number(2), block.number(1)
            block.take(3)
            _keep(source, found, pending, seen, Message(kind, flags, _part(source, block, size)))
    if len(found) != count:
        raise Broken(f"the object at byte {address:,} holds {len(found)} of its {count} messages")
    return found


def _new(source: Source, address: int) -> list[Message]:
    head = source.read(address, min(34, source.end - address), "an object")
    head.expect(b"OHDR", 2)
    flags = head.number(1)
    head.take((16 if flags & 0x20 else 0) + (4 if flags & 0x10 else 0))
    length = head.number(1 << (flags & 3))
    found: list[Message] = []
    pending: list[tuple[int, int]] = []
    seen = {address}
    block = source.read(address, head.at + length + 4, "an object")
    _verify(block)
    block.take(head.at)
    _run(source, block, flags, found, pending, seen)
    while pending:
        at, length = pending.pop(0)
        block = source.read(at, length, "a continuation")
        _verify(block)
        block.expect(b"OCHK")
        _run(source, block, flags, found, pending, seen)
    return found


def _verify(block: Fields) -> None:
    block.take(len(block.content) - 4)
    block.sum_fits()
    block.at = 0


def _run(source: Source, block: Fields, flags: int, found: list[Message],
         pending: list[tuple[int, int]], seen: set[int]) -> None:  # fmt: skip
    """The messages of one block of a newer header; a gap too short for a message may end it."""
    head = 6 if flags & 4 else 4
    while block.left - 4 >= head:
        kind, size, own = block.number(1), block.number(2), block.number(1)
        block.take(head - 4)
        if size > block.left - 4:
            raise Broken(f"{block.what} breaks off")
        _keep(source, found, pending, seen, Message(kind, own, _part(source, block, size)))


def _part(source: Source, block: Fields, size: int) -> Fields:
    return Fields(source, block.take(size), block.what)


def _keep(source: Source, found: list[Message], pending: list[tuple[int, int]], seen: set[int],
          message: Message) -> None:  # fmt: skip
    source.meter.spend_steps(1)
    found.append(message)
    if len(found) > _MOST:
        raise Broken(f"{message.fields.what} holds more than {_MOST:,} messages")
    if message.kind == CONTINUATION:
        at, length = message.fields.place(), message.fields.length()
        if at in seen:
            raise Broken(f"{message.fields.what} continues in itself")
        seen.add(at)
        pending.append((at, length))


def resolve(source: Source, message: Message) -> Fields:
    """The fields of a message, those of a committed datatype where it only points at one."""
    if not message.is_shared:
        return message.fields
    target = shared_address(message.fields)
    for other in messages(source, target):
        if other.kind == message.kind and not other.is_shared:
            return other.fields
    raise Broken(f"{message.fields.what} shares a message that does not exist")


def shared_address(fields: Fields) -> int:
    """Where a shared message really stands."""
    version = fields.version(1, 2, 3)
    kind = fields.number(1)
    if version == 3 and kind == 1:
        raise Unread("messages in a table that objects share")
    if version == 1:
        fields.take(6)
    return fields.place()
