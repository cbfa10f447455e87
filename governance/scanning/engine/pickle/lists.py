"""Every name the pickle analyser has an opinion on. Reviewed by hand: a change here is a change of the rules.

Three questions are answered from these lists, in this order, for an exact (module, qualified name):

1. ``ALLOW``: building plain data or tensors needs it, and no argument can turn it into something else.
2. ``DENY_NAMES``, ``DENY_MODULES`` and everything in Python's own library (``STDLIB``) that is not allowed: never.
3. ``CLASS_FAMILIES``: classes of well-known libraries, harmless while they are only instantiated and filled.

To add a name to ``ALLOW``, read its source: it must not call, import, open, decode or format anything that its
arguments choose. Names which call one of their arguments are listed in ``CALLS_ARGUMENT`` as well. A dotted
qualified name is allowed only when it stands here exactly as it does in the file.
"""

from __future__ import annotations

from governance.scanning.engine.pickle.listing.denied import (
    CATEGORIES,
    DENY_MODULES,
    DENY_NAMES,
)
from governance.scanning.engine.pickle.listing.families import (
    CLASS_FAMILIES,
    CLASSES,
    CYTHON_HELPER,
    DISTRIBUTIONS,
    FILE_READERS,
    NO_CLASSES,
    NO_FAMILY,
)
from governance.scanning.engine.pickle.listing.learning import JOBLIB, LEARN
from governance.scanning.engine.pickle.listing.names import in_each, names
from governance.scanning.engine.pickle.listing.numpy import NUMPY
from governance.scanning.engine.pickle.listing.others import ENUMS, NAMED_METHODS, OTHERS
from governance.scanning.engine.pickle.listing.python import PYTHON
from governance.scanning.engine.pickle.listing.stdlib import STDLIB
from governance.scanning.engine.pickle.listing.torch import TORCH

__all__ = [
    "CATEGORIES",
    "CLASSES",
    "CLASS_FAMILIES",
    "CYTHON_HELPER",
    "DENY_MODULES",
    "DENY_NAMES",
    "DISTRIBUTIONS",
    "ENUMS",
    "FILE_READERS",
    "NAMED_METHODS",
    "NO_CLASSES",
    "NO_FAMILY",
    "STDLIB",
]

ALLOW: frozenset[tuple[str, str]] = TORCH | NUMPY | PYTHON | JOBLIB | LEARN | OTHERS

NESTED_TORCH_FILE = ("torch.storage", "_load_from_bytes")
"""Loads a whole torch file from its argument: as harmless as the bytes, which are analysed in turn."""

REACH = ("builtins", "getattr")
"""Only to look up the member of one of ``ENUMS``."""

ACTS_WHEN_IMPORTED = frozenset(
    {"antigravity", "idlelib.__main__", "idlelib.idle", "test.autotest", "turtledemo.__main__"}
)
"""Modules of Python whose import alone opens windows or runs programs, even where the stream breaks off after it."""

TEXT_ENCODER = ("_codecs", "encode")
TEXT_ENCODINGS = frozenset({"ascii", "latin1", "latin-1", "iso-8859-1", "utf-8", "utf8"})

ALLOCATES: frozenset[tuple[str, str]] = names("builtins", "bytearray bytes range")
"""Allowed functions that make something as large as a number among their arguments."""

INSTANTIATES_ARGUMENT: dict[tuple[str, str], int] = {
    ("copyreg", "__newobj__"): 0,
    ("copyreg", "__newobj_ex__"): 0,
    ("copyreg", "_reconstructor"): 0,
    ("numpy.ma.core", "_mareconstruct"): 0,
    ("pandas.core.indexes.base", "_new_Index"): 0,
    ("pandas.core.indexes.datetimes", "_new_DatetimeIndex"): 0,
    ("pandas.core.indexes.period", "_new_PeriodIndex"): 0,
    ("pandas.indexes.base", "_new_Index"): 0,
    ("sklearn.metrics._dist_metrics", "newObj"): 0,
    ("sklearn.neighbors._ball_tree", "newObj"): 0,
    ("sklearn.neighbors._kd_tree", "newObj"): 0,
    ("torch._utils", "_rebuild_wrapper_subclass"): 0,
}
"""Allowed functions that make an instance of the class which is their n-th argument."""

MAKES_ARRAY: frozenset[tuple[str, str]] = in_each(
    "numpy.core.multiarray numpy._core.multiarray numpy.core._internal", "_reconstruct"
)
"""Allowed functions that make an array of the class which is their first argument, whatever its own ``__new__`` does."""

MEMORY_MAP = ("numpy", "memmap")

CALLS_ARGUMENT: dict[tuple[str, str], tuple[int, int | None]] = {
    ("copyreg", "_reconstructor"): (1, None),
    ("collections", "defaultdict"): (0, None),
    ("numpy.random._pickle", "__bit_generator_ctor"): (0, None),
    ("numpy.random._pickle", "__generator_ctor"): (1, None),
    ("numpy.random._pickle", "__randomstate_ctor"): (1, None),
    ("torch._tensor", "_rebuild_from_type"): (0, 2),
    ("torch._tensor", "_rebuild_from_type_v2"): (0, 2),
    ("torch.tensor", "_rebuild_from_type"): (0, 2),
}
"""Allowed functions that call one of their arguments, at once or later: which, and which holds its arguments."""

RETURNS_ARGUMENT: dict[tuple[str, str], int] = {
    ("numpy.core.multiarray", "scalar"): 1,
    ("numpy._core.multiarray", "scalar"): 1,
    ("torch.jit._pickle", "build_boollist"): 0,
    ("torch.jit._pickle", "build_doublelist"): 0,
    ("torch.jit._pickle", "build_intlist"): 0,
    ("torch.jit._pickle", "build_tensorlist"): 0,
    ("torch.jit._pickle", "restore_type_tag"): 0,
}
"""Allowed functions that can hand back their n-th argument untouched, so it keeps its own judgement."""

REMEMBERED: frozenset[tuple[str, str]] = (
    names("numpy", "dtype")
    | names("_codecs", "encode")
    | names("joblib.numpy_pickle", "NumpyArrayWrapper")
    | names("sklearn.externals.joblib.numpy_pickle", "NumpyArrayWrapper")
)
"""Names whose arguments and state say what bytes follow in the stream, or lie in it."""

STORAGE_ITEM_BYTES: dict[str, int] = {
    "BFloat16Storage": 2, "BoolStorage": 1, "ByteStorage": 1, "CharStorage": 1,
    "ComplexDoubleStorage": 16, "ComplexFloatStorage": 8, "DoubleStorage": 8, "FloatStorage": 4,
    "HalfStorage": 2, "IntStorage": 4, "LongStorage": 8, "QInt32Storage": 4, "QInt8Storage": 1,
    "QUInt2x4Storage": 1, "QUInt4x2Storage": 1, "QUInt8Storage": 1, "ShortStorage": 2,
    "UntypedStorage": 1, "_UntypedStorage": 1,
}  # fmt: skip

CAUTION: frozenset[tuple[str, str]] = names("logging", "Logger getLogger") | names(
    "enum", "Enum IntEnum"
)
"""Names of Python's library that occur in honest checkpoints: a person should look, nothing more."""
