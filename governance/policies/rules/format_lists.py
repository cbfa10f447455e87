"""Which formats files may be in, by what their bytes are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.policies.facts import Facts, FileFact
from governance.policies.outcomes import CheckOutcome, Outcome
from governance.policies.rules.base import Rule, listed
from governance.policies.rules.parameters import Kind, Parameter, Stricter

_Judge = Callable[[set[str]], bool]
# What scanning calls the formats that it knows, and what people do.
FORMATS: Mapping[str, str] = {
    "safetensors": "safetensors",
    "gguf": "GGUF",
    "onnx": "ONNX",
    "saved-model": "TensorFlow SavedModel",
    "meta-graph": "TensorFlow MetaGraph",
    "graph-def": "TensorFlow GraphDef",
    "tflite": "TensorFlow Lite",
    "coreml": "Core ML",
    "openvino": "OpenVINO",
    "npy": "NumPy",
    "hdf5": "HDF5",
    "keras": "Keras",
    "keras-h5": "Keras H5",
    "skops": "skops",
    "nemo": "NeMo",
    "msgpack": "MessagePack",
    "xgboost": "XGBoost",
    "lightgbm": "LightGBM",
    "catboost": "CatBoost",
    "fasttext": "fastText",
    "word2vec": "word2vec",
    "pmml": "PMML",
    "rds": "RDS",
    "rdata": "RData",
    "zarr": "Zarr",
    "parquet": "Parquet",
    "arrow": "Arrow",
    "arrow-stream": gettext_lazy("Arrow stream"),  # type: ignore[dict-item]
    "tfrecord": gettext_lazy("TFRecord, TensorBoard logs"),  # type: ignore[dict-item]
    "sentencepiece": "SentencePiece",
    "json": "JSON",
    "text": gettext_lazy("Text"),  # type: ignore[dict-item]
    "html": "HTML",
    "svg": "SVG",
    "png": "PNG",
    "jpeg": "JPEG",
    "gif": "GIF",
    "pdf": "PDF",
    "webp": "WebP",
    "bmp": "BMP",
    "tiff": "TIFF",
    "ico": "ICO",
    "wav": "WAV",
    "flac": "FLAC",
    "ogg": "Ogg",
    "mp3": "MP3",
    "mp4": "MP4, MOV, M4A, HEIC, AVIF",
    "matroska": "Matroska, WebM",
    "font": "TrueType, OpenType",
    "woff": "WOFF",
    "woff2": "WOFF2",
    "zip": "ZIP",
    "tar": "tar",
    "gzip": "gzip",
    "xz": "xz",
    "bzip2": "bzip2",
    "lzma": "LZMA",
    "zlib": "zlib",
    "zstd": "Zstandard",
    "7z": "7-Zip",
    "rar": "RAR",
    "lz4": "LZ4",
    "sqlite": "SQLite",
    "pickle": "Pickle",
    "java-serialized": "Java serialization",
    "java-class": "Java class",
    "elf": "ELF",
    "macho": "Mach-O",
    "pe": "Windows program",
    "numbers": gettext_lazy("Plain numbers"),  # type: ignore[dict-item]
    "unknown": gettext_lazy("Not recognised"),  # type: ignore[dict-item]
}


@dataclass(frozen=True, slots=True)
class AllowedFormats(Rule):
    """Every file is in one of the ``allowed`` formats and in no other: bytes that are two things need both."""

    allowed: tuple[str, ...] = ("safetensors", "gguf", "json", "text", "png", "jpeg")
    id: ClassVar[str] = "allowed_formats"
    name: ClassVar = gettext_lazy("Allowed formats")
    is_waivable: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="allowed",
            kind=Kind.CHOICES,
            label=gettext_lazy("Formats"),
            help=gettext_lazy(
                "Files are judged by what their bytes are, whatever they are called."
            ),
            stricter=Stricter.COMMON,
            choices=lambda: FORMATS,
            is_optional=True,
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return _("Every file is in an allowed format")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail with the files that are something else; wait while nobody has read them."""
        return _judged(self, facts, lambda formats: bool(formats - set(self.allowed)))


@dataclass(frozen=True, slots=True)
class ForbiddenFormats(Rule):
    """No file is in one of the ``forbidden`` formats, even if it is something else as well."""

    forbidden: tuple[str, ...] = ("pickle", "elf", "macho", "pe")
    id: ClassVar[str] = "forbidden_formats"
    name: ClassVar = gettext_lazy("Forbidden formats")
    is_waivable: ClassVar[bool] = True
    parameters: ClassVar = (
        Parameter(
            name="forbidden",
            kind=Kind.CHOICES,
            label=gettext_lazy("Formats"),
            help=gettext_lazy(
                "Files are judged by what their bytes are, whatever they are called."
            ),
            choices=lambda: FORMATS,
        ),
    )

    @property
    def title(self) -> str:
        """See the class."""
        return _("No file is in a forbidden format")

    def evaluate(self, facts: Facts) -> CheckOutcome:
        """Fail with the files that are; wait while nobody has read them."""
        return _judged(self, facts, lambda formats: bool(formats & set(self.forbidden)))


def _judged(rule: Rule, facts: Facts, is_refused: _Judge) -> CheckOutcome:
    refused = [file for file in facts.files if file.formats and is_refused(set(file.formats))]
    if refused:
        reason = _("{files}. Save them in another format, or remove them.").format(
            files=listed([_told(file) for file in refused])
        )
        return rule.says(Outcome.FAIL, reason, [file.path for file in refused])
    unread = [file.path for file in facts.files if file.formats is None]
    if unread:
        reason = _("The formats of {names} are not known until they have been scanned.").format(
            names=listed(unread)
        )
        return rule.says(Outcome.PENDING, reason, unread)
    return rule.says(Outcome.PASS, _("No file is in a format that is not wanted."))


def _told(file: FileFact) -> str:
    formats: Collection[str] = file.formats or ()
    names = ", ".join(str(FORMATS.get(each, each)) for each in formats)
    return f"{file.path} ({names})"
