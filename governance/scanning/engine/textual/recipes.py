"""Settings of programs beside the model: objects to be made by name, commands to be run, libraries to be loaded."""

from __future__ import annotations

import re
from collections.abc import Mapping

from governance.scanning.engine import rules
from governance.scanning.engine.report import Json
from governance.scanning.engine.textual import callables
from governance.scanning.engine.textual.notes import Notes
from governance.scanning.engine.words import words

_CALLED_BY_NAME = words(
    "activation_function activation_fn sbert_ce_default_activation_function custom_load"
)
_LIBRARY_FILES = words(
    "custom_ops_library custom_op_library custom_ops_library_path op_library_filename"
)
_FROM_ELSEWHERE = words("custom_generate attn_implementation _attn_implementation")
_LIFE_OF_A_MACHINE = words("""initializeCommand onCreateCommand updateContentCommand postCreateCommand postStartCommand
    postAttachCommand build_commands setup_script yarnPath postinstall preinstall post-install-cmd pre-install-cmd
    post-update-cmd post-autoload-dump""")
_SHELLS = words("""shell command raw script ansible.builtin.shell ansible.builtin.command ansible.builtin.raw
    ansible.builtin.script""")
_STEPS = (("steps", words("run")), ("tasks", _SHELLS), ("pre_tasks", _SHELLS))
_NAMED_STEPS = (("stages", "cmd"), ("entry_points", "command"))
_CHAINS = words("llm_bash_chain pal_chain llm_requests_chain llm_symbolic_math_chain")
_JSONPICKLE_CALLS = words("py/reduce py/function py/repr py/newargs py/newargsex py/initargs")
_NET = re.compile(r"[\w.]+(?:\[\[.*\]\])?\s*,\s*[\w.]+")
_JAVA = re.compile(r"(?:java|javax|com|org|sun|net|ch)\.[\w.$]+")
_WORKED_OUT = re.compile(r"__import__\(\s*['\"]\w|_\$\$ND_FUNC\$\$_")
_ADDRESS = re.compile(r"(?:https?://|hf://)\S+")
_LONGEST = 2_000


def look(one: Mapping[str, Json], notes: Notes) -> None:
    """Note what one object of settings asks for."""
    _made_by_name(one, notes)
    _loaded(one, notes)
    _commands(one, notes)
    for key, value in one.items():
        for text in value if isinstance(value, list) else (value,):
            if isinstance(text, str) and len(text) < _LONGEST and _WORKED_OUT.search(text):
                notes.find(rules.configurations.CFG_TARGET, f"{_plain(key)!r} is code: {text[:80]}")


def _plain(key: str) -> str:
    return key.split("\0", 1)[0]


def by_name(key: str, value: Json, notes: Notes) -> None:
    """A dotted name that a loader imports; a name without dots is one of its own list."""
    if not isinstance(value, str):
        return
    opinion = callables.judge(value)
    if opinion is callables.Callable.DENIED:
        notes.find(rules.configurations.CFG_TARGET, f"{key!r} asks for {value} to be called.")
    elif opinion is callables.Callable.UNKNOWN:
        notes.find(
            rules.configurations.CFG_OWN_CODE, f"{key!r} asks for {value}, which is not known here."
        )


def _made_by_name(one: Mapping[str, Json], notes: Notes) -> None:
    """jsonpickle, LangChain, Haystack, and the serialisers of .NET and Java make whatever their texts name."""
    for key in sorted(_JSONPICKLE_CALLS & one.keys()):
        notes.find(rules.configurations.CFG_TARGET, f"jsonpickle would call what {key!r} names.")
    by_name("py/object", one.get("py/object"), notes)
    if "init_parameters" in one:
        by_name("type", one.get("type"), notes)
    path = one.get("id")
    if one.get("lc") == 1 and isinstance(path, list):
        name = ".".join(str(part) for part in path)
        if not name.startswith("langchain"):
            by_name("id", name, notes)
    if one.get("_type") in _CHAINS:
        notes.find(
            rules.configurations.CFG_TARGET, f"The chain {one['_type']} runs what a model writes."
        )
    for key, pattern in (("$type", _NET), ("@type", _JAVA)):
        value = one.get(key)
        if isinstance(value, str) and pattern.fullmatch(value):
            notes.find(rules.configurations.CFG_OWN_CODE, f"{key!r} asks for a {value[:120]}.")


def _loaded(one: Mapping[str, Json], notes: Notes) -> None:
    """Names, libraries and repositories from which a loader takes code."""
    for key in sorted(_CALLED_BY_NAME & one.keys()):
        by_name(key, one[key], notes)
    for key in sorted(_LIBRARY_FILES & one.keys()):
        if one[key]:
            notes.find(rules.configurations.CFG_OWN_CODE, f"{key!r} loads the library {one[key]}.")
    for key in sorted(_FROM_ELSEWHERE & one.keys()):
        value = one[key]
        if isinstance(value, str) and "/" in value:
            notes.find(rules.configurations.CFG_OWN_CODE, f"{key!r} takes code from {value[:120]}.")
    attributes = one.get("attrs") or one.get("attr") or one.get("param")
    if one.get("op") == "Custom" and isinstance(attributes, dict) and "op_type" in attributes:
        notes.find(
            rules.configurations.CFG_OWN_CODE,
            f"The operator {attributes['op_type']} is Python that MXNet would look for.",
        )


def _commands(one: Mapping[str, Json], notes: Notes) -> None:
    for key in sorted(_LIFE_OF_A_MACHINE & one.keys()):
        _starts(notes, key, one[key])
    _steps(one, notes)
    _by_company(one, notes)


def _steps(one: Mapping[str, Json], notes: Notes) -> None:
    """Work that is done step by step: pipelines, plays, stages, containers."""
    for key, inner in _STEPS:
        for step in _objects(one.get(key)):
            for name in sorted(inner & step.keys()):
                _starts(notes, name, step[name])
    for key, name in _NAMED_STEPS:
        for step in _objects(one.get(key)):
            _starts(notes, name, step.get(name))
    for container in _objects(one.get("containers")):
        if "image" in container and ("command" in container or "args" in container):
            _starts(notes, "command", container.get("command") or container["args"])


def _by_company(one: Mapping[str, Json], notes: Notes) -> None:
    """Words that mean a command only beside certain others."""
    download = one.get("download")
    if isinstance(download, str) and "names" in one and not _ADDRESS.fullmatch(download.strip()):
        _starts(notes, "download", download)
    for key, others in (
        ("run", words("python_version python_packages gpu cuda setup num_nodes resources")),
        ("source", words("image command")),
    ):
        beside = others & one.keys()
        if isinstance(one.get(key), str | list) and (beside == others or (beside and key == "run")):
            _starts(notes, key, one[key])
    for server in _objects(one.get("mcpServers")):
        _starts(notes, "command", server.get("command"))
    if one.get("type") in ("command", "shell", "process") and isinstance(one.get("command"), str):
        _starts(notes, "command", one["command"])


def _objects(value: Json) -> list[dict[str, Json]]:
    """The objects in a list, or under the names of another object."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [one for one in inner if isinstance(one, dict)]


def _starts(notes: Notes, key: str, value: Json) -> None:
    if not value:
        return
    notes.find(rules.configurations.CFG_STARTS, f"{key!r} would run {str(value)[:120]}.")
