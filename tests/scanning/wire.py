"""Writing protocol buffers by hand, field by field, so that they may also be wrong."""

from __future__ import annotations

Value = int | float | str | bytes


def varint(number: int) -> bytes:
    """A number of any size, seven bits to the byte; negative ones take ten bytes."""
    number &= 2**64 - 1
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def field(number: int, value: Value) -> bytes:
    """One field: a number, or bytes and text with their length in front."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, str):
        value = value.encode()
    assert isinstance(value, bytes)
    return varint(number << 3 | 2) + varint(len(value)) + value


def message(*fields: tuple[int, Value]) -> bytes:
    """A message of several fields in this order."""
    return b"".join(field(number, value) for number, value in fields)


def entry(key: str, value: Value) -> bytes:
    """An entry of a map."""
    return message((1, key), (2, value))
