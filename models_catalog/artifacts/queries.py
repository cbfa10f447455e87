"""Reading what is known of weight files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models_catalog.artifacts.models import Header
from models_catalog.artifacts.safetensors import READER
from models_catalog.revisions.trees import FileEntry

WEIGHTS = ".safetensors"
FORMATS = {
    ".safetensors": "safetensors",
    ".gguf": "GGUF",
    ".onnx": "ONNX",
    ".tflite": "TFLite",
    ".bin": "PyTorch",
    ".pt": "PyTorch",
    ".pth": "PyTorch",
    ".ckpt": "PyTorch",
    ".h5": "HDF5",
    ".keras": "Keras",
    ".npz": "NumPy",
    ".pkl": "Pickle",
    ".joblib": "Pickle",
}
_SHARD = re.compile(r"-\d{5}-of-\d{5}(?=\.)")


@dataclass(frozen=True, slots=True)
class Weights:
    """What the headers of a revision say together. ``main_type`` is the type of most parameters."""

    parameters: int | None
    main_type: str


def header_of(blob_id: int) -> Header | None:
    """The header of one file, with its tensors; ``None`` while it is unread or when it has none."""
    return Header.objects.filter(blob_id=blob_id, reader=READER).first()


def weights_of(files: Mapping[str, FileEntry]) -> Weights:
    """The parameters of a revision: shards are added up, of several variants in one folder the largest counts.

    ``parameters`` is ``None`` while a header is unread or when there are no safetensors files.
    """
    paths = {path: entry.blob_id for path, entry in files.items() if path.endswith(WEIGHTS)}
    headers = {
        header.blob_id: header
        for header in Header.objects.filter(blob_id__in=set(paths.values()), reader=READER).defer(
            "tensors"
        )
    }
    found = [(path, headers[blob_id]) for path, blob_id in paths.items() if blob_id in headers]
    if (
        len(found) < len(paths)
        or not found
        or any(header.parameters is None for _, header in found)
    ):
        return Weights(None, _main_type(header for _, header in found))
    folders: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for path, header in found:
        folder, _, name = path.rpartition("/")
        folders[folder][_SHARD.sub("", name)] += header.parameters or 0
    total = sum(max(variants.values()) for variants in folders.values())
    return Weights(total, _main_type(header for _, header in found))


def _main_type(headers: Iterable[Header]) -> str:
    types: dict[str, int] = defaultdict(int)
    for header in headers:
        for kind, count in header.facts.get("types", {}).items():
            types[kind] += count
    return max(types, key=lambda kind: types[kind], default="")


def formats_of(paths: Iterable[str]) -> list[str]:
    """The formats of weights among some files, by their endings, each once, in the order of ``FORMATS``."""
    endings = {
        f".{path.rsplit('.', 1)[-1].lower()}" for path in paths if "." in path.rsplit("/", 1)[-1]
    }
    return list(dict.fromkeys(name for ending, name in FORMATS.items() if ending in endings))
