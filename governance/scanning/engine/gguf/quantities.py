"""How many bytes the tensors of GGUF take: by blocks of so many items."""

from __future__ import annotations

import math

BLOCKS: dict[int, tuple[int, int]] = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 4: (32, 20), 5: (32, 24), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 40),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82), 23: (256, 136),
    24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
    31: (32, 18), 32: (32, 18), 33: (32, 18), 34: (256, 54), 35: (256, 66), 36: (32, 18), 37: (32, 18), 38: (32, 18),
    39: (32, 17), 40: (64, 36), 41: (128, 18),
}  # fmt: skip
"""Items and bytes of a block, by the number of the type in ggml."""
RETIRED = frozenset({4, 5, 31, 32, 33, 36, 37, 38})
"""Types that ggml has taken out again; nothing loads them any more."""
MAX_DIMS = 4
_MOST = 2**63 - 1


def length(kind: int, dims: list[int], offset: int, alignment: int) -> int:
    """The bytes of a tensor; raises ValueError when its shape or place does not fit."""
    if offset % alignment:
        raise ValueError(f"it does not begin at a multiple of {alignment:,} bytes")
    items, size = BLOCKS[kind]
    count = math.prod(dims)
    if count > _MOST:
        raise ValueError("it has more items than can be counted")
    if (dims[0] if dims else 1) % items:
        raise ValueError(f"its rows are not made of whole blocks of {items}")
    return count // items * size
