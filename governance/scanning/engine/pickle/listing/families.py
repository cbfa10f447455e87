"""Classes of well-known libraries: harmless while they are only instantiated and filled."""

from __future__ import annotations

import re

from governance.scanning.engine.pickle.listing.names import in_each, names
from governance.scanning.engine.words import words

CYTHON_HELPER = re.compile(r"__pyx_unpickle_[A-Z]\w*")
"""A function that Cython writes for each of its classes: it makes an instance of its first argument, if that is such a class."""

CLASS_FAMILIES: dict[str, bool] = {
    "__torch__": True,
    "catboost": False,
    "imblearn": True,
    "lightgbm": False,
    "lightning": False,
    "lightning_fabric": False,
    "networkx.classes": False,
    "numpy.polynomial": False,
    "pytorch_lightning": False,
    "scipy.cluster": False,
    "scipy.interpolate": False,
    "scipy.ndimage": False,
    "scipy.optimize": False,
    "scipy.signal": False,
    "scipy.sparse": True,
    "scipy.spatial": False,
    "scipy.special": False,
    "scipy.stats": False,
    "sklearn": True,
    "timm.layers": False,
    "timm.models": False,
    "torch.ao.nn": False,
    "torch.ao.quantization": False,
    "torch.distributions": False,
    "torch.nn.modules": False,
    "torch.nn.parallel": False,
    "torch.nn.quantized": False,
    "torch.nn.utils": True,
    "torch.optim": False,
    "torch.quantization": False,
    "torchvision.models": False,
    "torchvision.ops": False,
    "torchvision.transforms": False,
    "transformers": False,
    "xgboost": False,
}
"""Package -> whether its classes that begin with an underscore are ordinary parts of fitted models."""

NO_FAMILY: frozenset[str] = words("""
    catboost.utils catboost.widget lightning.app lightning.pytorch.loggers lightning.pytorch.profilers
    lightning.pytorch.trainer pytorch_lightning.loggers pytorch_lightning.profiler pytorch_lightning.profilers
    pytorch_lightning.trainer transformers.benchmark transformers.onnx transformers.sagemaker transformers.trainer
    xgboost.collective xgboost.federated lightgbm.dask lightning.pytorch.cli lightning.pytorch.core.saving sklearn._build_utils
    sklearn.callback sklearn.conftest sklearn.utils._mocking sklearn.utils._test_common sklearn.utils._testing
    sklearn.utils.estimator_checks sklearn.utils.parallel transformers.agents transformers.commands
    transformers.integrations transformers.pipelines transformers.testing_utils transformers.tools transformers.utils
    xgboost.dask xgboost.spark xgboost.testing xgboost.tracker
""")
"""Modules of those packages whose classes do more than hold numbers."""

NO_CLASSES: frozenset[str] = words("""
    Client Connection ConfigParser DMatrix DataIter Dataset DeviceQuantileDMatrix Enum Event File FileIO GzipFile HTTPError Listener
    LocalFileSystem Logger Manager MappingProxyType Memory MethodType ModuleType Mapping NamedTemporaryFile
    Parallel Path PathLike Pool Popen Process ProcessPoolExecutor ProxyDMatrix Queue QuantileDMatrix Request
    Session SpooledTemporaryFile StringIO TemporaryDirectory TemporaryFile TestCase Thread ThreadPool
    ThreadPoolExecutor Timer Trainer ZipFile BytesIO Value
""")
"""Classes that modules of those packages only pass on, or that free memory by a number from their state."""

FILE_READERS = re.compile(r"\w+Tokenizer")
"""Classes of transformers that read files named in their state."""
DISTRIBUTIONS = re.compile(r"[a-z0-9_]+_gen|rv_[a-z_]*")
"""Classes of scipy.stats that begin with a small letter; ``distributions`` looks into their state."""

CLASSES = (
    in_each("numpy numpy.lib.function_base numpy.lib._function_base_impl", "vectorize")
    | in_each("scipy.stats.kde scipy.stats._kde", "gaussian_kde")
    | names("accelerate.state", "AcceleratorState GradientState PartialState")
    | names("accelerate.utils.dataclasses", "DeepSpeedPlugin GradientAccumulationPlugin")
    | names("torch", "ScriptObject")
    | names("torch.nn.modules.module", "_WrappedHook")
    | names("torch.utils.data.dataset", "ConcatDataset Subset TensorDataset")
    | names("transformers.integrations.deepspeed", "HfDeepSpeedConfig HfTrainerDeepSpeedConfig")
    | names("trl.trainer.dpo_config", "DPOConfig")
    | names("trl.trainer.grpo_config", "GRPOConfig")
    | names("trl.trainer.reward_config", "RewardConfig")
    | names("trl.trainer.sft_config", "SFTConfig")
    | names("peft.config", "PeftConfig")
    | names("peft.tuners.lora", "LoraConfig")
    | names("peft.tuners.lora.config", "LoraConfig LoraRuntimeConfig")
)
"""Single classes that are harmless in the same way."""
