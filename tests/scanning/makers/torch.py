"""Checkpoints as torch writes them: weights, whole modules, training states, compiled programs."""

from __future__ import annotations

import collections
import os
import pickle
from pathlib import Path
from typing import Any

COMMAND = "id"


def make_state_dicts(folder: Path) -> None:
    """Weights alone, in the form of today and in the one before version 1.6."""
    import torch

    net = _net()
    state = net.state_dict()
    _save(state, folder / "benign" / "torch-state-dict" / "pytorch_model.bin")
    _save(state, folder / "benign" / "torch-legacy" / "model.pt", zipped=False)
    halves = {name: tensor.half() for name, tensor in state.items()}
    _save(halves, folder / "benign" / "torch-half" / "model.pth")
    shared = torch.zeros(4, 4)
    _save({"a": shared, "b": shared.t(), "c": shared[1:]}, folder / "benign/torch-shared/model.pt")
    _save(_odd_tensors(), folder / "benign" / "torch-odd-tensors" / "model.pt")
    _save(_odd_tensors(), folder / "benign" / "torch-odd-legacy" / "model.pt", zipped=False)
    torch.serialization.set_crc32_options(False)
    _save(state, folder / "benign" / "torch-no-checksums" / "model.pt")
    torch.serialization.set_crc32_options(True)
    _save({"empty": torch.empty(0)}, folder / "benign" / "torch-empty" / "model.pt")


def make_training_states(folder: Path) -> None:
    """Optimisers, schedulers and random generators, as a trainer keeps them."""
    import numpy as np
    import torch

    net = _net()
    optimiser = torch.optim.AdamW(net.parameters())
    net(torch.randn(2, 8)).sum().backward()
    optimiser.step()
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, 10)
    checkpoint = {
        "epoch": 3,
        "state_dict": net.state_dict(),
        "optimizer": optimiser.state_dict(),
        "lr_schedulers": [scheduler.state_dict()],
        "rng": {"torch": torch.get_rng_state(), "numpy": np.random.get_state()},
        "pytorch-lightning_version": "2.5.0",
        "hyper_parameters": {"lr": 1e-3, "layers": (8, 4), "device": torch.device("cpu")},
        "loops": collections.OrderedDict(fit={"progress": {"total": 1}}),
        "best": np.float64(0.5),
    }
    _save(checkpoint, folder / "benign" / "torch-training" / "last.ckpt")
    _save(optimiser, folder / "benign" / "torch-optimiser-object" / "optimizer.pt")


def make_modules(folder: Path) -> None:
    """Whole modules of torch itself."""
    import torch

    nn = torch.nn
    modules: dict[str, Any] = {
        "sequential": _net(),
        "transformer": nn.TransformerEncoder(
            nn.TransformerEncoderLayer(8, 2, 16, activation="gelu"), 1
        ),
        "recurrent": nn.LSTM(4, 3, 2),
        "convolution": nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Flatten()),
        "embedding": nn.ModuleDict({"e": nn.Embedding(5, 3), "n": nn.LayerNorm(3)}),
        "normed": nn.utils.weight_norm(nn.Linear(3, 3)),
        "parallel": nn.DataParallel(_net()),
        "averaged": torch.optim.swa_utils.AveragedModel(_net()),
        "attention": nn.MultiheadAttention(4, 2),
        "loss": nn.CrossEntropyLoss(weight=torch.ones(3)),
    }
    for name, module in modules.items():
        _save(module, folder / "benign" / f"torch-module-{name}" / "model.pt")
        _save(module, folder / "benign" / f"torch-module-{name}-legacy" / "model.pt", zipped=False)


def make_pickled_tensors(folder: Path) -> None:
    """Tensors in pickles that torch.save did not write, by every protocol."""
    import torch

    for protocol in range(6):
        target = _place(folder / "benign" / f"tensors-protocol-{protocol}" / "model.pkl")
        target.write_bytes(pickle.dumps({"t": torch.ones(2), "net": _net()}, protocol))
    _save(torch.utils.data.TensorDataset(torch.ones(3)), folder / "benign/torch-dataset/data.pt")


def make_quantised(folder: Path) -> None:
    """Quantised tensors and modules."""
    import torch

    tensor = torch.quantize_per_tensor(torch.randn(4, 4), 0.1, 0, torch.qint8)
    channels = torch.quantize_per_channel(
        torch.randn(4, 4), torch.ones(4), torch.zeros(4), 0, torch.quint8
    )
    dynamic = torch.ao.quantization.quantize_dynamic(_net(), {torch.nn.Linear})
    _save(dynamic.state_dict(), folder / "benign" / "torch-quantised-weights" / "model.pt")
    _save({"a": tensor, "b": channels}, folder / "benign" / "torch-quantised" / "model.pt")


