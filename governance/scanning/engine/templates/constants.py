"""The constant that an expression certainly is, where it is put together from constants.

Jinja's own ``as_const`` is never asked: it runs filters, and repeats a text as often as it is told.
"""

from __future__ import annotations

from jinja2 import nodes

_LONGEST = 4096
_LARGEST = 10**15
_DEEPEST = 60
Constant = str | int | float


def folded(node: nodes.Node | None, depth: int = 0) -> Constant | None:
    """The constant; None when it is not certain, or too large to be worked out."""
    if depth > _DEEPEST:
        return None
    value: object = None
    if isinstance(node, nodes.Const):
        value = node.value
    elif isinstance(node, nodes.TemplateData):
        value = node.data
    elif isinstance(node, nodes.Neg):
        inner = folded(node.node, depth + 1)
        value = -inner if isinstance(inner, int | float) else None
    elif isinstance(node, nodes.Concat):
        value = _joined([folded(one, depth + 1) for one in node.nodes])
    elif isinstance(node, nodes.Add | nodes.Sub | nodes.Mul | nodes.Pow):
        value = _computed(node, folded(node.left, depth + 1), folded(node.right, depth + 1))
    return value if isinstance(value, str | int | float) else None


def _joined(parts: list[Constant | None]) -> str | None:
    known = [str(part) for part in parts if part is not None]
    if len(known) < len(parts) or sum(map(len, known)) > _LONGEST:
        return None
    return "".join(known)


def _computed(
    node: nodes.BinExpr, left: Constant | None, right: Constant | None
) -> Constant | None:
    if isinstance(left, str) or isinstance(right, str):
        both = isinstance(left, str) and isinstance(right, str)
        return _joined([left, right]) if both and isinstance(node, nodes.Add) else None
    if left is None or right is None or isinstance(node, nodes.Pow):
        return _power(left, right) if isinstance(node, nodes.Pow) else None
    if isinstance(node, nodes.Add):
        value = left + right
    else:
        value = left - right if isinstance(node, nodes.Sub) else left * right
    return value if abs(value) <= _LARGEST else _LARGEST


def _power(left: Constant | None, right: Constant | None) -> Constant | None:
    if not isinstance(left, int) or not isinstance(right, int) or right < 0:
        return None
    return left**right if abs(left) < 2 or right * left.bit_length() < 50 else _LARGEST
