"""Walking protocol buffers: what is refused, what is noted, and how little is read."""

from __future__ import annotations

import pytest

from governance.scanning.engine.budget import Budget, BudgetExceeded, Meter
from governance.scanning.engine.protobuf.message import Message
from governance.scanning.engine.protobuf.schema import schema
from governance.scanning.engine.protobuf.walker import Malformed, Walk
from governance.scanning.engine.reader import BytesReader
from tests.scanning.wire import field, message, varint

TABLE = schema(
    """
    Tree: 1 name text, 2 size int, 3 inner Tree, 4 leaves Leaf*, 5 sizes int*, 6 raw bytes, 7 parts f32*
    Leaf: 1 name text
    """,
    detached=frozenset(),
)


def walked(content: bytes, budget: Budget | None = None) -> tuple[list[Message], Walk]:
    walk = Walk(BytesReader(content), TABLE, "Tree", Meter(budget or Budget(), len(content)))
    return list(walk.messages()), walk


def test_inner_messages_come_first_and_stay_with_their_parent():
    found, walk = walked(
        message((1, "root"), (4, field(1, "a")), (4, field(1, "b")), (3, field(1, "in")))
    )

    assert [one.kind for one in found] == ["Leaf", "Leaf", "Tree", "Tree"]
    assert [leaf.text("name") for leaf in found[-1].children("leaves")] == ["a", "b"]
    assert found[-1].text("name") == "root"
    assert walk.flaws == []


def test_numbers_in_a_row_and_one_by_one_are_the_same():
    found, _ = walked(field(5, varint(3) + varint(-1) + varint(300)) + field(5, 7))

    assert found[-1].numbers["sizes"] == [3, -1, 300, 7]
    assert found[-1].counts["sizes"] == 4


def test_a_long_row_of_numbers_is_counted_to_its_end():
    found, _ = walked(field(5, varint(300) * 5000))

    assert found[-1].counts["sizes"] == 5000


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\x12\x05abc", id="longer than the file"),
        pytest.param(field(3, b"\x0a\x7fabc"), id="longer than its message"),
        pytest.param(b"\x10\x80", id="a number cut off"),
        pytest.param(b"\x10" + b"\xff" * 10 + b"\x01", id="a number of eleven bytes"),
        pytest.param(b"\x10" + b"\xff" * 9 + b"\x7f", id="a number of more than 64 bits"),
        pytest.param(b"\x10\x81\x00", id="a number longer than needed"),
        pytest.param(b"\x92\x00\x01", id="a tag longer than needed"),
        pytest.param(b"\x0b\x0c", id="a group"),
        pytest.param(b"\x0f", id="wire type 7"),
        pytest.param(b"\x00\x01", id="field 0"),
        pytest.param(bytes(4), id="zeros"),
        pytest.param(field(1, b"\xc3\x28"), id="text that is none"),
        pytest.param(field(7, b"abc"), id="four bytes each, but three"),
        pytest.param(field(5, b"\x80"), id="a row that ends inside a number"),
        pytest.param(
            field(5, varint(1) * 1200 + b"\x81\x00" + varint(1)), id="a long row with a long number"
        ),
        pytest.param(
            field(5, varint(1) * 1200 + b"\x81"), id="a long row that ends inside a number"
        ),
    ],
)
def test_what_strict_readers_refuse_ends_the_walk(content):
    with pytest.raises(Malformed):
        walked(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(field(99, "x"), id="unknown field"),
        pytest.param(field(99, 1), id="unknown number"),
        pytest.param(b"\x9d\x06abcd", id="unknown four bytes"),
        pytest.param(field(1, 5), id="a number for a text"),
        pytest.param(field(2, b"abc"), id="text for a number"),
        pytest.param(field(1, "a") + field(1, "b"), id="one value twice"),
        pytest.param(field(3, b"") + field(3, b""), id="one message twice"),
    ],
)
def test_what_lenient_readers_pass_over_is_noted(content):
    _, walk = walked(content + field(2, 7))

    assert len(walk.flaws) == 1


def test_messages_in_messages_end_at_the_limit_of_real_readers():
    inner = b""
    for _ in range(98):
        inner = field(3, inner)
    walked(inner)

    with pytest.raises(Malformed, match="deep"):
        walked(field(3, field(3, inner)))


def test_every_field_is_paid_for():
    with pytest.raises(BudgetExceeded):
        walked(field(2, 1) * 500, Budget(fields=400))


def test_bytes_are_stepped_over():
    reader = BytesReader(field(6, bytes(50_000_000)) + field(1, "end"))
    walk = Walk(reader, TABLE, "Tree", Meter(Budget(), reader.size))

    assert list(walk.messages())[-1].text("name") == "end"
    assert reader.bytes_read < 1_000_000
