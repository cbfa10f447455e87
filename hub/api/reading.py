"""The OpenAPI document as people read it: operations with what goes in, what comes out, and a command to try."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.utils.text import slugify

from hub.api.schema import TAGS, Document, schema

METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
NO_TOKEN: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a sentence; code stands between back-ticks in the document."""

    text: str
    is_code: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of the address, or a field of a body."""

    name: str
    kind: str
    where: str
    is_needed: bool
    description: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Status:
    """What a status means here."""

    code: int
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Described:
    """One operation."""

    name: str
    method: str
    path: str
    purpose: str
    details: Sequence[Piece]
    is_open: bool
    fields: Sequence[Field]
    command: str
    answer: str
    statuses: Sequence[Status]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The operations of one tag."""

    slug: str
    title: str
    summary: str
    operations: Sequence[Described]


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every tag that has operations, in order."""
    found = [*_operations(schema())]
    made = (
        Chapter(slugify(tag), tag, summary, [one for name, one in found if name == tag])
        for tag, summary in TAGS.items()
    )
    return tuple(chapter for chapter in made if chapter.operations)


def pieces(text: str) -> list[Piece]:
    """A sentence of the document cut at its back-ticks."""
    parts = text.split("`")
    return [Piece(part, index % 2 == 1) for index, part in enumerate(parts) if part]


def _operations(document: Document) -> Iterator[tuple[str, Described]]:
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                yield methods[method]["tags"][0], _described(path, method, methods[method])


def _described(path: str, method: str, said: Document) -> Described:
    body = next(iter(said.get("requestBody", {}).get("content", {}).items()), None)
    fields = [*_parameters(said), *(_fields(body[1]["schema"]) if body else ())]
    is_open = NO_TOKEN in said["security"]
    return Described(
        name=said["operationId"],
        method=method.upper(),
        path=path,
        purpose=said["summary"],
        details=pieces(said["description"].removeprefix(f"{said['summary']}.")),
        is_open=is_open,
        fields=fields,
        command=_command(path, method, said, is_open=is_open),
        answer=_answer(said),
        statuses=_statuses(said),
    )


def _parameters(said: Document) -> Iterator[Field]:
    order = {"path": 0, "query": 1, "header": 2}
    for each in sorted(said.get("parameters", ()), key=lambda each: order[each["in"]]):
        yield Field(
            name=each["name"],
            kind=_kind(each["schema"]),
            where=each["in"],
            is_needed=each.get("required", False),
            description=pieces(each.get("description", "")),
        )


def _fields(shape: Document) -> Iterator[Field]:
    """The fields of a JSON body; a body of bytes has none."""
    resolved = _resolved(shape)
    needed = resolved.get("required", ())
    for name, each in resolved.get("properties", {}).items():
        yield Field(name, _kind(each), "body", name in needed, pieces(_said(each)))


def _said(shape: Document) -> str:
    """What a field is for; enums that drf-spectacular lists once more are left to the column beside it."""
    text: str = shape.get("description", "")
    return (
        text.split("\n\n* `", maxsplit=1)[0].removeprefix("* `")
        if not text.startswith("* `")
        else ""
    )


def _resolved(shape: Document) -> Document:
    if "$ref" not in shape:
        return shape
    kind, name = shape["$ref"].rsplit("/", 2)[-2:]
    found: Document = schema()["components"][kind][name]
    return found


def _kind(shape: Document) -> str:
    """A type in a few words: ``string or null``, ``public, internal or private``, ``list of string``."""
    for inner in (*shape.get("allOf", ()), *shape.get("oneOf", ())):
        return _kind(inner)
    shape = _resolved(shape)
    if "enum" in shape:
        values = [json.dumps(value) if value is None else str(value) for value in shape["enum"]]
        return ", ".join(values)
    if shape.get("type") == "array":
        return f"{_kind(shape.get('items', {}))}, any number"
    kind = shape.get("type", "anything")
    name = " | ".join(kind) if isinstance(kind, list) else kind
    return f"{name} ({shape['format']})" if "format" in shape else name


def _command(path: str, method: str, said: Document, *, is_open: bool) -> str:
    """A curl command for this hub, with examples filled in."""
    for each in said.get("parameters", ()):
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", str(_example(each, each["name"])))
    parts = [
        f"curl {'' if method == 'get' else f'-X {method.upper()} '}{settings.PUBLIC_URL}{path}"
    ]
    if not is_open:
        parts.append('-H "Authorization: Bearer $TOKEN"')
    for media_type, content in said.get("requestBody", {}).get("content", {}).items():
        parts.append(f'-H "Content-Type: {media_type}"')
        if media_type == "application/json":
            text = json.dumps(_example(content, {}), ensure_ascii=False)
            parts.append("-d '" + text.replace("'", "'\\''") + "'")
        else:
            parts.append("--data-binary @file")
    return " \\\n  ".join(parts)


def _example(holder: Document, otherwise: Any) -> Any:
    for each in holder.get("examples", {}).values():
        return each["value"]
    return otherwise


def _answer(said: Document) -> str:
    """The example of the first success, as JSON; nothing where the answer is bytes or has no body."""
    for status, each in said["responses"].items():
        if status.startswith("2"):
            for content in each.get("content", {}).values():
                example = _example(content, None)
                return "" if example is None else json.dumps(example, ensure_ascii=False, indent=2)
    return ""


def _statuses(said: Document) -> list[Status]:
    return [
        Status(int(code), HTTPStatus(int(code)).phrase, _resolved(each)["description"])
        for code, each in sorted(said["responses"].items())
    ]
