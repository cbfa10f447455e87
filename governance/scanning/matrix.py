"""Which part of the engine looked at each file, and what it said: never an empty cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.scanning.queries import FileReport
from models_catalog.storage.models import Verdict, worst

NOT_APPLICABLE = ""
UNREAD = frozenset({"SCN"})  # findings about the scan itself: no part has seen all of the file


@dataclass(frozen=True, slots=True)
class Engine:
    """One part of the engine: the rules it speaks by, and the formats it reads (none named: every file)."""

    name: str
    title: str | Promise
    rules: frozenset[str]
    formats: frozenset[str] = frozenset()

    def applies(self, formats: Sequence[str]) -> bool:
        """Whether it looks at a file that was read as these."""
        return not self.formats or not self.formats.isdisjoint(formats)


NAMES = Engine("names", _("Names"), frozenset({"CTX"}))
ENGINES = (
    Engine("format", _("Format"), frozenset({"FMT", "SCN"})),
    Engine(
        "pickle",
        _("Pickle"),
        frozenset({"PKL", "NPY"}),
        frozenset({"pickle", "torch-exported", "torch-legacy", "torch-zip", "npy"}),
    ),
    Engine(
        "archive",
        _("Archive"),
        frozenset({"ZIP", "ARC"}),
        frozenset(
            {
                "zip",
                "torch-zip",
                "tar",
                "gzip",
                "bzip2",
                "xz",
                "lzma",
                "zlib",
                "zstd",
                "lz4",
            }
        ),
    ),
    Engine(
        "media",
        _("Documents and media"),
        frozenset({"MED", "PDF", "TAB", "MAT"}),
        frozenset(
            {
                *("png", "jpeg", "gif", "webp", "bmp", "ico", "tiff", "pdf"),
                *("aiff", "au", "caf", "netpbm", "wav", "flac", "ogg", "mp3", "mp4", "matroska"),
                *("font", "font-collection", "woff", "woff2"),
                *("parquet", "arrow", "arrow-stream", "tfrecord", "sentencepiece"),
                *("matlab", "matlab-4"),
            }
        ),
    ),
    Engine(
        "text",
        _("Text"),
        frozenset({"TXT", "JIN", "YML", "PYS", "NBK", "HTM", "SVG", "SEC", "CFG"}),
        frozenset({"text", "json", "html", "svg", "xml"}),
    ),
    Engine(
        "tensors",
        _("Tensors"),
        frozenset({"SFT", "GGU"}),
        frozenset({"safetensors", "gguf"}),
    ),
    Engine(
        "graphs",
        _("Graphs"),
        frozenset({"ONX", "TFG", "TFL", "CML", "OVI"}),
        frozenset(
            {
                *(
                    "onnx",
                    "onnx-tensor",
                    "onnx-text",
                    "tflite",
                    "coreml",
                    "coreml-weights",
                    "openvino",
                ),
                *("saved-model", "meta-graph", "graph-def", "pbtxt"),
                *("keras-metadata", "fingerprint", "tensor-bundle", "tensor-shard"),
            }
        ),
    ),
    Engine(
        "layers",
        _("Layers and trees"),
        frozenset({"HDF", "KER", "SKO", "NEM", "MSG", "BST", "PMM", "RDS"}),
        frozenset(
            {
                *("hdf5", "keras", "keras-h5", "keras-json", "skops", "nemo", "msgpack"),
                *("xgboost", "lightgbm", "catboost", "pmml", "rds", "rdata", "fasttext"),
            }
        ),
    ),
    NAMES,
)


def engine_of(rule: str) -> Engine | None:
    """The part that speaks by this rule."""
    return next((each for each in ENGINES if rule[:3] in each.rules), None)


def cells(file: FileReport) -> list[str]:
    """What each of ``ENGINES`` says of a file: a verdict, or ``NOT_APPLICABLE``."""
    return [_cell(file, engine) for engine in ENGINES]


def _cell(file: FileReport, engine: Engine) -> str:
    if engine is NAMES:
        return file.report.context.value
    if file.scan is None:
        return file.report.content.value
    found = [finding for finding in file.findings if finding["rule"][:3] in engine.rules]
    if found:
        return worst(*(_verdict(finding) for finding in found)).value
    if not engine.applies(file.scan.formats):
        return NOT_APPLICABLE
    is_unread = any(finding["rule"][:3] in UNREAD for finding in file.findings)
    return Verdict.ERROR.value if is_unread else Verdict.SAFE.value


def _verdict(finding: Mapping[str, Any]) -> str:
    return str(finding["verdict"])
