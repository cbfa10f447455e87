"""Files that are code, or that ask a loader to run some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.scanning.engine import rules
from governance.scanning.engine.code_names import PYTHON, SCRIPT_NAMES, SCRIPTS
from governance.scanning.engine.collector import make_finding
from governance.scanning.engine.context.entry import Entry
from governance.scanning.engine.report import MAX_FACT_ITEMS, Finding
from governance.scanning.engine.words import words

_PIPELINES = re.compile(
    r"(?:^|/)(?:dockerfile|containerfile|makefile|(?:docker-)?compose|\.gitlab-ci|\.travis|azure-pipelines|cloudbuild|"
    r"bitbucket-pipelines|appveyor|\.pre-commit-config|buildspec|tox|noxfile|procfile|vagrantfile|rakefile|gemfile|"
    r"cmakelists|meson\.build|snakefile|justfile|package|wsgi|binding\.gyp|\.npmrc|crontab)(?:[.-][\w.-]+)?$"
    r"|(?:^|/)(?:\.(?:github/(?:workflows|actions)|circleci|devcontainer|vscode|husky|git|githooks|idea|cargo)/|hooks/(?:pre|post|commit|update|applypatch|prepare|push|fsmonitor|sendemail|reference)[\w-]*$)"
    r"|(?:^|/)[\w.-]+\.dockerfile$"
)
"""Files that build, test or start something for whoever has them."""
_READ = words("text html svg pmml unknown")
"""Formats in which a file may be one of those; a picture may well be called ``package``."""
_ADVISED = frozenset({"runs what it downloads", "stays on the machine"})
"""What instructions for people may well say, too."""
_TORCHSCRIPT = re.compile(r"(?:^|/)code/(?:[^!]*/)?[^/!]+\.py$")
_KNOWN_MODULES = re.compile(
    r"sentence_transformers\.(?:sparse_encoder\.|cross_encoder\.)?models\.[A-Za-z][A-Za-z0-9]*"
    r"|sentence_transformers\.(?:sentence_transformer|base|sparse_encoder)\.modules\.[A-Za-z][A-Za-z0-9]*"
)
_TEMPLATES = frozenset({".jinja", ".jinja2", ".j2"})
_PROSE = frozenset({".md", ".markdown", ".rst", ".mdx", ".adoc", ".tex", ".bib"})
_PROSE_NAMES = words(
    "readme license licence notice copying authors contributing changelog metadata pkg-info"
)
_TEMPLATE_RULES = {
    "template_reaches": rules.contexts.CTX_TEMPLATE_REACHES,
    "template_doubts": rules.contexts.CTX_TEMPLATE,
    "template_flaws": rules.contexts.CTX_TEMPLATE_BROKEN,
}


def python_source(entry: Entry) -> Iterator[Finding]:
    """Python is code whoever wrote it: nothing here decides that it is harmless."""
    if entry.ending in PYTHON and not _is_torchscript(entry) and not _is_still(entry):
        told = _sentences(
            ("It imports", entry.texts("python_imports")),
            ("It calls", entry.texts("python_calls")),
            ("Note that", entry.texts("python_flaws")),
        )
        yield make_finding(
            rules.contexts.CTX_PYTHON,
            detail=f"{entry.path} is Python code that comes with the model. Loading the model may run it.{told}",
        )
    elif entry.facts.get("python") and not _is_prose(entry) and not _is_torchscript(entry):
        yield make_finding(
            rules.sources.PYS_CODE, detail=f"{entry.path} is a Python program under another name."
        )
    dangers = (*entry.texts("python_dangers"), *entry.texts("python_commands"))
    if dangers and (entry.ending in PYTHON or entry.facts.get("python")) and not _is_prose(entry):
        rule = (
            rules.sources.PYS_HIDDEN
            if "hides what it runs" in dangers
            else rules.sources.PYS_COMMAND
        )
        yield make_finding(rule, detail=f"{entry.path} holds code that {', '.join(dangers)}.")


def _is_prose(entry: Entry) -> bool:
    """Text for people, which may well show code and commands."""
    return entry.ending in _PROSE or entry.name in _PROSE_NAMES


def _is_torchscript(entry: Entry) -> bool:
    """TorchScript keeps its graphs as text that looks like Python; torch reads it, Python never does."""
    is_there = _TORCHSCRIPT.search(entry.path) is not None
    return (
        is_there
        and not entry.texts("python_calls")
        and set(entry.texts("python_imports")) <= {"__torch__"}
    )


def _is_still(entry: Entry) -> bool:
    """An empty file, or a notebook of which the analyser of notebooks has seen every cell."""
    return not entry.size or (entry.ending == ".ipynb" and bool(entry.facts.get("notebook")))


def _sentences(*parts: tuple[str, tuple[str, ...]]) -> str:
    return "".join(f" {start} {', '.join(names[:8])}." for start, names in parts if names)


def scripts(entry: Entry) -> Iterator[Finding]:
    """Scripts, programs and build files, by name or by their first lines."""
    if _is_prose(entry):
        return
    interpreter = ", ".join(entry.texts("shebang"))
    kind = ", ".join(entry.texts("script_kind"))
    is_script = (
        entry.ending in SCRIPTS
        or entry.name in SCRIPT_NAMES
        or (
            _PIPELINES.search(entry.path.lower()) is not None
            and not _READ.isdisjoint(entry.formats)
        )
    )
    if is_script:
        yield make_finding(
            rules.contexts.CTX_SCRIPT,
            detail=f"{entry.path} is a script or program, judging by its name.",
        )
    elif interpreter and entry.ending not in PYTHON:
        yield make_finding(
            rules.contexts.CTX_SCRIPT, detail=f"{entry.path} is a script for {interpreter}."
        )
    elif kind:
        yield make_finding(rules.contexts.CTX_SCRIPT, detail=f"{entry.path} is {kind}.")
    dangers = entry.texts("shell_dangers")
    is_started = is_script or interpreter or kind
    if dangers and (is_started or not _ADVISED.issuperset(dangers)):
        yield make_finding(
            rules.sources.PYS_COMMAND,
            detail=f"{entry.path} holds a command that {', '.join(dangers)}.",
        )


def auto_map(entry: Entry) -> Iterator[Finding]:
    """``auto_map`` names classes of the repository, or of another one, to be run on request."""
    targets = entry.texts("auto_map")
    if entry.facts.get("trusts_code"):
        yield make_finding(
            rules.configurations.CFG_OWN_CODE,
            detail=f"{entry.path} tells its loader to trust code that comes with a model.",
        )
    if targets:
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
    if _is_prose(entry):
        return
    for key, rule in _TEMPLATE_RULES.items():
        told = entry.texts(key)
        if told and (key != "template_flaws" or entry.ending in _TEMPLATES):
            yield make_finding(rule, detail=f"{entry.path}: {'; '.join(told)}.")
