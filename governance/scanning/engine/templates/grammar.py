"""Reading a template as ``transformers`` reads one: its extensions, its limits, nothing rendered."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

MAX_CHARACTERS = 256 * 1024


class NoTemplate(Exception):
    """The text is no template; says why and in which line."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


class _Generation(Extension):
    """``{% generation %}``, by which trainers find what the model itself said."""

    tags = {"generation"}  # noqa: RUF012 - as its base class declares it

    def parse(self, parser: Parser) -> nodes.Node:
        """A scope of its own is as good as the real thing to whoever only reads."""
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return nodes.Scope(body, lineno=line)


_ENVIRONMENT = Environment(  # noqa: S701 - nothing is ever rendered
    extensions=["jinja2.ext.loopcontrols", "jinja2.ext.do", _Generation],
    trim_blocks=True,
    lstrip_blocks=True,
)


def parse(text: str) -> nodes.Template:
    """The tree of a template. Raises NoTemplate, and RecursionError for what is nested too deep."""
    try:
        return _ENVIRONMENT.parse(text)
    except TemplateSyntaxError as flaw:
        raise NoTemplate(str(flaw.message), flaw.lineno) from None
    except (ValueError, OverflowError, SyntaxError, MemoryError) as flaw:  # of numbers and escapes
        raise NoTemplate(type(flaw).__name__, 1) from None


def walk(top: nodes.Node) -> Iterator[nodes.Node]:
    """Every node below and with ``top``, however deep they stand in one another."""
    pending = [top]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(node.iter_child_nodes())
