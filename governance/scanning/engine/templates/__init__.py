"""Judging templates by their syntax tree: they are parsed, never rendered.

A chat template is a program. ``transformers`` runs it in a sandbox, other loaders did not and were taken over by model files;
so whatever a template could only need in order to leave its messages is a reason against it. A template that is poisoned
merely to say something else to a model reaches for nothing: nobody can tell that here, and the guide says so.

``judge`` takes the text of one template, wherever it came from, and returns the reasons against it, worst first; none
means that it does what chat templates do.
"""

from __future__ import annotations

from dataclasses import dataclass

from governance.scanning.engine import rules
from governance.scanning.engine.rules import Rule
from governance.scanning.engine.templates import golang
from governance.scanning.engine.templates.grammar import MAX_CHARACTERS, NoTemplate, parse
from governance.scanning.engine.templates.growth import growth
from governance.scanning.engine.templates.reach import reach

_MOST = 12


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks against a template."""

    rule: Rule
    detail: str
    line: int


def has_blocks(text: str) -> bool:
    """Whether there is anything in it that Jinja would take for more than text."""
    return "{{" in text or "{%" in text


def judge(text: str) -> tuple[Reason, ...]:
    """The reasons against a template, worst first."""
    if not has_blocks(text) and "{#" not in text:
        return ()
    if len(text) > MAX_CHARACTERS:
        detail = f"The template is longer than {MAX_CHARACTERS:,} characters"
        return (Reason(rules.jinja.JIN_TOO_LARGE, detail, 1),)
    try:
        tree = parse(text)
        found = [*reach(tree), *growth(tree)]
    except NoTemplate as flaw:
        if golang.is_template(text):
            return ()
        return (
            Reason(rules.jinja.JIN_UNREADABLE, f"The template cannot be read: {flaw}", flaw.line),
        )
    except RecursionError:
        detail = "The template is nested too deep"
        return (Reason(rules.jinja.JIN_TOO_LARGE, detail, 1),)
    reasons = dict.fromkeys(Reason(rule, detail, line) for rule, detail, line in found)
    ordered = sorted(reasons, key=lambda one: (-one.rule.verdict.rank, one.line))
    return tuple(ordered[:_MOST])


__all__ = ["Reason", "has_blocks", "judge"]
