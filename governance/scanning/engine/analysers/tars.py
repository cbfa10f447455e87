"""tar archives: their structure, then every member as a file of its own."""

from __future__ import annotations

import unicodedata

from governance.scanning.engine import rules
from governance.scanning.engine.analysers import nemo
from governance.scanning.engine.analysers.packed import behind
from governance.scanning.engine.archive.tape import Tape, leads_out, read_tape
from governance.scanning.engine.code_names import is_code
from governance.scanning.engine.reader import Reader, SliceReader
from governance.scanning.engine.subject import Subject


def analyse(subject: Subject) -> None:
    """Check the structure, examine what it holds, and account for every byte."""
    if subject.depth >= subject.meter.budget.depth:
        subject.add(
            rules.containers.ARC_DEPTH, f"Archives are followed {subject.meter.budget.depth} deep."
        )
        return
    tape = read_tape(subject.reader, subject.meter)
    for rule, text, offset in tape.flaws:
        subject.add(rule, text, offset=offset)
    _names(subject, tape)
    subject.fact("members", len(tape.members))
    contents: dict[str, Reader] = {}
    for member in tape.members:
        if member.size and member.has_bytes:
            content = SliceReader(subject.reader, member.start, member.size)
            subject.examine_inside(content, member.name)
            contents[member.name] = content
    nemo.examine(subject, contents)
    if tape.broken:
        text = f"It cannot be followed beyond byte {tape.end:,}: {tape.broken}."
        subject.add(rules.containers.ARC_BROKEN, text, offset=tape.end)
    elif tape.end < subject.reader.size:
        behind(subject, tape.end)


def _names(subject: Subject, tape: Tape) -> None:
    seen: set[str] = set()
    for member in tape.members:
        where = subject.path(member.name)
        parts = [part for part in member.name.split("/") if part not in ("", ".")]
        folded = unicodedata.normalize("NFC", "/".join(parts)).casefold()
        if leads_out(member.name) or (not parts and not member.is_folder):
            subject.add(
                rules.containers.ARC_PATH,
                f"A member is called {member.name!r}.",
                offset=member.offset,
                where=where,
            )
        if folded in seen and not member.is_folder:
            subject.add(
                rules.containers.ARC_DUPLICATE,
                f"Two members are called {member.name!r}; which one is used depends on the program.",
                offset=member.offset,
                where=where,
            )
        seen.add(folded)
        if is_code(member.name) and not member.is_folder:
            subject.add(
                rules.containers.ARC_CODE,
                f"{member.name!r} is code, judging by its name.",
                offset=member.offset,
                where=where,
            )
