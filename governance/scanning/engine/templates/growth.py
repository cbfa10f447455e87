"""Small templates that make enormous texts or loop for ever."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from governance.scanning.engine import rules
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.templates import names
from governance.scanning.engine.templates.constants import folded
from governance.scanning.engine.templates.grammar import walk

Found = tuple[Rule, str, int]
_LARGEST_RANGE = 100_000
_MOST_TURNS = 1_000_000
_DEEPEST_LOOP = 6
_LONGEST = 100_000


def growth(tree: nodes.Template) -> Iterator[Found]:
    """Everything in a template that grows far beyond what it is given."""
    for node in walk(tree):
        if isinstance(node, nodes.Call):
            yield from _range(node)
            yield from _wide(node, node.node.attr if isinstance(node.node, nodes.Getattr) else "")
        elif isinstance(node, nodes.Filter):
            yield from _wide(node, node.name)
        elif isinstance(node, nodes.Mul | nodes.Pow):
            yield from _times(node)
        elif isinstance(node, nodes.Mod):
            yield from _pattern(node)
        elif isinstance(node, nodes.Assign):
            yield from _doubles(node)
    yield from _loops(tree)


def _grows(detail: str, node: nodes.Node) -> Found:
    return rules.jinja.JIN_GROWS, detail, node.lineno


def _turns(node: nodes.Node | None) -> int:
    """How often a loop over this turns, as far as it is written there; 1 when it is not."""
    if not (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name == "range"
    ):
        return 1
    bounds = [folded(one) for one in node.args]
    numbers = [int(one) for one in bounds if isinstance(one, int)]
    if not numbers or len(numbers) < len(bounds):
        return max((abs(one) for one in numbers), default=1) or 1
    start, stop = (0, numbers[0]) if len(numbers) == 1 else numbers[:2]
    step = abs(numbers[2]) if len(numbers) > 2 else 1
    return max(1, abs(stop - start) // (step or 1))


def _range(node: nodes.Call) -> Iterator[Found]:
    turns = _turns(node)
    if turns > _LARGEST_RANGE:
        yield _grows(f"It counts through {turns:,} numbers", node)


def _wide(node: nodes.Call | nodes.Filter, name: str) -> Iterator[Found]:
    if name not in names.WIDENS:
        return
    for one in (*node.args, *(given.value for given in node.kwargs)):
        width = folded(one)
        if isinstance(width, int | float) and width > _LONGEST:
            yield _grows(f"It widens text to {width:,} characters", node)


def _times(node: nodes.BinExpr) -> Iterator[Found]:
    sides = (node.left, node.right)
    numbers = [value for one in sides if isinstance(value := folded(one), int | float)]
    made = folded(node)
    if isinstance(made, int | float) and abs(made) > 10**12:
        yield _grows("It works out an enormous number", node)
    elif any(number > _LONGEST for number in numbers) and len(numbers) < 2:
        yield _grows(f"It repeats something {max(numbers):,} times", node)
    elif isinstance(node, nodes.Pow) and not numbers:
        yield _grows("It raises one value to the power of another", node)


def _pattern(node: nodes.Mod) -> Iterator[Found]:
    """``'%0999999999d' % 1``."""
    pattern = folded(node.left)
    if isinstance(pattern, str):
        digits = "".join(one if one.isdecimal() else " " for one in pattern).split()
        if "%" in pattern and any(len(run) > 5 for run in digits):
            yield _grows("It formats to an enormous width", node)


def _doubles(node: nodes.Assign) -> Iterator[Found]:
    """``set a = a ~ a``: twice as long at every turn."""
    target = _label(node.target)
    if target and [_label(one) for one in _operands(node.node)].count(target) > 1:
        yield _grows(f"It doubles {target}", node)


def _operands(node: nodes.Node) -> Iterator[nodes.Node]:
    """What a sum is made of."""
    pending = [node]
    while pending:
        one = pending.pop()
        if isinstance(one, nodes.Add | nodes.Concat | nodes.Mul):
            pending.extend(one.iter_child_nodes())
        else:
            yield one


def _label(node: nodes.Node) -> str:
    if isinstance(node, nodes.NSRef):
        return f"{node.name}.{node.attr}"
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else ""


def _loops(tree: nodes.Template) -> Iterator[Found]:
    """Loops in loops: their turns multiply."""
    pending: list[tuple[nodes.Node, int, int]] = [(tree, 1, 0)]
    while pending:
        node, turns, depth = pending.pop()
        if isinstance(node, nodes.For):
            turns, depth = turns * _turns(node.iter), depth + 1
            if turns > _MOST_TURNS:
                yield _grows(f"Its loops turn {turns:,} times", node)
                continue
            if depth > _DEEPEST_LOOP:
                yield _grows(f"It has more than {_DEEPEST_LOOP} loops in one another", node)
                continue
        pending.extend((one, turns, depth) for one in node.iter_child_nodes())
