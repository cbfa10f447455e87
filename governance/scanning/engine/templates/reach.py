"""Ways out of a template: inner attributes, names worked out, functions and files that chat templates do not have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jinja2 import nodes

from governance.scanning.engine import rules
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.templates import names
from governance.scanning.engine.templates.constants import folded
from governance.scanning.engine.templates.grammar import walk
from governance.scanning.engine.templates.kinds import Kind, Kinds
from governance.scanning.engine.words import words

Found = tuple[Rule, str, int]
_DUNDER = re.compile(r"__[a-z]+(?:_[a-z]+)*__")
_FIELD = re.compile(r"\{[^{}]*[.\[][^{}]*\}")
_LOADS = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


def reach(tree: nodes.Template) -> Iterator[Found]:
    """Everything in a template that leads out of it."""
    looking = _Looking(tree)
    for node in walk(tree):
        yield from looking.at(node)


class _Looking:
    """What must be known of the whole template to judge one node of it."""

    def __init__(self, tree: nodes.Template) -> None:
        self.kinds = Kinds(tree)
        self.macros = frozenset(one.name for one in tree.find_all(nodes.Macro))
        called = (one.node for one in tree.find_all(nodes.Call))
        self.called = frozenset(id(one) for one in called)
        stored = (one.name for one in tree.find_all(nodes.Name) if one.ctx != "load")
        self.own = frozenset(stored) | self.macros

    def at(self, node: nodes.Node) -> Iterator[Found]:
        """What is wrong with one node, seen by itself."""
        if isinstance(node, _LOADS):
            what = type(node).__name__.lower()
            yield rules.jinja.JIN_UNUSUAL, f"It loads another template ({what})", node.lineno
        look = _LOOKS.get(type(node))
        if look is not None:
            yield from look(self, node)

    def name(self, node: nodes.Name) -> Iterator[Found]:
        """A plain name."""
        if node.name.startswith("__"):
            yield rules.jinja.JIN_REACHES, f"It asks for {node.name}", node.lineno
        elif (
            node.ctx == "load"
            and node.name in names.ROOTS - self.own
            and id(node) not in self.called
        ):
            yield rules.jinja.JIN_UNUSUAL, f"It looks into {node.name}", node.lineno
        elif node.ctx == "load" and node.name == "lipsum":
            yield rules.jinja.JIN_UNUSUAL, "It makes text up with lipsum", node.lineno

    def attribute(self, node: nodes.Getattr) -> Iterator[Found]:
        """``value.name``."""
        yield from self._inner(node.attr, node)
        if isinstance(node.node, nodes.Name) and node.node.name not in self.own - self.macros:
            root = node.node.name
            if root in self.macros or root in names.FOREIGN_ROOTS:
                yield (
                    rules.jinja.JIN_UNUSUAL,
                    f"It looks into {root} ({root}.{node.attr})",
                    node.lineno,
                )

    def item(self, node: nodes.Getitem) -> Iterator[Found]:
        """``value[name]``: where there is no such item, Jinja takes the attribute of that name."""
        if isinstance(node.arg, nodes.Slice):
            return
        key = folded(node.arg)
        if isinstance(key, str):
            yield from self._inner(key, node)
            return
        if self.kinds.of(node.arg) is Kind.BUILT:
            yield (
                rules.jinja.JIN_BUILDS,
                "It looks up a name that it has put together itself",
                node.lineno,
            )

    def filter(self, node: nodes.Filter) -> Iterator[Found]:
        """``value | name``."""
        if node.name == "attr":
            yield from self._by_attr(node)
        elif node.name not in names.FILTERS:
            yield rules.jinja.JIN_UNUSUAL, f"It uses the unknown filter {node.name}", node.lineno
        elif node.name in names.BY_ATTRIBUTE:
            yield from self._attributes(node)
        if node.name in names.BY_TEST:
            yield from self._tests(node)

    def test(self, node: nodes.Test) -> Iterator[Found]:
        """``value is name``."""
        if node.name not in names.TESTS:
            yield rules.jinja.JIN_UNUSUAL, f"It uses the unknown test {node.name}", node.lineno

    def call(self, node: nodes.Call) -> Iterator[Found]:
        """``something(…)``."""
        called = node.node
        if isinstance(called, nodes.Name):
            if called.name not in names.FUNCTIONS | self.own | {"lipsum"}:
                yield (
                    rules.jinja.JIN_UNUSUAL,
                    f"It calls {called.name}, which chat templates do not have",
                    node.lineno,
                )
        elif isinstance(called, nodes.Getattr):
            yield from self._method(node, called)
        else:
            yield (
                rules.jinja.JIN_BUILDS,
                "It calls something that it has looked up itself",
                node.lineno,
            )
        for one in node.kwargs:
            if "__" in one.key:
                yield (
                    rules.jinja.JIN_BUILDS,
                    f"It hides a name in an argument ({one.key})",
                    node.lineno,
                )
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            yield (
                rules.jinja.JIN_UNUSUAL,
                "It calls something with arguments worked out before",
                node.lineno,
            )

    def constant(self, node: nodes.Const) -> Iterator[Found]:
        """A text that is the name of something inner has no other use."""
        if isinstance(node.value, str):
            yield from self._spelled(node.value, node)

    def joined(self, node: nodes.Expr) -> Iterator[Found]:
        """Texts put together."""
        text = folded(node)
        if isinstance(text, str):
            yield from self._spelled(text, node)

    def reference(self, node: nodes.NSRef) -> Iterator[Found]:
        """``set space.name = …``."""
        yield from self._inner(node.attr, node)

    def _spelled(self, text: str, node: nodes.Node) -> Iterator[Found]:
        found = _DUNDER.search(text)
        if found and found.group() in _INNER_NAMES:
            yield rules.jinja.JIN_REACHES, f"It spells {found.group()}", node.lineno

    def _inner(self, name: str, node: nodes.Node) -> Iterator[Found]:
        if name.startswith("__") or name in names.INNER:
            yield rules.jinja.JIN_REACHES, f"It reaches for {name}", node.lineno
        elif name.startswith("_"):
            yield rules.jinja.JIN_UNUSUAL, f"It reaches for {name}", node.lineno

    def _method(self, node: nodes.Call, called: nodes.Getattr) -> Iterator[Found]:
        name = called.attr
        if isinstance(called.node, nodes.Name) and f"{called.node.name}.{name}" in _LOOP:
            return
        if name in names.COMMANDS:
            yield rules.jinja.JIN_REACHES, f"It calls {name}()", node.lineno
        elif name in ("format", "format_map"):
            yield from self._format(node, called)
        elif name not in names.METHODS and not name.startswith("_"):
            yield (
                rules.jinja.JIN_UNUSUAL,
                f"It calls {name}(), which no text, list or dictionary has",
                node.lineno,
            )

    def _format(self, node: nodes.Call, called: nodes.Getattr) -> Iterator[Found]:
        """``"{0.name}".format(…)`` looks up attributes by itself."""
        text = folded(called.node)
        if not isinstance(text, str):
            yield (
                rules.jinja.JIN_BUILDS,
                "It formats with a pattern that is not written there",
                node.lineno,
            )
        elif _FIELD.search(text):
            rule = rules.jinja.JIN_REACHES if "_" in text else rules.jinja.JIN_BUILDS
            yield rule, f"It looks up attributes while formatting ({text[:40]})", node.lineno

    def _by_attr(self, node: nodes.Filter) -> Iterator[Found]:
        name = folded(node.args[0]) if node.args else None
        if isinstance(name, str) and "_" not in name:
            yield rules.jinja.JIN_UNUSUAL, f"It uses the filter attr for {name!r}", node.lineno
        else:
            yield (
                rules.jinja.JIN_REACHES,
                "It uses the filter attr for a hidden or inner name",
                node.lineno,
            )

    def _tests(self, node: nodes.Filter) -> Iterator[Found]:
        """``select('odd')``, ``selectattr('role', 'equalto', …)``: a test, by its name."""
        for one in node.args[names.BY_TEST[node.name] :][:1]:
            name = folded(one)
            if not isinstance(name, str):
                yield (
                    rules.jinja.JIN_BUILDS,
                    "It asks for a test by a name worked out before",
                    node.lineno,
                )
            elif name not in names.TESTS:
                yield rules.jinja.JIN_UNUSUAL, f"It uses the unknown test {name}", node.lineno

    def _attributes(self, node: nodes.Filter) -> Iterator[Found]:
        """``map(attribute='a.b')``, ``selectattr('a')``; ``map('attr', …)`` is the filter attr in disguise."""
        given = [
            *node.args,
            *(one.value for one in node.kwargs if one.key in names.ATTRIBUTE_WORDS),
        ]
        for place, one in enumerate(given):
            text = folded(one)
            if isinstance(text, str):
                for part in text.split("."):
                    yield from self._inner(part, node)
                if node.name == "map" and place == 0 and node.args and text not in names.FILTERS:
                    yield rules.jinja.JIN_REACHES, f"It maps by {text!r}", node.lineno
            elif self.kinds.of(one) is not Kind.FOREIGN or (node.name == "map" and place == 0):
                yield (
                    rules.jinja.JIN_BUILDS,
                    f"It uses {node.name} with a name worked out before",
                    node.lineno,
                )


_LOOP = frozenset({"loop.cycle", "loop.changed"})
_INNER_NAMES = words("""__class__ __bases__ __base__ __mro__ __subclasses__ __globals__ __builtins__ __import__ __init__
    __new__ __dict__ __getattribute__ __getattr__ __closure__ __reduce__ __reduce_ex__ __loader__ __spec__ __wrapped__
    __getitem__ __annotations__""")
_LOOKS: dict[type[nodes.Node], Callable[..., Iterator[Found]]] = {
    nodes.Name: _Looking.name,
    nodes.Getattr: _Looking.attribute,
    nodes.Getitem: _Looking.item,
    nodes.Filter: _Looking.filter,
    nodes.Test: _Looking.test,
    nodes.Call: _Looking.call,
    nodes.Const: _Looking.constant,
    nodes.Concat: _Looking.joined,
    nodes.Add: _Looking.joined,
    nodes.NSRef: _Looking.reference,
}
