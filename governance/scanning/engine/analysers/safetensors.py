"""safetensors, strictly by its specification.

Eight bytes of length, a JSON header, and tensors that fill the rest without gap or overlap. A reader that is lenient
where this is strict lets bytes travel along that nobody looks at.
"""

from __future__ import annotations

import json
import math

from governance.scanning.engine import rules
from governance.scanning.engine.report import Json
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.telltales import telltales

MAX_HEADER = 100_000_000
_BITS = {
    "BOOL": 8, "U8": 8, "I8": 8, "U16": 16, "I16": 16, "U32": 32, "I32": 32, "U64": 64, "I64": 64,
    "F16": 16, "BF16": 16, "F32": 32, "F64": 64, "C64": 64, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6,
    "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8, "F8_E5M2FNUZ": 8, "F8_E4M3FNUZ": 8,
}  # fmt: skip
_MAX_COUNT = 2**64 - 1


class _Malformed(Exception):
    """The header is no such header; the message says why."""


class _Repeated(_Malformed):
    """A key occurs twice in one object."""


def analyse(subject: Subject) -> None:
    """Check the header, each tensor, and that together they cover the file exactly."""
    try:
        header, start = _header(subject)
    except _Repeated as problem:
        subject.add(rules.safetensors.SFT_DUPLICATE, str(problem), offset=8)
        return
    except _Malformed as problem:
        subject.add(rules.safetensors.SFT_HEADER, str(problem), offset=0)
        return
    _check_metadata(subject, header.pop("__metadata__", {}))
    spans: list[tuple[int, int, str]] = []
    parameters = 0
    for name, described in header.items():
        try:
            begin, end, count = _tensor(described)
        except _Malformed as problem:
            subject.add(rules.safetensors.SFT_TENSOR, f"Tensor {name!r}: {problem}.", offset=8)
            return
        spans.append((begin, end, name))
        parameters += count
    subject.fact("tensors", len(spans))
    subject.fact("parameters", min(parameters, 2**63 - 1))
    _check_cover(subject, sorted(spans), start)


def _header(subject: Subject) -> tuple[dict[str, Json], int]:
    size = subject.reader.size
    length = int.from_bytes(subject.reader.read_at(0, 8), "little")
    if length > MAX_HEADER:
        raise _Malformed(
            f"The header says that it is {length:,} bytes long; {MAX_HEADER:,} are allowed."
        )
    if 8 + length > size:
        raise _Malformed(
            f"The header says that it is {length:,} bytes long, but the file ends before."
        )
    try:
        header: Json = json.loads(
            subject.reader.read_at(8, length).decode("utf-8"),
            object_pairs_hook=_without_repeats,
            parse_constant=_no_constant,
        )
    except (ValueError, RecursionError):
        raise _Malformed("The header is not JSON.") from None
    if not isinstance(header, dict):
        raise _Malformed("The header is not an object.")
    if any("\ud800" <= character <= "\udfff" for name in header for character in name):
        raise _Malformed("A name holds half a character, which some readers refuse.")
    return header, 8 + length


def _without_repeats(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made: dict[str, Json] = {}
    for key, value in pairs:
        if key in made:
            raise _Repeated(
                f"The header names {key!r} twice; which one counts depends on the reader."
            )
        made[key] = value
    return made


def _no_constant(text: str) -> Json:
    raise ValueError(text)


def _check_metadata(subject: Subject, metadata: Json) -> None:
    texts = metadata.values() if isinstance(metadata, dict) else [None]
    if not all(isinstance(one, str) for one in texts):
        subject.add(rules.safetensors.SFT_METADATA, "__metadata__ must map text to text.", offset=8)
        return
    for key, text in metadata.items() if isinstance(metadata, dict) else ():
        signs = telltales(str(text))
        if signs:
            subject.add(
                rules.safetensors.SFT_TEXT,
                f"The metadata {key!r} holds {', '.join(signs)}.",
                offset=8,
            )


def _tensor(described: Json) -> tuple[int, int, int]:
    """Begin, end and number of items of a tensor whose description is consistent."""
    if not isinstance(described, dict) or set(described) != {"dtype", "shape", "data_offsets"}:
        raise _Malformed("it must have dtype, shape and data_offsets, and nothing else")
    dtype, shape, offsets = described["dtype"], described["shape"], described["data_offsets"]
    if not isinstance(dtype, str) or dtype not in _BITS:
        raise _Malformed(f"there is no type {dtype!r}")
    counts, (begin, end) = _counts(shape, "shape"), _pair(offsets)
    count = math.prod(counts)
    bits = count * _BITS[dtype]
    if count > _MAX_COUNT or bits % 8 or bits // 8 != end - begin:
        raise _Malformed(f"its type and shape do not need the {end - begin:,} bytes that it spans")
    return begin, end, count


def _counts(value: Json, what: str) -> list[int]:
    if not isinstance(value, list) or len(value) > 64:
        raise _Malformed(f"its {what} is no list of numbers")
    counts = [one for one in value if type(one) is int and 0 <= one <= _MAX_COUNT]
    if len(counts) < len(value):
        raise _Malformed(f"its {what} holds something that is no count")
    return counts


def _pair(value: Json) -> tuple[int, int]:
    offsets = _counts(value, "data_offsets")
    if len(offsets) != 2 or offsets[0] > offsets[1]:
        raise _Malformed("its data_offsets are no begin and end")
    return offsets[0], offsets[1]


def _check_cover(subject: Subject, spans: list[tuple[int, int, str]], start: int) -> None:
    length = subject.reader.size - start
    position = 0
    for begin, end, name in spans:
        if begin < position:
            subject.add(
                rules.safetensors.SFT_OVERLAP,
                f"Tensor {name!r} begins before the one in front ends.",
                offset=start + begin,
            )
            return
        if begin > position:
            subject.add(rules.safetensors.SFT_GAP, f"{begin - position:,} bytes before tensor {name!r} belong to none.",
                        offset=start + position)  # fmt: skip
            return
        position = end
    if position > length:
        subject.add(
            rules.safetensors.SFT_TENSOR,
            f"The last tensor ends {position - length:,} bytes after the file.",
        )
    elif position < length:
        subject.add(
            rules.safetensors.SFT_GAP,
            f"{length - position:,} bytes follow the last tensor.",
            offset=start + position,
        )
