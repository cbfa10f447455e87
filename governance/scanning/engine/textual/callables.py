"""What becomes of a dotted name that a configuration asks to be imported and called."""

from __future__ import annotations

import re
from enum import Enum

from governance.scanning.engine.pickle import lists, names
from governance.scanning.engine.words import words


class Callable(Enum):
    """The opinion on such a name."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    DENIED = "denied"
    NO_NAME = "no name"


_DOTTED = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:[.:][A-Za-z_][A-Za-z0-9_]*)+")
_PLAIN = words("""collections datetime decimal fractions math itertools functools.partial pathlib.Path pathlib.PurePath
    pathlib.PurePosixPath logging.getLogger random.Random operator.itemgetter uuid.UUID statistics
    builtins.dict builtins.list builtins.set builtins.tuple builtins.int builtins.float builtins.str builtins.bool
    builtins.range builtins.slice builtins.len builtins.sum builtins.min builtins.max builtins.abs builtins.frozenset
    torch.utils.data torch.utils.tensorboard torch.distributed.fsdp builtins.complex builtins.bytes builtins.zip builtins.enumerate builtins.sorted builtins.reversed builtins.round""")
_NEVER = words("""os posix sys subprocess builtins importlib ctypes pickle dill cloudpickle runpy socket shutil pty
    marshal __builtin__ __builtins__""")
_REACHES = words("""torch.load torch.hub torch.jit.load torch.ops.load_library torch.utils.cpp_extension torch.package torch.classes numpy.load
    joblib.load pandas.read_pickle pandas.eval numexpr.evaluate yaml.load yaml.unsafe_load yaml.full_load requests wget gdown
    paramiko fabric sh plumbum fsspec.open httpx aiohttp pexpect keras.saving.load_model keras.models.load_model
    tensorflow.keras.models.load_model tensorflow.saved_model.load tensorflow.py_function tensorflow.io hydra.utils.call hydra.utils.get_method hydra.utils.get_object hydra.utils.get_class
    hydra.utils.instantiate hydra._internal
    transformers.dynamic_module_utils huggingface_hub.snapshot_download mlflow.pyfunc.load_model IPython""")
_COMMANDS = words(
    "system popen exec eval execv execve spawn check_output getoutput compile __import__ run_module run_path"
)
_LIBRARIES = words("""accelerate audiocraft braceexpand composer datasets deepspeed diffusers einops fastai flax gluonts jax keras
    kornia lightgbm lightning lightning_fabric litgpt mmcv mmdet mmengine monai nemo numpy omegaconf optax optuna pandas peft
    PIL pytorch_forecasting pytorch_lightning sentence_transformers sklearn scipy speechbrain tensorflow timm tokenizers torch
    torch_geometric torchaudio torchmetrics torchvision transformers ultralytics webdataset xgboost hydra torchtune trl
    bitsandbytes ldm sgm lightly albumentations espnet espnet2 fairseq""")


def judge(name: str) -> Callable:
    """The opinion on one name, such as ``torch.nn.GELU`` or ``os.system``."""
    if not _DOTTED.fullmatch(name):
        return Callable.NO_NAME
    parts = name.replace(":", ".").split(".")
    beginnings = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    if any(one in _PLAIN for one in beginnings) and not _NEVER & set(parts[1:]):
        return Callable.KNOWN
    if _is_denied(parts, beginnings):
        return Callable.DENIED
    return Callable.KNOWN if parts[0] in _LIBRARIES else Callable.UNKNOWN


def _is_denied(parts: list[str], beginnings: list[str]) -> bool:
    if parts[0] == "__main__":
        return False
    if _NEVER & set(parts) or parts[0] in lists.STDLIB or parts[-1] in _COMMANDS:
        return True
    if any(one in _REACHES for one in beginnings) or any(
        part.startswith("__") for part in parts[1:]
    ):
        return True
    opinion = names.judge(".".join(parts[:-1]), parts[-1])
    return opinion.standing is names.Standing.DENY
