"""Whether some bytes are nothing but numbers in a row: the weights that ONNX, OpenVINO and others keep in files of their own.

Such a file has no beginning and no end of its own; what gives it away is that number after number is of an ordinary size,
which neither programs nor packed or encrypted bytes achieve. It is looked at in windows spread over the whole file.
"""

from __future__ import annotations

from array import array

from governance.scanning.engine.reader import Reader

MIN_SIZE = 64
_WINDOW = 16 * 1024
_WINDOWS = 512
_FEW = 500
"""One odd number in this many is still ordinary: infinities, and the seams between tensors."""


def _with_signs(magnitudes: range) -> bytes:
    return bytes(one | sign for one in magnitudes for sign in (0, 0x80))


_Kind = tuple[int, str, bytes, bytes]
_USUAL: tuple[_Kind, ...] = (
    (4, "I", _with_signs(range(43, 77)), _with_signs(range(43, 77))),
    (2, "H", _with_signs(range(1, 88)), _with_signs(range(24, 72))),
    (2, "H", _with_signs(range(43, 77)), _with_signs(range(43, 77))),
    (8, "Q", _with_signs(range(61, 66)), _with_signs(range(61, 66))),
)
"""Width, array code, the highest bytes of floating point numbers between about 1e-12 and 1e7, and those that half of them have."""


_TINY = (4, "I", _with_signs(range(8, 77)), _with_signs(range(16, 77)))
"""What optimizers remember goes down to about 1e-33; still no other bytes keep out of the rest."""


def is_numbers(reader: Reader, *, with_tiny: bool = False) -> bool:
    """Whether every window holds ordinary numbers of one kind, and not all of them are zero."""
    usual = (*_USUAL, _TINY) if with_tiny else _USUAL
    if reader.size < MIN_SIZE:
        return False
    is_empty = True
    for start in _starts(reader.size):
        window = reader.read_at(start, _WINDOW)
        window = window[: len(window) // 8 * 8]
        if window.count(0) == len(window):
            continue
        is_empty = False
        if not (_are_floats(window, usual) or _are_small(window, 8) or _are_small(window, 4)):
            return False
    return not is_empty


def _starts(size: int) -> list[int]:
    """Where windows begin: all of them, or so many between the first and the last."""
    count = -(-size // _WINDOW)
    if count <= _WINDOWS:
        return [index * _WINDOW for index in range(count)]
    last = (size - _WINDOW) // 8 * 8
    return [last * index // (_WINDOWS - 1) // 8 * 8 for index in range(_WINDOWS)]


def _are_floats(window: bytes, kinds: tuple[_Kind, ...]) -> bool:
    for width, code, usual, common in kinds:
        highest = window[width - 1 :: width]
        zeros = 0
        if highest.translate(None, usual):
            items = array(code, window)
            zeros = items.count(0) + items.count(1 << (8 * width - 1))
        odd = len(highest.translate(None, usual)) - zeros
        rare = len(highest.translate(None, common)) - zeros
        if odd <= len(highest) // _FEW and rare <= (len(highest) - zeros) // 2:
            return True
    return False


def _are_small(window: bytes, width: int) -> bool:
    """Whole numbers whose upper half is empty, as counts and positions are."""
    upper = b"".join(window[index::width] for index in range(width // 2, width))
    return not upper.translate(None, b"\0\xff")
