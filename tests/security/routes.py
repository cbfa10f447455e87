"""Every address there is, read from the URLconf: a new route is attacked without anybody adding a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.urls import get_resolver
from django.urls.resolvers import RoutePattern, URLResolver

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
NOWHERE = "00000000-0000-0000-0000-000000000000"
VALUES: Mapping[str, str] = {
    "namespace": "savanna",
    "name": "minilm",
    "org": "savanna",
    "org_name": "savanna",
    "username": "ada",
    "revision": "main",
    "before": "main",
    "after": "main",
    "path": "README.md",
    "stage": "production",
    "alias": "champion",
    "kind": "csv",
    "slug": "review",
    "tag": "models",
    "task": "text-classification",
    "accession": "ARB-2026-0001",
    "uidb36": "1",
    "key": "set-password",
    "rest": "nothing",
    "token": "nothing",
    "digest": "0" * 64,
    "team": "field",
    "secret": "nothing",
    "act": "test",
    "person": "ada",
    "place": "savanna",
}
OF_KIND: Mapping[str, str] = {"IntConverter": "1", "UUIDConverter": NOWHERE}
OF_A_MODEL = {"namespace", "name"}
TEXTS = ("StringConverter", "RevisionName", "PathConverter", "SlugConverter", "regex")


@dataclass(frozen=True)
class Route:
    """One address with places for values, and the kind of each place."""

    view_name: str
    template: str
    parameters: Mapping[str, str]
    view: Any = None

    def filled(self, **values: str) -> str:
        """The address; ``values`` instead of the usual ones. A parameter that nobody gave a value is a KeyError."""
        chosen = {
            name: values.get(name) or OF_KIND.get(kind) or VALUES[name]
            for name, kind in self.parameters.items()
        }
        safe = {name: quote(value, safe="/%") for name, value in chosen.items()}
        return self.template.format(**safe)

    @property
    def is_of_model(self) -> bool:
        """Whether it belongs to one model."""
        return set(self.parameters) >= OF_A_MODEL

    @property
    def texts(self) -> tuple[str, ...]:
        """The parameters that take any text."""
        return tuple(name for name, kind in self.parameters.items() if kind in TEXTS)

    def __str__(self) -> str:
        return self.template


def every_route() -> list[Route]:
    """All of them, the more specific ones first."""
    return list(_walk(get_resolver().url_patterns, "/", "", {}))


def _walk(patterns: Any, before: str, names: str, known: Mapping[str, str]) -> Iterator[Route]:
    for each in patterns:
        template, parameters = _read(each.pattern)
        template, parameters = before + template, {**known, **parameters}
        if isinstance(each, URLResolver):
            inside = f"{names}{each.namespace}:" if each.namespace else names
            yield from _walk(each.url_patterns, template, inside, parameters)
        else:
            yield Route(names + (each.name or ""), template, parameters, each.callback)


def _read(pattern: Any) -> tuple[str, dict[str, str]]:
    if isinstance(pattern, RoutePattern):
        kinds = {name: type(kind).__name__ for name, kind in pattern.converters.items()}
        return _PARAMETER.sub(r"{\1}", str(pattern)), kinds
    text = str(pattern).removeprefix("^").removesuffix("$")
    return _GROUP.sub(r"{\1}", text), dict.fromkeys(_GROUP.findall(text), "regex")
