"""Models of LightGBM: text with a head, a block for each tree, and their end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from governance.scanning.engine import rules
from governance.scanning.engine.subject import Subject

FORMAT = "lightgbm"
START = re.compile(rb"tree\r?\nversion=v[234]\r?\n")
_LONGEST = 512 * 1024 * 1024
_STEP = 1024 * 1024


def analyse(subject: Subject) -> None:
    """Compare the number of trees with the blocks that follow, and the nodes of each with its leaves."""
    if subject.reader.size > _LONGEST:
        subject.add(rules.boosters.LIMITS, f"It is longer than {_LONGEST:,} bytes.")
        return
    count = _Count()
    for line in _lines(subject):
        subject.meter.spend_steps(1)
        if line.strip() == b"end of trees":
            count.is_ended = True
            break
        if not count.takes(line):
            text = f"Tree {count.trees - 1}: a node points outside the tree."
            subject.add(rules.boosters.INDEX, text)
            return
    if not count.is_ended:
        subject.add(rules.boosters.BROKEN, "The end of its trees is missing.")
    elif count.stated not in (None, count.trees):
        text = f"It says that it has {count.stated:,} trees, but has {count.trees:,}."
        subject.add(rules.boosters.BROKEN, text)
    else:
        subject.fact("trees", count.trees)


@dataclass(slots=True)
class _Count:
    """What was said, and what was seen so far."""

    stated: int | None = None
    trees: int = 0
    leaves: int = 0
    is_ended: bool = False

    def takes(self, line: bytes) -> bool:
        """Note a line; False when its nodes lead out of their tree."""
        key, _, value = line.partition(b"=")
        if key == b"tree_sizes":
            self.stated = len(value.split())
        elif key == b"Tree":
            self.trees += 1
        elif key == b"num_leaves":
            self.leaves = int(value) if value.strip().isdigit() and len(value) < 12 else -1
        elif key in (b"left_child", b"right_child"):
            return _fits(value, self.leaves)
        return True


def _fits(value: bytes, leaves: int) -> bool:
    """Children are nodes from 0 on, or leaves from -1 downwards."""
    words = value.split()
    if any(len(word) > 12 or not word.lstrip(b"-").isdigit() for word in words):
        return False
    return all(-leaves <= int(word) < max(0, leaves - 1) for word in words)


def _lines(subject: Subject) -> Iterator[bytes]:
    rest = b""
    for offset in range(0, subject.reader.size, _STEP):
        piece = rest + subject.reader.read_at(offset, _STEP)
        *whole, rest = piece.split(b"\n")
        yield from whole
    yield rest
