"""Where a value in a template comes from: from messages, from a text of the template's own, or put together from such.

A name that is put together is how an escape is hidden from whoever reads the template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntEnum

from jinja2 import nodes

from governance.scanning.engine.templates import names
from governance.scanning.engine.templates.constants import folded
from governance.scanning.engine.templates.grammar import walk

_DEEPEST = 60
_ROUNDS = 8
Flow = tuple[str, nodes.Node]


class Kind(IntEnum):
    """Where a value comes from; the larger one hides more."""

    FOREIGN = 0
    TEXT = 1
    BUILT = 2


class Kinds:
    """The kind of every expression of one template, whatever the order in which its statements run."""

    def __init__(self, tree: nodes.Template) -> None:
        self._of: dict[str, Kind] = {}
        self._macros = {one.name: one for one in tree.find_all(nodes.Macro)}
        flows = list(_flows(tree, self._macros))
        for _ in range(_ROUNDS):
            before = dict(self._of)
            for name, value in flows:
                self._of[name] = max(self._of.get(name, Kind.FOREIGN), self.of(value))
            if before == self._of:
                break

    def of(self, node: nodes.Node | None, depth: int = 0) -> Kind:
        """The kind of an expression."""
        if node is None:
            return Kind.FOREIGN
        if depth > _DEEPEST:
            return Kind.BUILT
        look = _KINDS.get(type(node))
        if look is not None:
            return look(self, node, depth)
        return Kind.FOREIGN if isinstance(node, nodes.Compare) else self._inside(node, depth)

    def _inside(self, node: nodes.Node, depth: int) -> Kind:
        kinds = (self.of(one, depth + 1) for one in node.iter_child_nodes())
        return max(kinds, default=Kind.FOREIGN)

    def _constant(self, node: nodes.Const, _: int) -> Kind:
        return Kind.TEXT if isinstance(node.value, str) else Kind.FOREIGN

    def _data(self, node: nodes.TemplateData, _: int) -> Kind:
        return Kind.TEXT if node.data.strip() else Kind.FOREIGN

    def _name(self, node: nodes.Name, _: int) -> Kind:
        return self._of.get(node.name, Kind.FOREIGN)

    def _foreign(self, node: nodes.Node, _: int) -> Kind:  # noqa: ARG002 - as the others
        return Kind.FOREIGN

    def _value(self, node: nodes.Pair, depth: int) -> Kind:
        return self.of(node.value, depth + 1)

    def _choice(self, node: nodes.CondExpr, depth: int) -> Kind:
        return max(self.of(node.expr1, depth + 1), self.of(node.expr2, depth + 1))

    def _looked_up(self, node: nodes.Getattr | nodes.Getitem, depth: int) -> Kind:
        if isinstance(node.node, nodes.Name):
            field = node.attr if isinstance(node, nodes.Getattr) else folded(node.arg)
            if isinstance(field, str):
                return self._of.get(
                    f"{node.node.name}.{field}", self._of.get(node.node.name, Kind.FOREIGN)
                )
        kind = self.of(node.node, depth + 1)
        is_part = isinstance(node, nodes.Getitem) and kind is Kind.TEXT
        return Kind.BUILT if is_part and isinstance(node.node, nodes.Const) else kind

    def _operation(self, node: nodes.Expr, depth: int) -> Kind:
        """Whatever is added to a text makes a new one; ``~`` always does; the rest is arithmetic."""
        inside = max(
            (self.of(one, depth + 1) for one in node.iter_child_nodes()), default=Kind.FOREIGN
        )
        makes = isinstance(node, nodes.Concat) or inside >= Kind.TEXT
        return Kind.BUILT if makes else Kind.FOREIGN

    def _filtered(self, node: nodes.Filter, depth: int) -> Kind:
        if node.name in names.MAKES_NUMBERS:
            return Kind.FOREIGN
        return self._worked_out(node, is_text=node.name in names.MAKES_TEXT, depth=depth)

    def _called(self, node: nodes.Call, depth: int) -> Kind:
        called = node.node
        if isinstance(called, nodes.Name):
            return Kind.BUILT if called.name in {*self._macros, "caller"} else Kind.FOREIGN
        is_text = isinstance(called, nodes.Getattr) and called.attr in names.TEXT_METHODS
        return self._worked_out(node, is_text=is_text, depth=depth)

    def _worked_out(self, node: nodes.Filter | nodes.Call, *, is_text: bool, depth: int) -> Kind:
        """A text that went through something is built; what belongs to a message stays so."""
        source = node.node.node if isinstance(node.node, nodes.Getattr) else node.node
        kind = self.of(source, depth + 1)
        given = max((self.of(one, depth + 1) for one in node.args), default=Kind.FOREIGN)
        if kind is Kind.FOREIGN and (given is Kind.FOREIGN or not is_text):
            return Kind.FOREIGN
        if kind is Kind.FOREIGN:
            return given if _keeps_names(node) else Kind.BUILT
        return Kind.BUILT if is_text else kind


def _keeps_names(node: nodes.Filter | nodes.Call) -> bool:
    """``messages | map(…)``, ``message.get('role')``: a text that only says what to fetch."""
    if isinstance(node, nodes.Filter):
        return False
    return isinstance(node.node, nodes.Getattr) and node.node.attr in (
        "get",
        "pop",
        "strip",
        "split",
    )


_KINDS: dict[type[nodes.Node], Callable[..., Kind]] = {
    nodes.Const: Kinds._constant,  # noqa: SLF001 - its own table
    nodes.TemplateData: Kinds._data,  # noqa: SLF001
    nodes.Name: Kinds._name,  # noqa: SLF001
    nodes.Test: Kinds._foreign,  # noqa: SLF001
    nodes.Not: Kinds._foreign,  # noqa: SLF001
    nodes.Pair: Kinds._value,  # noqa: SLF001
    nodes.CondExpr: Kinds._choice,  # noqa: SLF001
    nodes.Getattr: Kinds._looked_up,  # noqa: SLF001
    nodes.Getitem: Kinds._looked_up,  # noqa: SLF001
    nodes.Filter: Kinds._filtered,  # noqa: SLF001
    nodes.Call: Kinds._called,  # noqa: SLF001
    **dict.fromkeys(
        (
            nodes.Concat,
            nodes.Add,
            nodes.Sub,
            nodes.Mul,
            nodes.Div,
            nodes.FloorDiv,
            nodes.Mod,
            nodes.Pow,
        ),
        Kinds._operation,  # noqa: SLF001
    ),
}


def _flows(tree: nodes.Template, macros: dict[str, nodes.Macro]) -> Iterator[Flow]:
    """What is put under which name: (name, value), for every statement that does so."""
    for node in walk(tree):
        if isinstance(node, nodes.Assign):
            yield from _assigned(node)
        elif isinstance(node, nodes.AssignBlock):
            yield from _targets(node.target, nodes.Concat(node.body, lineno=node.lineno))
        elif isinstance(node, nodes.For):
            yield from _targets(node.target, node.iter)
        elif isinstance(node, nodes.With):
            for target, value in zip(node.targets, node.values, strict=True):
                yield from _targets(target, value)
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
            yield from _handed_over(node, macros.get(node.node.name))


def _assigned(node: nodes.Assign) -> Iterator[Flow]:
    """``set a = b``, and the fields of ``set a = namespace(b=c)``."""
    yield from _targets(node.target, node.node)
    if isinstance(node.node, nodes.Call) and isinstance(node.target, nodes.Name):
        yield from ((f"{node.target.name}.{one.key}", one.value) for one in node.node.kwargs)


def _targets(target: nodes.Node, value: nodes.Node) -> Iterator[Flow]:
    if isinstance(target, nodes.Name):
        yield target.name, value
    elif isinstance(target, nodes.NSRef):
        yield f"{target.name}.{target.attr}", value
    else:
        for one in target.iter_child_nodes():
            yield from _targets(one, value)


def _handed_over(call: nodes.Call, macro: nodes.Macro | None) -> Iterator[Flow]:
    if macro is None:
        return
    yield from ((one.name, given) for one, given in zip(macro.args, call.args, strict=False))
    yield from ((one.key, one.value) for one in call.kwargs)
    yield from (
        (one.name, given)
        for one, given in zip(macro.args[::-1], macro.defaults[::-1], strict=False)
    )
