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


def torch_tensors(folder: Path) -> None:
    """Tensors of torch with the small floating point types, shared memory and a scalar."""
    import torch
    from safetensors.torch import save_file, save_model

    target = folder / "benign" / "tensors"
    target.mkdir(parents=True)
    kinds = (
        "float32",
        "float16",
        "bfloat16",
        "float8_e4m3fn",
        "float8_e5m2",
        "int8",
        "int64",
        "bool",
        "complex64",
        "uint16",
    )
    tensors = {kind: torch.ones(4, 4).to(getattr(torch, kind)) for kind in kinds}
    tensors["scalar"] = torch.tensor(1.0)
    tensors["none"] = torch.zeros(0, 4)
    save_file(tensors, target / "model.safetensors", metadata={"format": "pt"})
    network = folder / "benign" / "network"
    network.mkdir(parents=True)
    layer = torch.nn.Linear(4, 4)
    save_model(
        torch.nn.Sequential(layer, torch.nn.ReLU(), layer), str(network / "model.safetensors")
    )


def bytes_behind(folder: Path) -> None:
    """A program behind the last tensor."""
    import numpy
    from safetensors.numpy import save

    target = folder / "malicious" / "bytes-behind"
    target.mkdir(parents=True)
    content = save({"w": numpy.zeros(4, dtype="float32")})
    (target / "model.safetensors").write_bytes(content + b"\x7fELF" * 64)


MAKERS: dict[str, Callable[[Path], None]] = {
    "numpy-arrays": numpy_arrays,
    "torch-tensors": torch_tensors,
    "bytes-behind": bytes_behind,
}
