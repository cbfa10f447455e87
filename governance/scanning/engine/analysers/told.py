"""Handing on what was noticed in a text: findings at once, facts to whoever judges the name.

A member of an archive has its name in the file itself, so that its name is judged here and now.
"""

from __future__ import annotations

import re
from dataclasses import replace

from governance.scanning.engine import context
from governance.scanning.engine.context.entry import Entry
from governance.scanning.engine.report import Fact
from governance.scanning.engine.subject import Subject
from governance.scanning.engine.textual.notes import Notes

_NAMED = re.compile(r"^[^@].*\.\w{1,12}$|(?:^|/)(?:MLmodel|Dockerfile|Makefile|\.\w+|id_\w+)$")
"""Only what has a name of its own: attributes and values inside of other formats have none."""


def report(subject: Subject, notes: Notes, formats: tuple[str, ...] = ("text",)) -> None:
    """Report the findings, and keep or judge the facts."""
    for rule, detail in notes.found:
        subject.add(rule, detail)
    facts: dict[str, Fact] = {key: tuple(values) or True for key, values in notes.facts.items()}
    if subject.depth == 0:
        for key, value in facts.items():
            subject.fact(key, value)
        return
    name = subject.where.rsplit("!", 1)[-1]
    if not _NAMED.search(name):
        return
    for finding in context.judge_member(Entry(name, subject.reader.size, formats, facts)):
        subject.collector.add(replace(finding, where=subject.where))
