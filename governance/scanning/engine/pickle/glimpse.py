"""Names that stand in the part of a pickle which was not run: behind a break, or beyond the budget.

Nobody knows whether a program would come that far. But where the bytes spell an import that weights never need, a person
should hear of it, and the file is no mere accident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.scanning.engine.pickle.names import Standing, canonical, judge
from governance.scanning.engine.reader import Reader

_STEP = 1024 * 1024
_LONGEST = 512
_MOST = 64 * 1024 * 1024
_NAME = rb"[A-Za-z_][A-Za-z0-9_.]{0,99}"
_MEMO = rb"(?:\x94|q.|r.{4}|p[0-9]{1,9}\n)?"
_TEXT = rb"(?:\x8c.|X.\x00\x00\x00|U.|T.\x00\x00\x00|V)"
_IMPORT = re.compile(
    rb"[ci](" + _NAME + rb")\n(" + _NAME + rb")\n"
    rb"|" + _TEXT + rb"(" + _NAME + rb")\n?" + _MEMO + _TEXT + rb"(" + _NAME + rb")\n?" + _MEMO + rb"\x93",
    re.DOTALL,
)  # fmt: skip


def denied_names(reader: Reader, start: int) -> Iterator[tuple[int, str]]:
    """Where an import that is denied seems to stand, and its dotted name; each name once."""
    seen: set[str] = set()
    end = min(reader.size, start + _MOST)
    for at in range(start, end, _STEP):
        piece = reader.read_at(at, min(_STEP + _LONGEST, end - at))
        for match in _IMPORT.finditer(piece):
            pair = match.group(1, 2) if match.group(1) else match.group(3, 4)
            module, name = canonical(pair[0].decode("ascii"), pair[1].decode("ascii"), 0)
            dotted = f"{module}.{name}"
            opinion = judge(module, name)
            if opinion.standing is Standing.DENY and opinion.is_plain and dotted not in seen:
                seen.add(dotted)
                yield at + match.start(), dotted
