"""NeMo models, and settings that Hydra puts together."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from collections.abc import Iterator, Mapping

from tests.scanning.sample import Sample, benign, malformed, malicious
from tests.scanning.zips import zipped

_PICKLE = b"\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x02id\x85R."
_WEIGHTS = b"\x80\x02}."
_SETTINGS = """sample_rate: 16000
labels: [a, b, c]
preprocessor:
  _target_: nemo.collections.asr.modules.AudioToMelSpectrogramPreprocessor
  normalize: per_feature
optim:
  _target_: torch.optim.AdamW
  lr: 0.001
train_ds:
  loader: {_target_: torch.utils.data.DataLoader, batch_size: 8}
target: nemo.collections.asr.models.EncDecCTCModel
nemo_version: 2.3.0
"""


def tar(members: Mapping[str, bytes]) -> bytes:
    """An archive of these members."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in members.items():
            one = tarfile.TarInfo(name)
            one.size = len(content)
            archive.addfile(one, io.BytesIO(content))
    return target.getvalue()


def nemo(settings: str | bytes, weights: bytes = _WEIGHTS, **more: bytes) -> bytes:
    """A model with these settings."""
    written = settings.encode() if isinstance(settings, str) else settings
    checkpoint = zipped({"model_weights/data.pkl": weights, "model_weights/version": b"3\n"})
    return tar({"./model_config.yaml": written, "./model_weights.ckpt": checkpoint, **more})


def _with(entry: str) -> str:
    return f"{_SETTINGS}extra:\n{entry}\n"


_TRICKS = {
    "command": "  _target_: os.system\n  command: id",
    "program": "  _target_: subprocess.Popen\n  args: [id]",
    "program-text": "  _target_: builtins.exec\n  _args_: [x]",
    "flow": "  a: {b: [{_target_: os.system, command: id}]}",
    "quoted": "  '_target_': 'os.system'",
    "written-in-numbers": '  "\\u005ftarget_": "os.sys\\u0074em"',
    "key-as-json": '  {"_target_": "posix.system"}',
    "alias": "  a: &x os.system\n  b: {_target_: *x}",
    "worked-out": "  _target_: ${extra.name}\n  name: os.system",
    "method-of-hydra": "  _target_: hydra.utils.get_method\n  path: os.system",
    "load-of-torch": "  _target_: torch.hub.load\n  repo_or_dir: evil/repo",
    "load-of-numpy": "  _target_: numpy.load\n  file: x.npy",
    "somebody": "  _target_: mine.models.Model",
    "old-key": "  target: os.system",
    "class-path": "  class_path: subprocess.run",
    "component": "  _component_: os.popen",
    "folded-text": "  _target_: >-\n    os.system",
    "odd-letters": '  _target_: "оs.system"',  # noqa: RUF001 - Cyrillic on purpose
}


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield benign("model", "model.nemo", nemo(_SETTINGS))
    yield benign("packed-model", "model.nemo", gzip.compress(nemo(_SETTINGS), mtime=0))
    yield benign("with-a-vocabulary", "model.nemo", nemo(_SETTINGS, **{"./vocab.txt": b"a\nb\n"}))
    yield benign("settings-alone", "config.yaml", _SETTINGS.encode())
    yield benign(
        "settings-of-diffusion",
        "v1.yaml",
        b"model:\n  target: ldm.models.diffusion.ddpm.LatentDiffusion\n",
    )
    yield benign(
        "settings-as-json",
        "config.json",
        json.dumps({"optim": {"_target_": "torch.optim.Adam", "lr": 1}}).encode(),
    )
    yield benign(
        "text-about-targets",
        "NOTES.md",
        b"# Targets\nThe entry `_target_` names a class: os.system is not one.\n",
    )
    for name, entry in _TRICKS.items():
        yield malicious(name, "model.nemo", nemo(_with(entry)))
    yield malicious("settings-alone-command", "config.yaml", _with(_TRICKS["command"]).encode())
    yield malicious(
        "settings-as-json-command",
        "config.json",
        json.dumps({"a": [{"_target_": "os.system"}]}).encode(),
    )
    yield malicious("pickle-in-weights", "model.nemo", nemo(_SETTINGS, _PICKLE))
    yield malicious("pickle-beside-weights", "model.nemo", nemo(_SETTINGS, **{"./a.pkl": _PICKLE}))
    yield malicious(
        "script-beside-weights", "model.nemo", nemo(_SETTINGS, **{"./run.py": b"import os\n"})
    )
    yield malicious("name-that-leads-out", "model.nemo", nemo(_SETTINGS, **{"../../x.txt": b"x"}))
    whole = nemo(_SETTINGS)
    yield malformed("cut", "model.nemo", whole[:2000])
    yield malformed("packed-cut", "model.nemo", gzip.compress(whole, mtime=0)[:-20])
    yield malformed("settings-are-no-yaml", "model.nemo", nemo("a: [1, 2\nb: }"))
    yield malformed("settings-are-no-text", "model.nemo", nemo(b"\xff\xfe\x00bad"))
    yield malformed("settings-are-empty", "model.nemo", nemo("# nothing\n"))
    yield malformed(
        "weights-cut",
        "model.nemo",
        tar(
            {
                "model_config.yaml": _SETTINGS.encode(),
                "model_weights.ckpt": zipped({"a/data.pkl": _WEIGHTS})[:-9],
            }
        ),
    )
