"""``/sitemap.xml``: an index, and parts of a bounded number of addresses (sitemaps.org).

A part holds the public models whose numbers lie in one range, so that making it costs the same in a catalogue of any
size and its address never comes to mean something else. Parts are kept for some minutes, compressed.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from accounts.namespaces.models import Namespace
from hub.core.actor import ANONYMOUS
from hub.core.errors import NotFound
from hub.guide.chapters import CHAPTERS
from models_catalog.repos.models import Repo
from models_catalog.taxonomy.queries import tasks

PART = 10_000  # addresses
KEPT = 600  # seconds
AT_ONCE = 1000  # rows read at a time
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NAME = re.compile(r"pages|(models|owners)-([1-9][0-9]{0,8})")

Place = tuple[str, datetime | None]


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index, or the part that ``?part=`` names."""
    packed = _kept(_checked(request.GET.get("part", "")))
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = packed
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.content = gzip.decompress(packed)
    patch_vary_headers(response, ["Accept-Encoding"])
    response.headers["Cache-Control"] = f"public, max-age={KEPT}"
    return response


def _checked(name: str) -> str:
    if name and not _NAME.fullmatch(name):
        raise NotFound
    return name


def _kept(name: str) -> bytes:
    """The part as it was made some minutes ago, or now."""
    key = f"sitemap:{settings.PUBLIC_URL}:{name}"
    packed: bytes | None = cache.get(key)
    if packed is None:
        text = "".join(_urls(_places(name)) if name else _index(_parts()))
        packed = gzip.compress(text.encode(), compresslevel=6)
        if "<loc>" in text:  # there is no end of empty parts that somebody could ask for
            cache.set(key, packed, KEPT)
    return packed


def _shown() -> QuerySet[Repo]:
    """What a stranger may see and fetch."""
    return Repo.objects.visible_to(ANONYMOUS).filter(withdrawn_at=None)


def _owners() -> QuerySet[Namespace]:
    return Namespace.objects.filter(pk__in=_shown().values("namespace_id"))


def _parts() -> Iterator[str]:
    """The names of all parts."""
    yield "pages"
    for kind, rows in (("models", _shown()), ("owners", _owners())):
        last = rows.aggregate(last=Max("pk"))["last"] or 0
        yield from (f"{kind}-{number}" for number in range(1, -(-last // PART) + 1))


def _places(name: str) -> Iterable[Place]:
    """The addresses of one part, with the time of their last change where it is known."""
    kind, _, number = name.partition("-")
    if kind == "pages":
        return _pages()
    first, behind = (int(number) - 1) * PART + 1, int(number) * PART + 1
    return _models(first, behind) if kind == "models" else _names(first, behind)


def _pages() -> Iterator[Place]:
    for address in (
        reverse("catalog:home"),
        reverse("catalog:model-list"),
        reverse("accounts:organizations"),
    ):
        yield address, None
    yield reverse("guide:index"), None
    yield from ((reverse("guide:page", args=[each.slug]), None) for each in CHAPTERS)
    yield from ((reverse("catalog:task", args=[task]), None) for task in tasks())


def _models(first: int, behind: int) -> Iterator[Place]:
    rows = _shown().filter(pk__gte=first, pk__lt=behind).order_by("pk")
    for namespace, name, updated in rows.values_list(
        "namespace__name", "name", "updated_at"
    ).iterator(chunk_size=AT_ONCE):
        yield f"/{quote(namespace)}/{quote(name)}", updated


def _names(first: int, behind: int) -> Iterator[Place]:
    rows = _owners().filter(pk__gte=first, pk__lt=behind).order_by("pk")
    for name in rows.values_list("name", flat=True).iterator(chunk_size=AT_ONCE):
        yield f"/{quote(name)}", None


def _urls(places: Iterable[Place]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SCHEMA}">\n'
    for path, changed in places:
        when = f"<lastmod>{changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if changed else ""
        yield f"<url><loc>{escape(settings.PUBLIC_URL + path)}</loc>{when}</url>\n"
    yield "</urlset>\n"


def _index(names: Iterable[str]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{SCHEMA}">\n'
    here = f"{settings.PUBLIC_URL}{reverse('guide:sitemap')}"
    yield from (f"<sitemap><loc>{here}?part={name}</loc></sitemap>\n" for name in names)
    yield "</sitemapindex>\n"
