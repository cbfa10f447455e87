"""Graphs in the text form of protocol buffers: tokens and the fields they make, without knowing which fields exist.

The text form leaves much to the writer: either kind of brackets, strings in pieces, escapes in every base. All of them
mean the same, so all of them are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from governance.scanning.engine.budget import Meter

MAX_CHARACTERS = 64 * 1024 * 1024
_MAX_DEPTH = 100
_KEPT = 2048
_TOKEN = re.compile(
    r"""\s+ | \#[^\n]*
    |   (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |   (?P<extension>\[[A-Za-z0-9_./-]+\](?=\s*[:{<]))
    |   (?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |   (?P<number>-?\s*(?:[0-9.][0-9A-Za-z.+-]*|inf(?:inity)?|nan)\b)
    |   (?P<sign>[{}<>\[\]:,;-])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(
    rb"\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL
)
_LETTERS = {
    b"n": b"\n",
    b"t": b"\t",
    b"r": b"\r",
    b"a": b"\a",
    b"b": b"\b",
    b"f": b"\f",
    b"v": b"\v",
}
_BLANK = r"(?:\s|\#[^\n]*(?:\n|\Z))*"
_SURE = re.compile(
    _BLANK
    + r"(?:(?:meta_graphs|meta_info_def|graph_def|saver_def|collection_def|signature_def|asset_file_def|object_graph_def)"
    r"\s*:?\s*[{<]|saved_model_schema_version\s*:"
    r"|(?:node\s*:?\s*[{<]\s*(?:name|op|input)\s*:|library\s*:?\s*[{<]\s*function\s*:?\s*[{<]))"
)
_LIKELY = re.compile(_BLANK + r"(?:node|library|versions|version|debug_info)\s*[:{<]")
_OPERATOR = re.compile(r"""(?:^|[\s{<;,])op\s*:\s*["']""")
_CLOSES = {"{": "}", "<": ">"}


class Malformed(Exception):
    """The text is no message; carries where that shows."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.offset = offset


@dataclass(slots=True)
class Block:
    """A message in text: its name, its values that are text or single words, and the small messages inside."""

    name: str
    offset: int
    closes: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The last value of a field; empty when there is none."""
        return self.values.get(name, [""])[-1]


class TextWalk:
    """One walk over a text; every message is given out as soon as it ends."""

    def __init__(self, text: str, meter: Meter, detached: frozenset[str]) -> None:
        self._text = text
        self._meter = meter
        self._detached = detached
        self._stack = [Block("", 0)]
        self._field = ""
        self._lists = 0

    def blocks(self) -> Iterator[Block]:
        """Every message, innermost first; raises Malformed, BudgetExceeded."""
        position = 0
        while position < len(self._text):
            match = _TOKEN.match(self._text, position)
            if match is None:
                raise Malformed("nothing like this stands in a message", position)
            position = match.end()
            if match.lastgroup:
                self._meter.spend_fields(1)
                ended = self._take(match.lastgroup, match.group(match.lastgroup), match.start())
                if ended:
                    yield ended
        if len(self._stack) != 1 or self._lists:
            raise Malformed("the text ends inside a message", position)
        yield self._stack[0]

    def _take(self, kind: str, token: str, offset: int) -> Block | None:
        if kind == "sign":
            return self._sign(token, offset)
        if kind == "extension" or (kind == "name" and not (self._field and self._is_value(offset))):
            self._field = token
        elif self._field:
            self._value(unescaped(token) if kind == "text" else token)
        else:
            raise Malformed("a value belongs to no field", offset)
        return None

    def _is_value(self, offset: int) -> bool:
        """A word is a value behind a colon or inside a list, and otherwise the name of the next field."""
        before = self._text[max(0, offset - 200) : offset].rstrip()
        return before.endswith((":", "[", ",", "-")) and (
            self._lists > 0 or not before.endswith(",")
        )

    def _value(self, value: str) -> None:
        values = self._stack[-1].values.setdefault(self._field, [])
        if len(values) < _KEPT:
            values.append(value[:_KEPT])

    def _sign(self, sign: str, offset: int) -> Block | None:
        if sign in _CLOSES:
            if not self._field or len(self._stack) >= _MAX_DEPTH:
                raise Malformed("a message has no name, or lies too deep", offset)
            self._stack.append(Block(self._field, offset, _CLOSES[sign]))
            self._field = ""
        elif sign in "}>":
            return self._close(sign, offset)
        elif sign in "[]":
            self._lists += 1 if sign == "[" else -1
            if not 0 <= self._lists <= _MAX_DEPTH:
                raise Malformed("a list ends that never began", offset)
        return None

    def _close(self, token: str, offset: int) -> Block:
        block = self._stack.pop()
        if block.closes != token or not self._stack:
            raise Malformed("a message ends that never began", offset)
        parent = self._stack[-1]
        self._field = block.name
        if block.name not in self._detached and len(parent.blocks) < _KEPT:
            parent.blocks.append(block)
        return block


def unescaped(token: str) -> str:
    """What a quoted text says."""
    return _ESCAPE.sub(_meant, token[1:-1].encode()).decode("utf-8", "replace")


def _meant(match: re.Match[bytes]) -> bytes:
    hexadecimal, octal, four, eight, letter = match.groups()
    if hexadecimal or octal:
        return bytes([int(hexadecimal or octal, 16 if hexadecimal else 8) & 0xFF])
    if four or eight:
        number = int(four or eight, 16)
        return chr(number).encode("utf-8", "replace") if number < 0x110000 else b"?"
    return _LETTERS.get(letter, letter)


def is_graph_text(head: bytes) -> bool:
    """Whether a text begins like a graph: with a field that only graphs have, or with a node that has an operator."""
    text = head.decode("utf-8", "replace")
    if _SURE.match(text):
        return True
    return _LIKELY.match(text) is not None and _OPERATOR.search(text) is not None


_ONNX = re.compile(
    _BLANK
    + r"(?:ir_version|opset_import|producer_name|producer_version|model_version|domain|doc_string|metadata_props|graph|functions)\s*[:{<]"
)
_NODE_OR_GRAPH = re.compile(r"""(?:^|[\s{<;,])(?:op_type\s*:\s*["']|graph\s*:?\s*[{<])""")
_VERSION = re.compile(r"(?:^|[\s;,])(?:ir_version\s*:|opset_import\s*:?\s*[{<])")


def is_onnx_text(head: bytes) -> bool:
    """Whether a text begins like a model of ONNX and goes on with a graph."""
    text = head.decode("utf-8", "replace")
    has_graph = _NODE_OR_GRAPH.search(text) is not None
    return _ONNX.match(text) is not None and has_graph and _VERSION.search(text) is not None
