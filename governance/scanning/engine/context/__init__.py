"""Judging names and neighbours: what a file is called, and what lies beside it in the same revision.

A pure function over what content scanning found out; it reads no bytes. The effective verdict of a path is the
worse of its content verdict and this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from governance.scanning.engine.context import asks_for_code, endings, neighbours, projects
from governance.scanning.engine.context.entry import Entry
from governance.scanning.engine.report import Finding
from governance.scanning.engine.verdict import Verdict

_RULES: tuple[Callable[[Entry], Iterable[Finding]], ...] = (
    asks_for_code.python_source,
    asks_for_code.scripts,
    asks_for_code.auto_map,
    asks_for_code.modules,
    asks_for_code.import_lines,
    asks_for_code.templates,
    projects.installs,
    projects.pages,
    projects.secrets,
    projects.broken,
    endings.lies,
)

_NEIGHBOUR_RULES: tuple[Callable[[Entry, Mapping[str, Entry]], Iterable[Finding]], ...] = (
    neighbours.external_data,
    neighbours.indexed_parts,
)
_OF_MEMBERS = tuple(rule for rule in _RULES if rule is not endings.lies)


@dataclass(frozen=True, slots=True)
class ContextJudgement:
    """What a path's name and neighbours add to its content verdict."""

    verdict: Verdict
    findings: tuple[Finding, ...]


def judge(entries: Iterable[Entry]) -> Mapping[str, ContextJudgement]:
    """The judgement of every path of a revision."""
    judgements: dict[str, ContextJudgement] = {}
    by_path = {entry.path: entry for entry in entries}
    for entry in by_path.values():
        findings = (
            *(finding for rule in _RULES for finding in rule(entry)),
            *(finding for rule in _NEIGHBOUR_RULES for finding in rule(entry, by_path)),
        )
        verdict = max((finding.verdict for finding in findings), default=Verdict.SAFE)
        judgements[entry.path] = ContextJudgement(verdict, findings)
    return judgements


def judge_member(entry: Entry) -> Iterator[Finding]:
    """What the name of a member of an archive adds to its content; archives of any sort call things as they like."""
    for rule in _OF_MEMBERS:
        yield from rule(entry)


__all__ = ["ContextJudgement", "Entry", "judge", "judge_member"]
