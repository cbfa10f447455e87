"""YAML: settings as they are, tags that run code, bombs, and MLmodel files."""

from __future__ import annotations

from collections.abc import Iterator

from tests.scanning.sample import Sample, benign, malformed, malicious

ORDINARY = {
    "training": b"model:\n  name: bert\n  layers: 12\nlr: 1.0e-5\ntags: [a, b]\nnote: |\n  several\n  lines\n",
    "merge-keys": b"base: &base\n  lr: 0.1\n  steps: 10\nbig:\n  <<: *base\n  steps: 100\nsmall: *base\n",
    "several-documents": b"---\na: 1\n---\nb: 2\n...\n",
    "own-tags": b"a: !!float 1\nb: !!binary aGVsbG8=\nc: !!set {x, y}\nd: !!str 12\ne: !!timestamp 2001-01-01\n",
    "python-tuple": b"size: !!python/tuple [224, 224]\n",
    "hydra": b"model:\n  _target_: torch.nn.Linear\n  in_features: 4\noptimizer:\n  _target_: torch.optim.AdamW\n  _partial_: true\ncallbacks:\n- _target_: src.callbacks.Mine\n",
    "lightning": b"trainer:\n  class_path: pytorch_lightning.Trainer\n  init_args: {max_epochs: 3}\n",
    "speech": b"encoder: !new:speechbrain.lobes.models.ECAPA_TDNN.ECAPA_TDNN\n  input_size: !ref <n_mels>\nn_mels: 80\nloss: !name:speechbrain.nnet.losses.nll_loss\nseed: !apply:torch.manual_seed [1]\n",
    "latent": b"model:\n  target: ldm.models.diffusion.ddpm.LatentDiffusion\n  params:\n    linear_start: 0.00085\n",
    "environment-values": b"key: !ENV ${HOME}\nother: ${oc.env:USER}\n",
    "yolo": b"nc: 80\ndepth_multiple: 0.33\nbackbone:\n  - [-1, 1, Conv, [64, 6, 2, 2]]\n  - [-1, 3, C3, [128]]\n",
    "talks-about-tags": b"help: 'write !!python/object/apply:os.system to see it fail'\n# !!python/name:os.system\n",
    "comments": b"# only a comment\n",
}
HOSTILE = {
    "apply": b"a: !!python/object/apply:os.system ['id']\n",
    "new": b"a: !!python/object/new:subprocess.Popen [['id']]\n",
    "name": b"a: !!python/name:os.system\n",
    "module": b"a: !!python/module:antigravity\n",
    "object": b"a: !!python/object:__main__.Model {x: 1}\n",
    "verbatim-tag": b"a: !<tag:yaml.org,2002:python/object/apply:os.system> ['id']\n",
    "directive": b"%TAG !p! tag:yaml.org,2002:python/\n---\na: !p!object/apply:os.system ['id']\n",
    "percent-signs": b"a: !!%70ython/object/apply:os.system ['id']\n",
    "second-document": b"a: 1\n---\nb: !!python/object/apply:os.system ['id']\n",
    "as-key": b"? !!python/object/apply:os.system ['id']\n: 1\n",
    "eval-in-new": b"a: !!python/object/new:tuple\n- !!python/object/new:map\n  - !!python/name:eval\n  - ['1']\n",
    "flow": b"{a: [!!python/object/apply:os.system ['id']]}\n",
    "hydra-command": b"model:\n  _target_: os.system\n  command: id\n",
    "hydra-through-library": b"model:\n  _target_: numpy.os.system\n  _args_: [id]\n",
    "hydra-eval": b"x:\n  _target_: builtins.eval\n  _args_: ['1']\n",
    "class-path": b"callback:\n  class_path: subprocess.Popen\n  init_args: {args: id}\n",
    "target-and-params": b"model:\n  target: subprocess.call\n  params: {args: id}\n",
    "speech-apply": b"seed: !apply:os.system [id]\n",
    "resolver": b"a: ${eval:'1'}\n",
    "unknown-tag": b"a: !construct {x: 1}\n",
    "include-tag": b"a: !include /etc/passwd\n",
    "bomb": b"a: &a [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (98 + i, 98 + i, b", ".join([b"*%c" % (97 + i)] * 10)) for i in range(9)),
    "before-what-is-no-yaml": b"a: !!python/object/apply:os.system ['id']\n---\n: ]\n",
    "wide": "a: !!python/object/apply:os.system ['id']\n".encode("utf-16"),
}  # fmt: skip
FLAVOUR = b"artifact_path: model\nflavors:\n  python_function:\n    env: {conda: conda.yaml}\n    loader_module: %s\n%s    python_version: 3.11.4\nmlflow_version: 2.9.2\n"


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    for name, content in ORDINARY.items():
        yield benign(name, "config.yaml", content)
    for name, content in HOSTILE.items():
        yield malicious(name, "config.yaml", content)
    yield malicious("tag-without-ending", "hparams", HOSTILE["apply"])
    yield malicious(
        "tag-behind-much-text",
        "config.yaml",
        b"# " + b"x" * 5_000_000 + b"\na: !!python/object/apply:os.system ['id']\n",
    )
    yield benign(
        "mlmodel", "MLmodel", FLAVOUR % (b"mlflow.sklearn", b"    model_path: model.pkl\n")
    )
    yield malicious("mlmodel-own-loader", "MLmodel", FLAVOUR % (b"my_loader", b""))
    yield malicious("mlmodel-loader-of-python", "MLmodel", FLAVOUR % (b"os", b""))
    yield malicious("mlmodel-code", "MLmodel", FLAVOUR % (b"mlflow.sklearn", b"    code: code\n"))
    yield malicious(
        "mlmodel-from-code",
        "MLmodel",
        FLAVOUR % (b"mlflow.pyfunc.model", b"    model_code_path: agent.py\n"),
    )
    yield malformed("no-yaml", "config.yaml", b"a: [1, 2\nb: }\n")
    yield malformed("tab", "config.yaml", b"a:\n\t- 1\n")
    yield malformed("unknown-anchor", "config.yaml", b"a: {b: *}\n")
    yield malformed("too-deep", "config.yaml", b"a: " + b"[" * 400 + b"]" * 400)
    conda = b"name: x\nchannels: [conda-forge]\ndependencies:\n- python=3.11\n- pip:\n  - torch==2.1\n  - mlflow\n"
    yield benign("conda", "conda.yaml", conda)
    yield malicious(
        "conda-from-elsewhere", "conda.yaml", conda + b"  - git+https://git.example.net/x/y.git\n"
    )
