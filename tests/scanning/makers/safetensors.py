"""Tensors written by safetensors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def numpy_arrays(folder: Path) -> None:
    """A file of NumPy arrays of several types, with metadata."""
    import numpy
    from safetensors.numpy import save_file

    target = folder / "benign" / "arrays"
    target.mkdir(parents=True)
    arrays = {
        kind: numpy.arange(12, dtype=kind).reshape(3, 4)
        for kind in ("float32", "int8", "uint64", "float16")
    }
    save_file(arrays, target / "model.safetensors", metadata={"format": "np"})


MAKERS: dict[str, Callable[[Path], None]] = {"numpy-arrays": numpy_arrays}
