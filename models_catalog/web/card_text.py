"""A rendered card as one visitor sees it: links lead into the revision, pictures come through their own door."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext as _

from hub.core.actor import Actor
from hub.ui.quantities import filesize
from models_catalog.artifacts.rasters import Raster
from models_catalog.cards.links import CardPicture, pictures_in, resolve_links
from models_catalog.cards.models import Card
from models_catalog.downloads.access import Standing, may_fetch
from models_catalog.downloads.pictures import MAX_BYTES, is_showable, rasters_of
from models_catalog.repos.models import Repo
from models_catalog.revisions.verdicts import PathReport
from models_catalog.storage.models import Blob

MOST_PICTURES = 60  # of one card; the others become links
_FIRST = re.compile(r"\s*<p>(.*?)</p>", re.S)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card is shown and to whom; ``is_saving`` leaves its pictures out."""

    repo: Repo
    rev: str
    reports: Mapping[str, PathReport]
    how: Standing
    actor: Actor
    is_saving: bool = False

    def address(self, door: str, path: str) -> str:
        """Where a file of the revision is: ``catalog:file`` or ``catalog:image``."""
        return reverse(
            f"catalog:{door}", args=[self.repo.namespace.name, self.repo.name, self.rev, path]
        )

    @property
    def files(self) -> str:
        """The address of the revision's files, with a slash at the end."""
        base = "/".join(quote(part) for part in (self.repo.namespace.name, self.repo.name))
        return f"/{base}/blob/{quote(self.rev)}/"


def card_text(card: Card, place: Place, *, is_whole: bool = False) -> str:
    """The card's HTML, safe to be shown; without a first paragraph that the head of the page says already.

    ``is_whole`` keeps that paragraph.
    """
    sha256 = card.blob.sha256
    html = card.html if is_whole else _without_summary(card.html, card.summary)
    rasters = _rasters(pictures_in(html, sha256=sha256), place)

    def shown(picture: CardPicture) -> str:
        raster = rasters.get(picture.path)
        return _shown(picture, raster, place) if raster else _instead(picture, place)

    return _with_focus(resolve_links(html, sha256=sha256, files=place.files, picture=shown))


def _with_focus(html: str) -> str:
    """Wide tables scroll sideways; the keyboard has to reach them for that."""
    label = escape(_("Table"))
    opening = f'<div class="scroll" tabindex="0" role="group" aria-label="{label}"><table'
    return html.replace("<table", opening).replace("</table>", "</table></div>")


def _without_summary(html: str, summary: str) -> str:
    first = _FIRST.match(html)
    if first is None or "<a " in first[1] or "<img" in first[1]:
        return html
    words = " ".join(entities.unescape(_TAG.sub("", first[1])).split())
    return html[first.end() :] if words == summary else html


def _rasters(paths: Sequence[str], place: Place) -> dict[str, Raster]:
    """Those of a card's pictures that this visitor is shown."""
    if place.is_saving:
        return {}
    wanted = [place.reports[path] for path in paths[:MOST_PICTURES] if path in place.reports]
    fetched = [
        report
        for report in wanted
        if report.entry.size <= MAX_BYTES and may_fetch(report, place.how, actor=place.actor)
    ]
    blobs = Blob.objects.in_bulk([report.entry.blob_id for report in fetched]) if fetched else {}
    found = rasters_of(blobs.values())
    return {
        report.path: found[report.entry.sha256]
        for report in fetched
        if is_showable(found.get(report.entry.sha256), report.entry.size)
    }


def _shown(picture: CardPicture, raster: Raster, place: Place) -> str:
    """The picture; its size stands with it, so that nothing moves when it arrives."""
    kept = dict(picture.attributes)
    if not {"width", "height"} & kept.keys():
        kept |= {"width": str(raster.width), "height": str(raster.height)}
    written = format_html_join("", ' {}="{}"', kept.items())
    return format_html('<img src="{}"{}>', place.address("image", picture.path), written)


def _instead(picture: CardPicture, place: Place) -> str:
    """Words in place of a picture that is not shown: a link to its file, if there is one."""
    words = picture.attributes.get("alt", "").strip()
    words = words or picture.path.rsplit("/", 1)[-1]
    report = place.reports.get(picture.path)
    if report is None or picture.is_linked:
        return format_html("<span>{}</span>", words)
    said = _("Picture: %(words)s, %(size)s") % {"words": words, "size": filesize(report.entry.size)}
    return format_html('<a href="{}">{}</a>', place.address("file", picture.path), said)
