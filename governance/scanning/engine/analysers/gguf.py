"""GGUF models: settings, a list of tensors, and their bytes one behind the other.

Readers trust the counts and offsets, and have paid for it; everything is measured against the file here. Chat templates are
programs for Jinja and are judged as such wherever they stand.
"""

from __future__ import annotations

from governance.scanning.engine import rules, templates
from governance.scanning.engine.gguf import quantities
from governance.scanning.engine.gguf.header import (
    Header,
    HeaderReader,
    Malformed,
    Setting,
    Tensor,
    UnknownVersion,
)
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.telltales import telltales

_TEMPLATE = "tokenizer.chat_template"
_ALIGNMENT = "general.alignment"
_DEFAULT_ALIGNMENT = 32
_MAX_ALIGNMENT = 1 << 20
_UINT32 = 4
_ONLY_OF_TEMPLATES = (rules.jinja.JIN_UNREADABLE, rules.jinja.JIN_TOO_LARGE)
"""Any text may hold braces; only what is used as a template has to be one."""


def analyse(subject: Subject) -> None:
    """Read the header, judge its settings, and measure its tensors against the file."""
    reading = HeaderReader(subject.reader, subject.meter)
    try:
        header = reading.read()
    except UnknownVersion as version:
        subject.add(
            rules.gguf.GGU_VERSION, f"It says that it is of version {version}; 1 to 3 are known.", offset=4
        )  # fmt: skip
        return
    except Malformed as problem:
        _judge_settings(subject, reading.header)
        subject.add(
            rules.gguf.GGU_BROKEN, f"At byte {problem.offset:,} {problem}.", offset=problem.offset
        )
        return
    _judge_settings(subject, header)
    _judge_names(subject, header)
    subject.fact("tensors", len(header.tensors))
    alignment = _alignment(subject, header)
    if alignment:
        _measure(subject, header, alignment)


def _judge_settings(subject: Subject, header: Header) -> None:
    for one in header.settings:
        is_template = one.key == _TEMPLATE or one.key.startswith(f"{_TEMPLATE}.")
        if one.text is None:
            continue
        if is_template:
            subject.fact("chat_template", True)
        if one.is_cut:
            subject.add(
                rules.gguf.GGU_BROKEN, f"The text of {one.key!r} is too long to read.", offset=one.offset
            )  # fmt: skip
        _judge_text(subject, one, one.text, is_template=is_template)


def _judge_text(subject: Subject, one: Setting, text: str, *, is_template: bool) -> None:
    for reason in templates.judge(text):
        if is_template or reason.rule not in _ONLY_OF_TEMPLATES:
            subject.add(
                reason.rule,
                f"{reason.detail}, in line {reason.line} of {one.key!r}.",
                offset=one.offset,
            )
    signs = telltales(text)
    if signs:
        subject.add(
            rules.gguf.GGU_TEXT, f"The setting {one.key!r} holds {', '.join(signs)}.", offset=one.offset
        )  # fmt: skip


def _judge_names(subject: Subject, header: Header) -> None:
    """Which of two values counts depends on who reads."""
    for what, names in (
        ("setting", [one.key for one in header.settings]),
        ("tensor", [one.name for one in header.tensors]),
    ):
        seen: set[str] = set()
        twice = next((name for name in names if name in seen or seen.add(name)), None)  # type: ignore[func-returns-value]
        if twice is not None:
            subject.add(rules.gguf.GGU_REPEATED, f"The {what} {twice!r} is given twice.")


def _alignment(subject: Subject, header: Header) -> int:
    """What tensors begin at a multiple of; 0, with a finding, when that is no alignment."""
    given = [one for one in header.settings if one.key == _ALIGNMENT]
    if not given:
        return _DEFAULT_ALIGNMENT
    value = given[-1].number or 0
    if given[-1].kind != _UINT32 or not 0 < value <= _MAX_ALIGNMENT or value & (value - 1):
        subject.add(
            rules.gguf.GGU_BROKEN,
            "Its alignment is no power of two, or not written as a number of 32 bits.",
            offset=given[-1].offset,
        )
        return 0
    return value


def _measure(subject: Subject, header: Header, alignment: int) -> None:
    spans: list[tuple[int, int, str]] = []
    for tensor in header.tensors:
        length = _length(subject, tensor, alignment)
        if length is None:
            return
        spans.append((tensor.offset, tensor.offset + length, tensor.name))
    start = -(-header.end // alignment) * alignment
    _cover(subject, sorted(spans), start, alignment)
    _padding(subject, header.end, min(start, subject.reader.size))


def _length(subject: Subject, tensor: Tensor, alignment: int) -> int | None:
    """The bytes of a tensor; None, with a finding, when it cannot be one."""
    if tensor.kind not in quantities.BLOCKS or tensor.kind in quantities.RETIRED:
        subject.add(rules.gguf.GGU_TYPE, f"Tensor {tensor.name!r} has type {tensor.kind:,}.")
        return None
    try:
        return quantities.length(tensor.kind, tensor.dims, tensor.offset, alignment)
    except ValueError as problem:
        subject.add(rules.gguf.GGU_TENSOR, f"Tensor {tensor.name!r} is wrong: {problem}.")
        return None


def _cover(subject: Subject, spans: list[tuple[int, int, str]], start: int, alignment: int) -> None:
    """Tensors stand one behind the other, each padded to the alignment; the last may be left unpadded."""
    position = end_before = 0
    for begin, end, name in spans:
        if begin != position:
            rule = rules.gguf.GGU_OVERLAP if begin < position else rules.gguf.GGU_GAP
            where = (
                "before the one in front ends"
                if begin < position
                else "after bytes that belong to none"
            )
            subject.add(rule, f"Tensor {name!r} begins {where}.", offset=min(start + begin, 2**62))
            return
        _padding(subject, start + end_before, start + begin)
        position, end_before = -(-end // alignment) * alignment, end
    size = subject.reader.size
    if size < start + end_before and spans:
        subject.add(
            rules.gguf.GGU_BROKEN,
            f"The last tensor ends {start + end_before - size:,} bytes after the file.",
        )
    elif size > start + position:
        subject.add(
            rules.gguf.GGU_GAP,
            f"{size - start - position:,} bytes follow the last tensor.",
            offset=start + position,
        )
    else:
        _padding(subject, start + end_before, size)


def _padding(subject: Subject, begin: int, end: int) -> None:
    """What fills up to the alignment is empty."""
    if end - begin > 0 and subject.reader.read_at(begin, end - begin).strip(b"\0"):
        subject.add(rules.gguf.GGU_GAP, "The filling between tensors is not empty.", offset=begin)