def make_programs(folder: Path) -> None:
    """Modules compiled by script and by trace."""
    import torch

    net = _net().eval()
    _script(torch.jit.script(net), folder / "benign" / "torch-scripted" / "model.pt")
    _script(
        torch.jit.trace(net, torch.zeros(1, 8)), folder / "benign" / "torch-traced" / "model.pt"
    )
    lstm = torch.jit.script(torch.nn.LSTM(4, 3, 2))
    _script(lstm, folder / "benign" / "torch-scripted-lstm" / "model.pt")
    layer = torch.nn.TransformerEncoderLayer(8, 2, 16).eval()
    _script(torch.jit.script(layer), folder / "benign" / "torch-scripted-transformer" / "model.pt")
    layers = torch.nn.Sequential(
        torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2), torch.nn.Flatten()
    )
    traced = torch.jit.trace(layers.eval(), torch.zeros(1, 1, 8, 8))
    _script(traced, folder / "benign" / "torch-traced-convolution" / "model.pt")
    extra = _place(folder / "benign" / "torch-extra-files" / "model.pt")
    torch.jit.save(torch.jit.script(net), str(extra), _extra_files={"config.json": '{"a": 1}'})
    lite = _place(folder / "benign" / "torch-lite" / "model.ptl")
    torch.jit.script(net)._save_for_lite_interpreter(str(lite))
    frozen = torch.jit.freeze(torch.jit.script(net))
    _script(frozen, folder / "benign" / "torch-frozen" / "model.pt")


def make_exported(folder: Path) -> None:
    """A module exported by torch.export."""
    import torch

    target = _place(folder / "benign" / "torch-exported" / "model.pt2")
    torch.export.save(torch.export.export(_net().eval(), (torch.zeros(1, 8),)), str(target))
    sizes = {"input": {0: torch.export.Dim("rows", min=2, max=9)}}
    exported = torch.export.export(_net().eval(), (torch.zeros(3, 8),), dynamic_shapes=sizes)
    torch.export.save(
        exported, str(_place(folder / "benign" / "torch-exported-sizes" / "model.pt2"))
    )


def make_attacks(folder: Path) -> None:
    """Checkpoints that would run a command; they are written here and never loaded."""
    import torch

    state = dict(_net().state_dict())
    state["extra"] = _Runs()
    _save(state, folder / "malicious" / "torch-reduce" / "model.pt")
    _save(state, folder / "malicious" / "torch-reduce-legacy" / "model.pt", zipped=False)
    module = torch.nn.Linear(2, 2)
    module.hidden = _Runs()
    _save(module, folder / "malicious" / "torch-module-reduce" / "model.pt")
    target = folder / "malicious" / "torch-appended" / "model.pt"
    _save({"w": torch.zeros(3)}, target, zipped=False)
    with target.open("ab") as file:
        file.write(pickle.dumps(_Runs()))


class _Runs:
    """Pickles as a call of a shell."""

    def __reduce__(self) -> Any:
        return os.system, (COMMAND,)


def _net() -> Any:
    import torch

    torch.manual_seed(0)
    return torch.nn.Sequential(torch.nn.Linear(8, 4), torch.nn.ReLU(), torch.nn.Linear(4, 2))


def _odd_tensors() -> dict[str, Any]:
    import torch

    parameter = torch.nn.Parameter(torch.ones(2))
    parameter.tag = "kept"
    return {
        "bfloat16": torch.ones(2, dtype=torch.bfloat16),
        "bool": torch.ones(2, dtype=torch.bool),
        "complex": torch.ones(2, dtype=torch.complex64),
        "double": torch.ones(2, dtype=torch.float64),
        "float8": torch.ones(2).to(torch.float8_e4m3fn),
        "parameter": torch.nn.Parameter(torch.ones(2)),
        "tagged": parameter,
        "scalar": torch.tensor(3),
        "uint16": torch.ones(2, dtype=torch.uint16),
        "shape": torch.Size([1, 2]),
        "type": torch.float16,
    }


def _place(target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _save(value: Any, target: Path, *, zipped: bool = True) -> None:
    import torch

    torch.save(value, _place(target), _use_new_zipfile_serialization=zipped)


def _script(module: Any, target: Path) -> None:
    module.save(str(_place(target)))


MAKERS = {
    "torch-state-dicts": make_state_dicts,
    "torch-training-states": make_training_states,
    "torch-modules": make_modules,
    "torch-pickled-tensors": make_pickled_tensors,
    "torch-quantised": make_quantised,
    "torch-programs": make_programs,
    "torch-exported": make_exported,
    "torch-attacks": make_attacks,
}
