"""Modules and functions that a configuration may, must not, or might name."""

from __future__ import annotations

import re

from governance.scanning.engine.keras import names
from governance.scanning.engine.pickle import lists
from governance.scanning.engine.words import words

_HOME = r"(?:keras|tf_keras|keras_core|tensorflow\.keras|tensorflow\.python\.keras|tensorflow_core\.python\.keras|tf\.keras)"
_ROOMS = (
    "layers|models|optimizers|losses|metrics|initializers|regularizers|constraints|activations|ops|random|"
    r"dtype_policies|quantizers|engine|mixed_precision|distribution|premade_models|legacy_tf_layers|trainers|applications|"
    r"backend\.(?:torch|jax|tensorflow|numpy|openvino|common)\.optimizers"
)
_OURS = re.compile(
    rf"{_HOME}(?:\.(?:src|api|_tf_keras|legacy))*(?:\.(?:{_ROOMS})(?:\.[a-z0-9_]+)*)?"
)
_FAMILY = re.compile(
    r"(?:keras_hub|keras_nlp|keras_cv|tensorflow_model_optimization)(?:\.[a-z0-9_]+)*"
)
_CLASS = re.compile(r"_?[A-Z][A-Za-z0-9]*")
_OPERATIONS = re.compile(rf"{_HOME}(?:\.(?:src|api))*\.(?:ops|random)(?:\.[a-z0-9_]+)*")
_SAFE_BUILTINS = words("function dict list tuple set str int float bool complex bytes slice range")
_REACHING = words("""get_file load_model load_weights save_model model_from_json model_from_config model_from_yaml
    clone_model func_load func_dump enable_unsafe_deserialization enable_interactive_logging deserialize_keras_object
    deserialize register_keras_serializable custom_object_scope clear_session plot_model image_dataset_from_directory
    audio_dataset_from_directory text_dataset_from_directory load_img save_img load_data set_backend export_saved_model
    get_source_inputs load_op_library load_library extract_archive get_custom_objects from_pretrained from_preset
    read_file write_file py_function numpy_function eager_py_func print save load""")
_TEMPTING = re.compile(rf"{_HOME}(?:\.(?:src|api|_tf_keras))*\.(?:utils|saving|config|datasets|preprocessing|backend(?!\.[a-z]+\.optimizers)|"
                       r"callbacks|export|wrappers|tree|legacy\.saving|visualization|src\.utils)(?:\..*)?")  # fmt: skip

_TENSORFLOW_ROOMS = words("""math nn linalg image strings signal sparse ragged bitwise random audio sets quantization dtypes
    __operators__ nest""")
"""Parts of TensorFlow whose functions only compute with tensors."""
_TENSORFLOW_DENIED = words("""py_function numpy_function py_func load_library load_op_library print print_v2 function
    Print read_file write_file ReadFile WriteFile import_graph_def Module while_loop map_fn scan foldl foldr""")


def denied(module: str, name: str = "") -> bool:
    """Whether a module, or a name in it, is one that a model never needs."""
    root = module.split(".", maxsplit=1)[0].strip()
    if root == "builtins":
        return bool(name) and ("builtins", name) in lists.DENY_NAMES
    if root in lists.STDLIB or any(part in lists.DENY_MODULES for part in _beginnings(module)):
        return True
    if not _OURS.match(module) and not module.startswith("tensorflow"):
        return name in ("system", "popen", "exec", "eval", "Popen", "check_output")
    parts = {*module.split("."), name}
    return bool(parts & _REACHING) or bool(_TEMPTING.fullmatch(module))


def _beginnings(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def knows_class(module: str | None, name: str) -> bool:
    """Whether a class is Keras' own."""
    if module is None:
        return name in names.CLASSES or name in names.OPERATION_CLASSES
    if module == "builtins":
        return name in _SAFE_BUILTINS
    if _OPERATIONS.fullmatch(module) or _FAMILY.fullmatch(module):
        return bool(_CLASS.fullmatch(name))
    return bool(_OURS.fullmatch(module)) and name in names.CLASSES


def knows_function(module: str | None, name: str) -> bool:
    """Whether a function is one of Keras' own that only compute."""
    if module is None or module == "builtins":
        return name in names.FUNCTIONS
    if _OPERATIONS.fullmatch(module):
        return name in names.OPERATIONS or name in names.FUNCTIONS
    return bool(_OURS.fullmatch(module)) and name in names.FUNCTIONS


def knows_operation(name: str) -> bool:
    """Whether a function of TensorFlow, by the name under which it is exported, only computes."""
    parts = name.removeprefix("compat.v1.").removeprefix("compat.v2.").split(".")
    if len(parts) == 1:
        return parts[0] not in _TENSORFLOW_DENIED
    return parts[0] in _TENSORFLOW_ROOMS and _TENSORFLOW_DENIED.isdisjoint(parts)


def is_registered_by_keras(registered: str) -> bool:
    """Whether a registered name belongs to Keras or to one of its sister libraries."""
    package = registered.split(">", maxsplit=1)[0]
    return ">" in registered and package in (
        "keras", "keras_hub", "keras_nlp", "keras_cv", "Keras", "tf_keras", "keras_rs"
    )  # fmt: skip
