"""Following a message to its end on behalf of an analyser, and saying what was wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from governance.scanning.engine.protobuf.message import Message
from governance.scanning.engine.protobuf.schema import Schema
from governance.scanning.engine.protobuf.walker import Malformed, Walk
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.subject import Subject


def follow(
    subject: Subject, schema: Schema, root: str, *, broken: Rule, extra: Rule
) -> Iterator[Message]:
    """Every message, innermost first; ends early, with a finding, where the bytes cannot be followed."""
    walk = Walk(subject.reader, schema, root, subject.meter)
    try:
        yield from walk.messages()
    except Malformed as problem:
        subject.add(broken, f"At byte {problem.offset:,} {problem}.", offset=max(0, problem.offset))
    for flaw in walk.flaws[:3]:
        subject.add(
            extra,
            f"At byte {flaw.offset:,}: {flaw.reason}. Readers pass over it, so nobody sees what it is for.",
            offset=flaw.offset,
        )
