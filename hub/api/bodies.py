"""Reading bodies: one JSON object, bounded in size and depth, with nothing in it that a database cannot hold."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import IO, Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from hub.core.errors import TooLarge
from hub.core.text import is_storable

MAX_DEPTH = 12
MOST_PIECES = 100_000  # texts, brackets, commas and colons; a commit of 2,000 files has 26,000
MOST_NAMED = 5
_PIECE = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{,:]', re.DOTALL)


class StrictJSON(BaseParser):
    """JSON as RFC 8259 has it: UTF-8, no NaN, no name twice, at most ``MAX_DEPTH`` levels and ``MOST_PIECES``."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The value; raises ``TooLarge`` or ``ParseError``."""
        del media_type, parser_context
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise TooLarge(
                _("The body is larger than {limit} MB, which is the most for JSON.").format(
                    limit=limit // 2**20
                )
            )
        if _is_bomb(raw):
            raise TooLarge(_("The body holds too many values. Send it in several requests."))
        try:
            value = json.loads(
                raw.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_once
            )
        except RecursionError as error:
            raise ParseError(_("The JSON is nested too deeply.")) from error
        except ValueError as error:  # broken JSON, broken UTF-8, a number of 5,000 digits
            raise ParseError(
                _("The body is not JSON: {reason}.").format(reason=_reason(error))
            ) from error
        _check(value)
        return value


def _is_bomb(raw: bytes) -> bool:
    """Whether it has more than ``MOST_PIECES``: in memory three bytes of JSON can become a hundred."""
    return next(islice(_PIECE.finditer(raw), MOST_PIECES, None), None) is not None


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg}, line {error.lineno}, column {error.colno}"
    return "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)


def _check(value: Any) -> None:
    """Refuse what is too deep, and texts and numbers that can be spelled but not kept. One pass, no recursion."""
    level = [value]
    for _depth in range(MAX_DEPTH):
        below: list[Any] = []
        for each in level:
            if isinstance(each, str) and not is_storable(each):
                raise ParseError(_("A text in the body holds NUL or half a character."))
            if isinstance(each, float) and not math.isfinite(each):
                raise ParseError(_("A number in the body is too large."))
            below.extend(_inside(each))
        if not below:
            return
        level = below
    raise ParseError(
        _("The JSON is nested more than {max_depth} levels deep.").format(max_depth=MAX_DEPTH)
    )


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value
        yield from value.values()
    elif isinstance(value, list):
        yield from value


class Body(serializers.Serializer[Any]):
    """The shape of a request; names that it does not know are refused, so that a typing error is not silence."""

    def to_internal_value(self, data: Any) -> Any:
        """The values by field. Raises ``ValidationError``."""
        if isinstance(data, Mapping):
            unknown = [name for name in data if name not in self.fields]
            if unknown:
                raise serializers.ValidationError(
                    {name[:100]: [_("There is no such field.")] for name in unknown[:MOST_NAMED]}
                )
        return super().to_internal_value(data)
