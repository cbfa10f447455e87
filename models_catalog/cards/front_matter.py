"""The YAML between the ``---`` lines of a card: read within bounds, brought into one shape.

After the model card specification of the Hugging Face Hub (hub-docs, ``modelcard.md``). Nothing here trusts its input,
and nothing raises: what cannot be read becomes a sentence for the card's authors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

MAX_BYTES = 64 * 1024
MAX_DEPTH = 20
MAX_NODES = 20_000
MAX_ITEMS = 300
MAX_TEXT = 300
MAX_RESULTS = 100
MAX_OWN = 50
MAX_NAME = 60
MAX_WHOLE = 2**53

_FENCE = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.S | re.M)
_TEXTS = (
    "license",
    "license_name",
    "license_link",
    "library_name",
    "pipeline_tag",
    "base_model_relation",
    "new_version",
)
_LISTS = ("language", "tags", "datasets", "metrics", "base_model")
_LOWER = ("license", "library_name", "pipeline_tag", "base_model_relation")

SPECIFIED = frozenset([*_TEXTS, *_LISTS, "model-index"])

Facts = dict[str, Any]


class _Refused(yaml.YAMLError):
    """The YAML is well-formed and beyond what a card needs."""


class StrictLoader(yaml.SafeLoader):
    """SafeLoader without aliases, without dates, without the Norway problem, and with limits on depth and number."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._depth = self._nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """One value with what is in it, as long as there is room."""
        if self.check_event(yaml.AliasEvent):
            raise _Refused("references (*name) are not allowed")
        if getattr(self.peek_event(), "tag", None) is not None:  # type: ignore[no-untyped-call]
            raise _Refused("types (!name) are not allowed")
        self._depth += 1
        self._nodes += 1
        if self._depth > MAX_DEPTH:
            raise _Refused(f"it is nested more than {MAX_DEPTH} levels deep")
        if self._nodes > MAX_NODES:
            raise _Refused(f"it has more than {MAX_NODES} values")
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


_KEPT = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in _KEPT]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false|True|False)$"), list("tfTF")
)


def split_card(text: str) -> tuple[str | None, str]:
    """(front matter, Markdown); ``None`` when the card has no front matter."""
    match = _FENCE.match(text)
    return (match[1], text[match.end() :]) if match else (None, text)


def read_front_matter(source: str | None) -> tuple[Facts, list[str]]:
    """The facts in their one shape, and sentences about what could not be read."""
    if source is None:
        return {}, ["The card has no front matter: the facts between two lines of --- at its top."]
    if len(source.encode()) > MAX_BYTES:
        return {}, [
            f"The front matter is longer than {MAX_BYTES // 1024} kB, so no facts are taken from it."
        ]
    try:
        loaded = yaml.load(source, Loader=StrictLoader)  # noqa: S506 - a SafeLoader made stricter
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return {}, [
            f"The front matter could not be read, so no facts are taken from it: {_reason(error)}."
        ]
    if loaded is None:
        return {}, []
    if not isinstance(loaded, dict):
        return {}, [
            "The front matter is not a list of “name: value” lines, so no facts are taken from it."
        ]
    return _normalised(loaded)


def _reason(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or (
        str(error) if isinstance(error, _Refused) else "it is not YAML"
    )
    where = f"line {mark.line + 2}, column {mark.column + 1}: " if mark is not None else ""
    return where + _clean(str(problem))


def _normalised(loaded: Mapping[Any, Any]) -> tuple[Facts, list[str]]:
    facts: Facts = {}
    problems: list[str] = []
    for name in _TEXTS:
        values = _texts(loaded.get(name), name, problems)
        if values:
            facts[name] = values[0].lower() if name in _LOWER else values[0]
            if name == "license" and len(values) > 1:
                facts["licenses"] = [value.lower() for value in values]
    for name in _LISTS:
        values = _texts(loaded.get(name), name, problems)
        if values:
            facts[name] = list(dict.fromkeys(values))
    results = _results(loaded.get("model-index"), problems)
    if results:
        facts["results"] = results
    own = _own(loaded)
    if own:
        facts["own"] = own
    return facts, problems


def _own(loaded: Mapping[Any, Any]) -> Facts:
    """What the specification does not know, as far as it is one value or a list of texts: fields of an owner's own."""
    found: Facts = {}
    for name, value in loaded.items():
        if not isinstance(name, str) or name in SPECIFIED or len(name) > MAX_NAME:
            continue
        kept = _own_value(value)
        if kept not in (None, "", []):
            found[_clean(name)] = kept
        if len(found) == MAX_OWN:
            break
    return found


def _own_value(value: Any) -> Any:
    """A text, a number that every database keeps exactly, yes or no, or a list of texts; ``None`` for all else."""
    if isinstance(value, list):
        flat = all(isinstance(item, str) for item in value)
        return [_clean(item) for item in value[:MAX_ITEMS]] if flat else None
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, int | float):
        return value if abs(value) <= MAX_WHOLE else None  # leaves out nan and infinity
    return None


def _texts(value: Any, name: str, problems: list[str]) -> list[str]:
    """One text or a list of them, as a list; other shapes are a problem and count as nothing."""
    if value is None:
        return []
    items = value if isinstance(value, list) else [value]
    if not all(
        isinstance(item, str | int | float) and not isinstance(item, bool) for item in items
    ):
        problems.append(
            f"“{name}” in the front matter is neither text nor a list of texts, so it is left out."
        )
        return []
    if len(items) > MAX_ITEMS:
        problems.append(
            f"“{name}” in the front matter has {len(items)} entries; the first {MAX_ITEMS} are kept."
        )
    cleaned = (_clean(str(item)) for item in items[:MAX_ITEMS])
    return [text for text in cleaned if text]


def _clean(text: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in text[: 4 * MAX_TEXT])
    return " ".join(printable.split())[:MAX_TEXT]


def _results(value: Any, problems: list[str]) -> list[dict[str, str]]:
    """``model-index`` as flat rows: task, dataset, metric, value."""
    if value is None:
        return []
    rows: list[dict[str, str]] = []
    try:
        for model in value:
            for result in model.get("results") or []:
                rows.extend(_metrics(result))
    except (AttributeError, TypeError, KeyError):
        problems.append(
            "“model-index” in the front matter does not have the shape of test results, so it is left out."
        )
        return []
    return rows[:MAX_RESULTS]


def _metrics(result: Mapping[str, Any]) -> list[dict[str, str]]:
    dataset = result.get("dataset") or {}
    return [
        {
            "task": _clean(str((result.get("task") or {}).get("type", ""))),
            "dataset": _clean(str(dataset.get("name") or dataset.get("type") or "")),
            "metric": _clean(str(metric.get("name") or metric.get("type") or "")),
            "type": _clean(str(metric.get("type") or "")),
            "value": _clean(str(metric.get("value", ""))),
        }
        for metric in result.get("metrics") or []
    ]
