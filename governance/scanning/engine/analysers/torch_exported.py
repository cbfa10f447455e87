"""Archives of torch.export (.pt2): a graph in JSON, raw weights that a table in JSON describes, and ordinary checkpoints.

The table says of each weight its member, type and sizes; torch copies those bytes and nothing else. The graph's sizes may be
formulas, which torch hands to SymPy, and SymPy evaluates text: only plain arithmetic may stand there.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from governance.scanning.engine import rules
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.subject import Subject

TABLE = re.compile(r"(.*/)?data/(?:weights|constants)/[^/]+_config\.json")
GRAPH = re.compile(r"(.*/)?models/[^/]+\.json")
_WEIGHT = re.compile(r"(?:weight|tensor|constant|buffer)_[0-9]{1,9}")
_MAX_TABLE = 64 * 1024 * 1024
_WIDTHS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 2, 7: 4, 8: 8, 9: 4, 10: 8, 11: 16, 12: 1, 13: 2, 28: 2, 29: 1, 30: 1, 31: 1, 32: 1}  # fmt: skip
"""torch's numbers of element types -> bytes of one."""
_FORMULA = re.compile(r"[A-Za-z0-9_+\-*/%(), .<>=!&|~]*")
_SYMBOL = re.compile(
    r"Symbol\('[A-Za-z_]+[0-9]*'(?:, (?:finite|integer|negative|nonnegative|positive|real)=(?:True|False)){0,6}\)"
)
_FORMULA_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_KNOWN = re.compile(
    r"[suz][0-9]+|u[0-9]+|zuf[0-9]+|zf[0-9]+|And|CeilToInt|CleanDiv|Eq|False|FloatPow|FloatTrueDiv|FloorDiv|FloorToInt|Ge|"
    r"Gt|IntTrueDiv|Integer|IsNonOverlappingAndDenseIndicator|LShift|Le|Lt|Max|Min|Mod|ModularIndexing|Mul|Ne|Not|Or|Piecewise|"
    r"Pow|PowByNatural|PythonMod|RShift|RoundDecimal|RoundToInt|Symbol|ToFloat|True|TruncToInt|TruncToFloat|Where|Float|"
    r"Rational|ceiling|floor|int_oo|oo|sqrt|zoo"
)
_TARGET = re.compile(r"torch\.ops\.(?:aten|prim|prims|higher_order|quantized_decomposed|torchvision)\.[\w.]+|torch\.sym_\w+|_operator\.(?:add|and_|eq|floordiv|ge|getitem|gt|invert|le|lt|mod|mul|ne|neg|not_|or_|pos|pow|sub|truediv)|math\.(?:ceil|floor|trunc)|torch\._higher_order_ops\.[\w.]+|torch\._sym_sqrt")  # fmt: skip


def weights(reader: Reader, table: str) -> dict[str, int]:
    """The raw members that a table describes, with their exact length; nothing when it cannot be read."""
    folder = table.rpartition("/")[0]
    parsed = _parsed(reader)
    config = parsed.get("config") if isinstance(parsed, dict) else None
    found: dict[str, int] = {}
    for one in config.values() if isinstance(config, dict) else ():
        length = _length(one)
        if length is not None:
            found[f"{folder}/{one['path_name']}"] = length
    return found


def _length(one: Any) -> int | None:
    """The bytes of one weight; weights that are pickled have no length of their own."""
    if not isinstance(one, dict) or one.get("use_pickle") is not False:
        return None
    meta, path = one.get("tensor_meta"), one.get("path_name")
    if not (isinstance(meta, dict) and isinstance(path, str) and _WEIGHT.fullmatch(path)):
        return None
    sizes, width = meta.get("sizes"), _WIDTHS.get(meta.get("dtype", -1))
    if not isinstance(sizes, list) or width is None:
        return None
    counts = [size.get("as_int") for size in sizes if isinstance(size, dict)]
    known = [count for count in counts if isinstance(count, int) and count >= 0]
    return math.prod(known) * width if len(known) == len(sizes) else None


def judge_graph(subject: Subject, reader: Reader, member: str) -> None:
    """Look at every formula and every function that a graph names."""
    where = subject.path(member)
    parsed = _parsed(reader)
    if parsed is None:
        subject.add(rules.pickles.SCRIPT_UNREAD, "Its graph is no JSON.", where=where)
        return
    pending = [parsed]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            pending.extend(one.values())
            _judge(subject, one, where)
        elif isinstance(one, list):
            pending.extend(one)


def _judge(subject: Subject, one: dict[str, Any], where: str) -> None:
    formula = one.get("expr_str")
    if formula is not None and not _is_arithmetic(formula):
        subject.add(
            rules.pickles.FORMULA_CODE,
            f"Where a size should stand, torch would evaluate {str(formula)[:200]!r}.",
            where=where,
        )
    target = one.get("target")
    if isinstance(target, str) and "inputs" in one and not _TARGET.fullmatch(target):
        subject.add(
            rules.pickles.SCRIPT_UNKNOWN,
            f"Its graph calls {target[:200]}, which is not an operation that is known here.",
            where=where,
        )


def _is_arithmetic(formula: object) -> bool:
    if not isinstance(formula, str):
        return False
    formula = _SYMBOL.sub("s0", formula)
    if not _FORMULA.fullmatch(formula):
        return False
    return all(_KNOWN.fullmatch(name) for name in _FORMULA_NAME.findall(formula))


def _parsed(reader: Reader) -> Any:
    if reader.size > _MAX_TABLE:
        return None
    try:
        return json.loads(reader.read_at(0, reader.size))
    except (ValueError, RecursionError):
        return None
