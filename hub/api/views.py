"""The base of every endpoint: what it reads, how often it may be asked, and how it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar, cast

from django.db.models import Model, QuerySet
from django.http import HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from hub.api.access import AnyAnswer, actor_of
from hub.api.etags import etag_of, is_known
from hub.api.keys import repeat_or_run
from hub.api.limits import spend_for
from hub.api.pages import page_answer, wanted_page
from hub.api.shapes import shown_all
from hub.core.actor import Actor
from hub.core.pagination import page_of
from hub.web.requests import HubRequest

M = TypeVar("M", bound=Model)


class ApiView(APIView):
    """An endpoint.

    ``open_to_strangers`` are the methods that need no account; ``spends`` names limits of ``hub.core.rate_limits``
    by method, beside the general one; ``keyed`` are methods that take an ``Idempotency-Key``, and ``shows_secret``
    says that their answer must not be kept.
    """

    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    open_to_strangers: ClassVar[tuple[str, ...]] = ()
    spends: ClassVar[Mapping[str, str]] = {}
    keyed: ClassVar[tuple[str, ...]] = ("POST",)
    shows_secret: ClassVar[bool] = False

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return actor_of(self.request)

    @property
    def plain_request(self) -> HubRequest:
        """The request as pages get it."""
        return cast("HubRequest", self.request._request)  # noqa: SLF001 - where REST framework keeps it

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count the request once it is known who asks, before anything is done for it."""
        self.perform_authentication(request)
        method = request.method or ""
        spend_for(self.plain_request, *filter(None, [self.spends.get(method)]))
        super().initial(request, *args, **kwargs)
        if method in self.keyed and "Idempotency-Key" in request.headers:
            self._run_once(request)

    def read(self, shape: type[Serializer[Any]], *, partial: bool = False) -> dict[str, Any]:
        """The body in the given shape. Raises ``ValidationError`` and what the parser raises."""
        body = shape(data=self.request.data, partial=partial, context={"request": self.request})
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def one(self, data: Any, *, status: int = 200, location: str = "") -> HttpResponseBase:
        """The answer with one resource: with its validator, or 304 when the caller has it."""
        etag = etag_of(data)
        if (
            status == 200
            and self.request.method in ("GET", "HEAD")
            and is_known(self.request, etag)
        ):
            known = Response(status=304)
            known.headers["ETag"] = etag
            return known
        response = Response(data, status=status)
        response.headers["ETag"] = etag
        if location:
            response.headers["Location"] = self.request.build_absolute_uri(location)
        return response

    def listed(
        self, rows: QuerySet[M], shape: type[Serializer[Any]], *, keys: Sequence[str]
    ) -> Response:
        """The page of ``rows`` that the request asks for, ordered by ``keys`` as ``page_of`` has them."""
        wanted = wanted_page(self.request)
        page = page_of(rows, keys=keys, cursor=wanted.cursor, size=wanted.size)
        return page_answer(self.request, shown_all(shape, page.rows), page)

    def finalize_response(  # type: ignore[override]  # bytes are no REST framework answers
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """What somebody sees is for nobody else: caches may keep nothing of it for others."""
        final = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        patch_vary_headers(final, ["Authorization", "Cookie"])
        if "Cache-Control" not in final.headers:
            final.headers["Cache-Control"] = "private, no-cache"
        return final

    def _run_once(self, request: Request) -> None:
        """Let the method run once for its key, and answer the second time with the first answer."""
        name = (request.method or "").lower()
        act = getattr(self, name)
        setattr(self, name, repeat_or_run(act, keeps_answer=not self.shows_secret))


class BytesView(ApiView):
    """An endpoint that answers with bytes, whatever ``Accept`` says."""

    content_negotiation_class = AnyAnswer
