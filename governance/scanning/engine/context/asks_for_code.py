"""Files that are code, or that ask a loader to run some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.scanning.engine import rules
from governance.scanning.engine.code_names import PYTHON, SCRIPT_NAMES, SCRIPTS
from governance.scanning.engine.collector import make_finding
from governance.scanning.engine.context.entry import Entry
from governance.scanning.engine.report import MAX_FACT_ITEMS, Finding

_KNOWN_MODULES = re.compile(
    r"sentence_transformers\.(?:sparse_encoder\.|cross_encoder\.)?models\.[A-Za-z][A-Za-z0-9]*"
    r"|sentence_transformers\.(?:sentence_transformer|base|sparse_encoder)\.modules\.[A-Za-z][A-Za-z0-9]*"
)
_TEMPLATES = frozenset({".jinja", ".jinja2", ".j2"})
_PROSE = frozenset({".md", ".markdown", ".rst", ".mdx", ".adoc", ".tex", ".bib"})
_TEMPLATE_RULES = {
    "template_reaches": rules.contexts.CTX_TEMPLATE_REACHES,
    "template_doubts": rules.contexts.CTX_TEMPLATE,
    "template_flaws": rules.contexts.CTX_TEMPLATE_BROKEN,
}


def python_source(entry: Entry) -> Iterator[Finding]:
    """Python is code whoever wrote it: nothing here decides that it is harmless."""
    if entry.ending in PYTHON:
        yield make_finding(
            rules.contexts.CTX_PYTHON,
            detail=f"{entry.path} is Python code that comes with the model. Loading the model may run it.",
        )


def scripts(entry: Entry) -> Iterator[Finding]:
    """Scripts, programs and build files, by name or by their first line."""
    interpreter = entry.facts.get("shebang")
    if entry.ending in SCRIPTS or entry.name in SCRIPT_NAMES:
        yield make_finding(
            rules.contexts.CTX_SCRIPT,
            detail=f"{entry.path} is a script or program, judging by its name.",
        )
    elif isinstance(interpreter, str) and entry.ending not in PYTHON:
        yield make_finding(
            rules.contexts.CTX_SCRIPT, detail=f"{entry.path} is a script for {interpreter.strip()}."
        )


def auto_map(entry: Entry) -> Iterator[Finding]:
    """``auto_map`` names classes of the repository, or of another one, to be run on request."""
    targets = entry.texts("auto_map")
    if targets and entry.ending == ".json":
        listed = ", ".join(targets[:5])
        yield make_finding(
            rules.contexts.CTX_AUTO_MAP,
            detail=f"{entry.path} asks for code that is not part of a library: {listed}.",
        )


def modules(entry: Entry) -> Iterator[Finding]:
    """``modules.json`` lists the classes that sentence-transformers imports and calls."""
    if entry.name != "modules.json":
        return
    kinds = entry.texts("module_types")
    strange = [kind for kind in kinds if not _KNOWN_MODULES.fullmatch(kind)]
    if strange:
        yield make_finding(
            rules.contexts.CTX_MODULES, detail=f"{entry.path} asks for {', '.join(strange[:5])}."
        )
    elif len(kinds) >= MAX_FACT_ITEMS:
        yield make_finding(
            rules.contexts.CTX_MODULES, detail=f"{entry.path} names more modules than were read."
        )


def import_lines(entry: Entry) -> Iterator[Finding]:
    """Python runs the lines of a ``.pth`` file that begin with ``import`` whenever it starts."""
    if entry.ending == ".pth" and "text" in entry.formats and entry.facts.get("import_lines"):
        yield make_finding(
            rules.contexts.CTX_IMPORT_LINES,
            detail=f"{entry.path} is text with lines that begin with import; beside installed packages Python runs them.",
        )


def templates(entry: Entry) -> Iterator[Finding]:
    """A template in a file of its own is a program for Jinja; prose that shows one is not."""
    if entry.ending in _PROSE:
        return
    for key, rule in _TEMPLATE_RULES.items():
        told = entry.texts(key)
        if told and (key != "template_flaws" or entry.ending in _TEMPLATES):
            yield make_finding(rule, detail=f"{entry.path}: {'; '.join(told)}.")
