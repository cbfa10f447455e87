"""What the page of a file shows of it: tensors, a picture, rendered Markdown, a table, lines of text, or nothing."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models_catalog.artifacts.models import Header
from models_catalog.artifacts.queries import header_of
from models_catalog.artifacts.rasters import Raster
from models_catalog.cards.models import Card
from models_catalog.cards.queries import card_for_blob
from models_catalog.downloads.actions import OpenedFile
from models_catalog.downloads.pictures import MAX_BYTES, is_showable, rasters_of
from models_catalog.storage.queries import read_small
from models_catalog.web.tensors import TensorTable, tensor_table

TEXT_LIMIT = 512 * 1024
LINE_LIMIT = 5000
LINE_LENGTH = 4000
MOST_ROWS = 200
MOST_COLUMNS = 40
CELL_LENGTH = 300
SEPARATORS = {".csv": ",;", ".tsv": "\t"}
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
CODE_CARRIERS = (".pkl", ".pickle", ".pt", ".pth", ".bin", ".ckpt", ".joblib")


@dataclass(frozen=True, slots=True)
class CellTable:
    """The first rows of a table; ``total`` rows stand below its heading."""

    heading: Sequence[str]
    rows: Sequence[Sequence[str]]
    total: int

    @property
    def is_cut(self) -> bool:
        """Whether rows are left out."""
        return len(self.rows) < self.total


@dataclass(frozen=True, slots=True)
class Content:
    """One of these is there, or ``lines``, or nothing. ``has_source`` says that the text stands behind it."""

    header: Header | None = None
    tensors: TensorTable | None = None
    raster: Raster | None = None
    card: Card | None = None
    cells: CellTable | None = None
    lines: Sequence[str] | None = None
    has_source: bool = False
    is_cut: bool = False


def content_of(opened: OpenedFile, asked: Mapping[str, str]) -> Content:
    """What can be shown of a file whose three questions were answered; ``asked["show"]`` may say ``source``."""
    path, blob = opened.entry.path.lower(), opened.blob
    header = header_of(blob.pk)
    if header is not None:
        return Content(header=header, tensors=tensor_table(header, asked))
    if path.endswith(PICTURES) and opened.entry.size <= MAX_BYTES:
        raster = rasters_of([blob]).get(blob.sha256)
        if is_showable(raster, opened.entry.size):
            return Content(raster=raster)
    text = _text(read_small(blob, limit=TEXT_LIMIT))
    if text is None:
        return Content()
    card, cells = _card(path, blob.pk), _cells(path, text)
    if (card or cells) and asked.get("show") != "source":
        return Content(card=card, cells=cells, has_source=True)
    lines = text.splitlines()
    return Content(
        lines=[line[:LINE_LENGTH] for line in lines[:LINE_LIMIT]],
        has_source=bool(card or cells),
        is_cut=len(lines) > LINE_LIMIT or any(len(line) > LINE_LENGTH for line in lines),
    )


def _text(data: bytes | None) -> str | None:
    if data is None or b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _card(path: str, blob_id: int) -> Card | None:
    """The rendered Markdown; links in it are those of the root folder, so files of other folders have none."""
    return card_for_blob(blob_id) if path.endswith(".md") and "/" not in path else None


def _cells(path: str, text: str) -> CellTable | None:
    """A table with a heading and equally long rows below; ``None`` for anything else."""
    separators = SEPARATORS.get(path[-4:])
    if not separators or not text.strip():
        return None
    first = text.lstrip().splitlines()[0]
    separator = max(separators, key=first.count)
    try:
        rows = [row for row in csv.reader(text.splitlines(), delimiter=separator) if row]
    except csv.Error:
        return None
    width = len(rows[0]) if rows else 0
    if not 2 <= width <= MOST_COLUMNS or any(len(row) != width for row in rows):
        return None
    cut = [[cell[:CELL_LENGTH] for cell in row] for row in rows[: MOST_ROWS + 1]]
    return CellTable(heading=cut[0], rows=cut[1:], total=len(rows) - 1)
