"""What plain data of Python itself needs."""

from __future__ import annotations

from governance.scanning.engine.pickle.listing.names import names

PYTHON = (
    names(
        "builtins",
        "bool bytearray bytes complex dict float frozenset int list object range set slice str tuple",
    )
    | names("_codecs", "encode")
    | names("collections", "Counter OrderedDict defaultdict deque")
    | names("copyreg", "__newobj__ __newobj_ex__ _reconstructor")
    | names("datetime", "date datetime time timedelta timezone")
    | names("decimal", "Decimal")
    | names("fractions", "Fraction")
    | names("uuid", "SafeUUID UUID")
    | names("argparse", "Namespace")
    | names("types", "SimpleNamespace")
    | names("pathlib", "PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath")
    | names("pathlib._local", "PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath")
    | names("functools", "partial")
    | names("typing", "Any Callable Dict List Literal Optional Sequence Set Tuple Type Union")
)
