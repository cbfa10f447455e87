"""Settings, from JSON or YAML alike: what they make a loader import, call, install or fetch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from governance.scanning.engine import rules, templates
from governance.scanning.engine.report import Json
from governance.scanning.engine.textual import callables, recipes
from governance.scanning.engine.textual.notes import Notes
from governance.scanning.engine.words import words

MAX_DEPTH = 200
_TEMPLATES_TOGETHER = 4 * 1024 * 1024
_LONGEST_VALUE = 64 * 1024
_CALLED = words("_target_ class_path _callable_")
_PATHS = words("""_name_or_path base_model_name_or_path tokenizer_file vocab_file merges_file model_path weights_path
    template_path checkpoint_path""")
_OUTSIDE = re.compile(r"(?:\\\\|//)[^\\/]+[\\/]|(?:file|smb|ftp|http)://")
_MEANINGFUL = words("""auto_map chat_template _target_ class_path target loader_module tokenizer_class architectures
    model_type custom_pipelines _class_name trust_remote_code base_model_name_or_path""")
_FEW_KEYS = 2_000
_CONTAINERS = (dict, list)
_PLAIN_NUMBERS = (int, float)
_RESOLVER = re.compile(
    r"\$\{\s*(?:eval|python|py|exec|sh|shell|cmd|import|call)\s*[:.]", re.IGNORECASE
)
_FLAVOURS = re.compile(r"mlflow(?:\.[a-z][a-z0-9_]*)+")
_FLAVOUR_CODE = words("code model_code_path code_path code_paths")
_PIPELINE_LIBRARIES = words("""diffusers transformers onnxruntime sentencepiece flax k_diffusion peft torch accelerate
    optimum tokenizers""")


class TooDeep(Exception):
    """The settings are nested deeper than any that are real."""


def look(value: Json, notes: Notes, *, is_json: bool = True) -> None:
    """Note what settings ask for, wherever in them it stands. Raises TooDeep.

    In JSON nobody repeats a key; many a text that is YAML by chance does.
    """
    budget = [_TEMPLATES_TOGETHER]
    level: list[dict[str, Json] | list[Json]] = [value] if isinstance(value, dict | list) else []
    for depth in range(MAX_DEPTH + 2):
        if not level:
            break
        if depth > MAX_DEPTH:
            raise TooDeep
        below: list[dict[str, Json] | list[Json]] = []
        for one in level:
            if isinstance(one, dict):
                _repeated(one, notes, is_any=is_json and depth < 3)
                _object(one, notes, budget)
                recipes.look(one, notes)
                below += [inner for inner in one.values() if isinstance(inner, _CONTAINERS)]
            else:
                below += [inner for inner in one if isinstance(inner, _CONTAINERS)]
        level = below
    if isinstance(value, list):
        _modules(value, notes)


def plain(key: str) -> str:
    """A key as it stands in the file, whichever of its repetitions this is."""
    return key.split("\0", 1)[0]


def _object(one: dict[str, Json], notes: Notes, budget: list[int]) -> None:
    for key, inner in one.items():
        if inner.__class__ not in _PLAIN_NUMBERS:
            _value(plain(key), inner, one, notes, budget)
    if "target" in one and ("params" in one or "kwargs" in one):
        _called("target", one["target"], notes)
    if "_class_name" in one and "_diffusers_version" in one:
        _pipeline(one, notes)


def _value(
    name: str, value: Json, beside: dict[str, Json], notes: Notes, budget: list[int]
) -> None:
    if isinstance(value, str) and ("{{" in value or "{%" in value or "${" in value):
        _text(name, value, beside, notes, budget)
    look_at = _KEYS.get(name)
    if look_at is not None:
        look_at(name, value, notes)
    elif name.startswith("chat_template"):
        notes.say("chat_template")
        for text in () if isinstance(value, str) else strings(value):
            _template(text, notes, budget, is_template=True)


def _repeated(one: dict[str, Json], notes: Notes, *, is_any: bool) -> None:
    """A key that stands there twice with different values is read in two ways by two readers."""
    if not any("\0" in key for key in one):
        return
    is_small = is_any and len(one) <= _FEW_KEYS
    for key, inner in one.items():
        name = plain(key)
        if name != key and inner != one.get(name) and (is_small or name in _MEANINGFUL):
            notes.find(
                rules.configurations.CFG_REPEATED,
                f"{name!r} stands there twice, with different values.",
            )


def _text(name: str, text: str, beside: dict[str, Json], notes: Notes, budget: list[int]) -> None:
    is_template = name.startswith("chat_template") or (
        "template" in name and beside.get("template_format") in ("jinja2", "jinja")
    )
    if _RESOLVER.search(text):
        notes.find(
            rules.configurations.CFG_OWN_CODE,
            f"{name!r} asks for a value to be worked out: {text[:80]}",
        )
    if is_template or len(text) <= _LONGEST_VALUE:
        _template(text, notes, budget, is_template=is_template)


def _template(text: str, notes: Notes, budget: list[int], *, is_template: bool) -> None:
    """Of what is not known to be a template, only that counts which nobody writes by chance."""
    budget[0] -= len(text)
    if budget[0] < 0:
        notes.find(rules.jinja.JIN_TOO_LARGE, "The templates together are too large to judge.")
        return
    for reason in templates.judge(text):
        if is_template or reason.rule is rules.jinja.JIN_REACHES:
            notes.find(reason.rule, f"In line {reason.line} of a template: {reason.detail}.")


def _own_code(name: str, value: Json, notes: Notes) -> None:
    for text in strings(value):
        notes.tell("auto_map", text)
    if name == "trust_remote_code" and value in (True, "true", "True"):
        notes.say("trusts_code")


def _called(name: str, value: Json, notes: Notes) -> None:
    if not isinstance(value, str):
        return
    opinion = callables.judge(value)
    if opinion is callables.Callable.DENIED:
        notes.find(rules.configurations.CFG_TARGET, f"{name!r} asks for {value} to be called.")
    elif opinion is callables.Callable.UNKNOWN:
        notes.tell("targets", value)


def _path(name: str, value: Json, notes: Notes) -> None:
    if isinstance(value, str) and _OUTSIDE.match(value):
        notes.find(rules.configurations.CFG_OUTSIDE, f"{name!r} points at {value[:120]}.")


def _flavours(_: str, value: Json, notes: Notes) -> None:
    """``flavors`` of an MLmodel: mlflow imports ``loader_module``, and runs what lies under ``code``."""
    flavours = value if isinstance(value, dict) else {}
    for one in flavours.values():
        if isinstance(one, dict):
            _flavour_code(one, notes)
    flavour = flavours.get("python_function")
    if not isinstance(flavour, dict):
        return
    loader = flavour.get("loader_module")
    if not (isinstance(loader, str) and _FLAVOURS.fullmatch(loader)):
        opinion = callables.judge(f"{loader}.load")
        rule = rules.configurations.CFG_LOADER
        if opinion is callables.Callable.DENIED:
            rule = rules.configurations.CFG_TARGET
        notes.find(rule, f"mlflow would load it by the module {loader}.")
    if isinstance(loader, str) and loader.startswith("mlflow.pyfunc.loaders.code_model"):
        notes.find(rules.configurations.CFG_LOADER, "mlflow would run a script to make the model.")


def _flavour_code(flavour: dict[str, Json], notes: Notes) -> None:
    for key in sorted(_FLAVOUR_CODE & flavour.keys()):
        if flavour[key] not in (None, "", "null", "~"):
            notes.find(
                rules.configurations.CFG_LOADER,
                f"mlflow would run code of its own ({key}: {flavour[key]}).",
            )


def _auto_mapping(_: str, value: Json, notes: Notes) -> None:
    """PEFT imports ``parent_library`` to find the class of the base model."""
    library = value.get("parent_library") if isinstance(value, dict) else None
    if not isinstance(library, str):
        return
    opinion = callables.judge(f"{library}.x")
    if opinion is callables.Callable.DENIED:
        notes.find(rules.configurations.CFG_TARGET, f"PEFT would import {library}.")
    elif opinion is not callables.Callable.KNOWN:
        notes.find(
            rules.configurations.CFG_OWN_CODE,
            f"PEFT would import {library}, which is not known here.",
        )


def _pipeline(one: dict[str, Json], notes: Notes) -> None:
    """``model_index.json``: diffusers imports the library that each part names."""
    if isinstance(one["_class_name"], list):
        for text in strings(one["_class_name"]):
            notes.tell("auto_map", text)
    for key, part in one.items():
        if key.startswith("_") or not (isinstance(part, list) and len(part) == 2):
            continue
        library = part[0]
        if library is None or (
            isinstance(library, str) and library.split(".")[0] in _PIPELINE_LIBRARIES
        ):
            continue
        opinion = callables.judge(f"{library}.x")
        denied = opinion is callables.Callable.DENIED
        rule = rules.configurations.CFG_TARGET if denied else rules.configurations.CFG_OWN_CODE
        if denied or not (isinstance(library, str) and library in _PIPELINES):
            notes.find(rule, f"diffusers would take {plain(key)} from {library}.")


def _modules(value: list[Json], notes: Notes) -> None:
    """``modules.json``: the classes that sentence-transformers imports."""
    for one in value:
        if isinstance(one, dict):
            for key, kind in one.items():
                if plain(key) == "type":
                    notes.tell("module_types", kind if isinstance(kind, str) else "?")


def strings(value: Json) -> Iterator[str]:
    """The strings in a value, a few levels deep: {"AutoModel": ["a.B", null]}, [{"name": "x", "template": "…"}]."""
    pending: list[tuple[Json, int]] = [(value, 0)]
    while pending:
        one, depth = pending.pop(0)
        if isinstance(one, str):
            yield one
        elif depth < 4 and isinstance(one, dict | list):
            inner = one.values() if isinstance(one, dict) else one
            pending[:0] = [(each, depth + 1) for each in inner]


_PIPELINES = words("""stable_diffusion stable_diffusion_safe stable_diffusion_xl deepfloyd_if alt_diffusion paint_by_example
    latent_diffusion versatile_diffusion audioldm kandinsky kandinsky2_2 unclip wuerstchen stable_cascade shap_e pixart_alpha
    blip_diffusion musicldm audioldm2 semantic_stable_diffusion spectrogram_diffusion deprecated ledits_pp flux
    stable_audio ip_adapter paint_by_example""")
"""Folders of pipelines inside diffusers, which stand for libraries there."""
_KEYS: dict[str, Callable[[str, Json, Notes], None]] = {
    **dict.fromkeys(
        ("auto_map", "custom_pipelines", "custom_pipeline", "trust_remote_code"), _own_code
    ),
    **dict.fromkeys(_CALLED, _called),
    **dict.fromkeys(_PATHS, _path),
    "flavors": _flavours,
    "auto_mapping": _auto_mapping,
}
