"""Shapes that answers of all apps share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework import serializers

from hub.ui.vocabulary import word


class FaultShape(serializers.Serializer[Any]):
    """What is wrong with one field."""

    field = serializers.CharField(
        help_text="The field, with dots for what lies inside: `operations.0.path`."
    )
    detail = serializers.CharField(help_text="What is wrong with it.")


class ProblemShape(serializers.Serializer[Any]):
    """A refusal (RFC 9457). Some kinds have further members, such as `reasons` of `gate_shut`."""

    type = serializers.URLField(help_text="Where this kind of problem is explained.")
    title = serializers.CharField(help_text="The kind of problem in a few words.")
    status = serializers.IntegerField(help_text="The status again.")
    detail = serializers.CharField(help_text="What happened, why, and what to do.")
    code = serializers.CharField(help_text="The kind of problem as a word for programs.")
    errors = FaultShape(  # type: ignore[assignment]  # a name that the base class uses in bodies alone
        many=True, required=False, help_text="The fields that are to blame."
    )


class WordShape(serializers.Serializer[Any]):
    """A state: a word for programs, and what people read on pages."""

    code = serializers.CharField()
    word = serializers.CharField()


_pages: dict[tuple[Any, ...], type[serializers.Serializer[Any]]] = {}


def page_shape(
    item: type[serializers.Serializer[Any]], extra: Mapping[str, Any]
) -> type[serializers.Serializer[Any]]:
    """The shape of a page of such items; ``extra`` has (field, example) by name of what stands beside them."""
    key = (item, *extra)
    if key not in _pages:
        name = f"{item.__name__.removesuffix('Shape')}PageShape"
        fields: dict[str, Any] = {
            "__doc__": "One page of a list.",
            "items": item(many=True),
            "next": serializers.URLField(allow_null=True, help_text="The next page."),
            "previous": serializers.URLField(allow_null=True, help_text="The page before."),
            **{name: made for name, (made, _) in extra.items()},
        }
        _pages[key] = type(name, (serializers.Serializer,), fields)
    return _pages[key]


def shown(shape: type[serializers.Serializer[Any]], thing: Any) -> dict[str, Any]:
    """One thing in its shape."""
    return dict(shape(thing).data)


def shown_all(shape: type[serializers.Serializer[Any]], things: Iterable[Any]) -> list[Any]:
    """Each of some things in their shape."""
    one = shape()
    return [one.to_representation(thing) for thing in things]


def word_of(kind: str, code: str) -> dict[str, str]:
    """A state as ``WordShape``; ``kind`` as in ``hub.ui.vocabulary``."""
    return {"code": str(code), "word": str(word(kind, code).text)}
