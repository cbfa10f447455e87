"""Describing an endpoint's method for the schema, the readable page and the tests that compare both with what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
)
from rest_framework.serializers import BaseSerializer, Serializer

from hub.api.problems import KINDS, MEDIA_TYPE
from hub.api.shapes import ProblemShape, page_shape

Method = TypeVar("Method", bound=Callable[..., Any])
Shape = type[BaseSerializer[Any]]

IF_NONE_MATCH, IF_MATCH, KEY = "If-None-Match", "If-Match", "Idempotency-Key"
ALWAYS = (400, 401, 406, 429)  # a cursor or name that nobody gave out, a bad token, Accept, limits
SAID = {status: kind.title for kind in reversed([*KINDS.values()]) for status in (kind.status,)}


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful answer: its shape (``None`` for no body), its example, and whether it is a page of ``items``."""

    shape: Shape | None = None
    example: Any = None
    status: int = 200
    is_list: bool = False
    means: str = ""
    media_type: str = "application/json"
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent: its shape and an example."""

    shape: Shape | None
    example: Any = None
    media_type: str = "application/json"


def query(
    name: str,
    description: str,
    *,
    kind: Any = OpenApiTypes.STR,
    enum: Sequence[str] | None = None,
    many: bool = False,
    example: Any = None,
) -> OpenApiParameter:
    """A parameter of the address."""
    examples = [OpenApiExample(name, value=example)] if example is not None else None
    return OpenApiParameter(
        name,
        kind,
        OpenApiParameter.QUERY,
        description=description,
        enum=list(enum) if enum else None,
        many=many,
        examples=examples,
    )


def place(
    name: str, description: str, *, example: Any, kind: Any = OpenApiTypes.STR
) -> OpenApiParameter:
    """A part of the path."""
    return OpenApiParameter(
        name,
        kind,
        OpenApiParameter.PATH,
        required=True,
        description=description,
        examples=[OpenApiExample(name, value=example)],
    )


def header(name: str, description: str) -> OpenApiParameter:
    """A header."""
    return OpenApiParameter(
        name, OpenApiTypes.STR, OpenApiParameter.HEADER, description=description
    )


MODEL = (
    place("namespace", "The person or organisation that the model is of.", example="savanna"),
    place("name", "The name of the model.", example="minilm"),
)
PAGE = (
    query(
        "cursor",
        "Where to go on: `next` and `previous` of an answer hold it. Empty: the first page.",
    ),
    query(
        "limit",
        "How many items, 1 to 100; 30 unless told.",
        kind={"type": "integer", "minimum": 1, "maximum": 100, "default": 30},
    ),
)
VALIDATOR = header(
    IF_NONE_MATCH, "The ETag of what you have: answered with 304 while it is the same."
)
PRECONDITION = header(
    IF_MATCH, "The ETag of what you read: answered with 412 when it changed since."
)
REPEATABLE = header(
    KEY,
    "A key of your own, such as a new UUID. The same request with the same key within 24 hours is answered again "
    "and carried out once.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class operation:  # noqa: N801 - a decorator
    """Describes a method of an endpoint.

    ``name`` is the operationId (``model_list``: noun, verb); ``purpose`` an order in a few words. Statuses that every
    operation may answer with are added: of addresses (404), bodies (413, 415), keys and preconditions (``takes``).
    """

    name: str
    tag: str
    purpose: str
    answer: Answer | Sequence[Answer]
    sent: Sent | None = None
    places: Sequence[OpenApiParameter] = ()
    parameters: Sequence[OpenApiParameter] = ()
    refusals: Sequence[int] = ()
    details: str = ""
    is_open: bool = False
    takes: Sequence[str] = ()

    @property
    def answers(self) -> list[Answer]:
        """The successful answers."""
        return [self.answer] if isinstance(self.answer, Answer) else list(self.answer)

    def __call__(self, method: Method) -> Method:
        """Write the description on the method."""
        headers = {IF_NONE_MATCH: VALIDATOR, IF_MATCH: PRECONDITION, KEY: REPEATABLE}
        pages = PAGE if any(each.is_list for each in self.answers) else ()
        proofs: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
        described = extend_schema(
            operation_id=self.name,
            tags=[self.tag],
            summary=self.purpose,
            description=self.details or f"{self.purpose}.",
            parameters=[
                *self.places,
                *self.parameters,
                *pages,
                *(headers[each] for each in self.takes),
            ],
            request=_request(self.sent),
            responses=_responses(
                self.answers, {*ALWAYS, *self.refusals, *_implied(self)}, self.takes
            ),
            examples=_examples(self.name, self.sent, self.answers),
            auth=cast("Any", [{}, *proofs] if self.is_open else proofs),
        )
        done: Method = described(method)
        return done


def _implied(described: operation) -> set[int]:
    implied: set[int] = set()
    if described.places:
        implied.add(404)
    if {each.name for each in described.places} >= {each.name for each in MODEL}:
        implied |= {308, 410}  # a model may have another name by now, or be gone
    if described.sent is not None:
        implied |= {413, 415}
    if KEY in described.takes:
        implied |= {409, 422}
    if IF_MATCH in described.takes:
        implied.add(412)
    return implied


def _request(sent: Sent | None) -> Any:
    if sent is None:
        return None
    return {sent.media_type: sent.shape or OpenApiTypes.BINARY}


def _responses(
    answers: Sequence[Answer], statuses: set[int], takes: Sequence[str]
) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for each in answers:
        means = each.means or ("Done." if each.shape is None else "What was asked for.")
        key = (
            each.status
            if each.shape is None and each.media_type == "application/json"
            else (each.status, each.media_type)
        )
        found[key] = OpenApiResponse(_answered(each), description=means)
    if IF_NONE_MATCH in takes:
        found[304] = OpenApiResponse(None, description="You have it already.")
    for status in sorted(statuses):
        found[status, MEDIA_TYPE] = OpenApiResponse(ProblemShape, description=f"{SAID[status]}.")
    return found


def _answered(answer: Answer) -> Any:
    if answer.shape is None:
        return None if answer.media_type == "application/json" else OpenApiTypes.BINARY
    assert issubclass(answer.shape, Serializer)
    return page_shape(answer.shape, answer.extra) if answer.is_list else answer.shape


def _examples(name: str, sent: Sent | None, answers: Sequence[Answer]) -> list[OpenApiExample]:
    found = []
    if sent is not None and sent.example is not None:
        found.append(
            OpenApiExample(
                f"{name} request", value=sent.example, request_only=True, media_type=sent.media_type
            )
        )
    for each in answers:
        if each.example is None:
            continue
        value = each.example
        if each.is_list:
            more = {key: shown for key, (_, shown) in each.extra.items()}
            value = {"items": [value], "next": None, "previous": None, **more}
        found.append(
            OpenApiExample(
                f"{name} {each.status}",
                value=value,
                response_only=True,
                status_codes=[str(each.status)],
                media_type=each.media_type,
            )
        )
    return found
