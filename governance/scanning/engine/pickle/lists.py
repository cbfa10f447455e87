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

from governance.scanning.engine.words import words


def _names(module: str, names: str) -> frozenset[tuple[str, str]]:
    return frozenset((module, name) for name in names.split())


_STORAGES = (
    "BFloat16Storage BoolStorage ByteStorage CharStorage ComplexDoubleStorage ComplexFloatStorage "
    "DoubleStorage FloatStorage HalfStorage IntStorage LongStorage ShortStorage"
)
_QUANTIZED = "QInt32Storage QInt8Storage QUInt2x4Storage QUInt4x2Storage QUInt8Storage"
_TENSORS = (
    "BFloat16Tensor BoolTensor ByteTensor CharTensor ComplexDoubleTensor ComplexFloatTensor "
    "DoubleTensor FloatTensor HalfTensor IntTensor LongTensor ShortTensor"
)
_DTYPES = (
    "bfloat16 bits16 bits1x8 bits2x4 bits4x2 bits8 bool complex128 complex32 complex64 float16 float32 "
    "float4_e2m1fn_x2 float64 float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu "
    "int1 int2 int3 int4 int5 int6 int7 int8 int16 int32 int64 qint32 qint8 quint2x4 quint4x2 quint8 "
    "uint1 uint2 uint3 uint4 uint5 uint6 uint7 uint8 uint16 uint32 uint64 "
    "double float half int long short cdouble cfloat"
)
_SCHEMES = (
    "per_channel_affine per_channel_affine_float_qparams per_channel_symmetric per_tensor_affine "
    "per_tensor_symmetric strided sparse_coo sparse_csr sparse_csc sparse_bsr sparse_bsc "
    "contiguous_format channels_last channels_last_3d preserve_format"
)
_TORCH = (
    _names("torch", f"{_STORAGES} {_QUANTIZED} {_TENSORS} {_DTYPES} {_SCHEMES} Size Tensor device")
    | _names("torch.cuda", f"{_STORAGES} {_TENSORS}")
    | _names("torch.sparse", _TENSORS)
    | _names("torch.cuda.sparse", _TENSORS)
    | _names("torch.storage", "TypedStorage UntypedStorage _TypedStorage _UntypedStorage")
    | _names("torch.nn.parameter", "Buffer Parameter UninitializedBuffer UninitializedParameter")
    | _names("torch.serialization", "_get_layout")
    | _names(
        "torch.jit._pickle",
        "build_boollist build_doublelist build_intlist build_tensorlist restore_type_tag",
    )
    | _names("torch._tensor", "Tensor _rebuild_from_type _rebuild_from_type_v2")
    | _names("torch.tensor", "Tensor _rebuild_from_type")
    | _names(
        "torch._utils",
        "_rebuild_device_tensor_from_cpu_tensor _rebuild_device_tensor_from_numpy "
        "_rebuild_meta_tensor_no_storage _rebuild_nested_tensor _rebuild_parameter "
        "_rebuild_parameter_with_state _rebuild_qtensor _rebuild_sparse_csr_tensor "
        "_rebuild_sparse_tensor _rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 "
        "_rebuild_wrapper_subclass _rebuild_xla_tensor",
    )
)

_SCALARS = (
    "bool bool_ byte bytes_ cdouble clongdouble complex128 complex256 complex64 csingle datetime64 double "
    "float128 float16 float32 float64 float96 half int16 int32 int64 int8 intc intp long longdouble "
    "longlong short single str_ timedelta64 ubyte uint uint16 uint32 uint64 uint8 uintc uintp "
    "ulong ulonglong ushort void"
)
_NUMPY = (
    _names("numpy", f"{_SCALARS} dtype ndarray matrix")
    | _names(
        "numpy.dtypes",
        "BoolDType Float16DType Float32DType Float64DType Int8DType Int16DType Int32DType "
        "Int64DType UInt8DType UInt16DType UInt32DType UInt64DType StrDType BytesDType ObjectDType "
        "StringDType DateTime64DType TimeDelta64DType VoidDType Complex64DType Complex128DType",
    )
    | _names("numpy.core.multiarray", "_reconstruct scalar")
    | _names("numpy._core.multiarray", "_reconstruct scalar")
    | _names("numpy.core.numeric", "_frombuffer")
    | _names("numpy._core.numeric", "_frombuffer")
    | _names("numpy.ma", "MaskedArray")
    | _names("numpy.ma.core", "MaskedArray _mareconstruct")
    | _names("numpy.random._pickle", "__bit_generator_ctor __generator_ctor __randomstate_ctor")
    | _names("numpy.random", "__RandomState_ctor")
    | _names("numpy.random.bit_generator", "SeedSequence __pyx_unpickle_SeedSequence")
    | _names("numpy.random._bit_generator", "SeedSequence __pyx_unpickle_SeedSequence")
    | _names("numpy.random._mt19937", "MT19937")
    | _names("numpy.random._pcg64", "PCG64 PCG64DXSM")
    | _names("numpy.random._philox", "Philox")
    | _names("numpy.random._sfc64", "SFC64")
)

_PYTHON = (
    _names(
        "builtins",
        "bool bytearray bytes complex dict float frozenset int list object range set slice str tuple",
    )
    | _names("_codecs", "encode")
    | _names("collections", "Counter OrderedDict defaultdict deque")
    | _names("copyreg", "__newobj__ __newobj_ex__ _reconstructor")
    | _names("datetime", "date datetime time timedelta timezone")
    | _names("decimal", "Decimal")
    | _names("fractions", "Fraction")
    | _names("uuid", "SafeUUID UUID")
    | _names("argparse", "Namespace")
    | _names("types", "SimpleNamespace")
    | _names("pathlib", "PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath")
    | _names("pathlib._local", "PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath")
)

_JOBLIB = _names("joblib.numpy_pickle", "NumpyArrayWrapper") | _names(
    "sklearn.externals.joblib.numpy_pickle", "NumpyArrayWrapper"
)

_SCIPY_SPARSE = "bsr coo csc csr dia dok lil"
_SPARSE_CLASSES = " ".join(
    f"{kind}_{end}" for kind in _SCIPY_SPARSE.split() for end in ("matrix", "array")
)
_LEARN = (
    frozenset(
        pair
        for kind in _SCIPY_SPARSE.split()
        for module in (f"scipy.sparse.{kind}", f"scipy.sparse._{kind}")
        for pair in _names(module, _SPARSE_CLASSES)
    )
    | _names("sklearn.tree._tree", "Tree")
    | _names(
        "sklearn._loss._loss",
        "CyAbsoluteError CyExponentialLoss CyHalfBinomialLoss CyHalfGammaLoss CyHalfMultinomialLoss "
        "CyHalfPoissonLoss CyHalfSquaredError CyHalfTweedieLoss CyHalfTweedieLossIdentity CyHuberLoss "
        "CyPinballLoss",
    )
    | _names(
        "sklearn.linear_model._sgd_fast",
        "EpsilonInsensitive Hinge Huber Log ModifiedHuber SquaredEpsilonInsensitive SquaredHinge "
        "SquaredLoss",
    )
    | _names(
        "sklearn.feature_selection._univariate_selection",
        "chi2 f_classif f_oneway f_regression r_regression",
    )
    | _names("sklearn.neighbors._kd_tree", "newObj")
    | _names("sklearn.neighbors._ball_tree", "newObj")
    | _names("sklearn.metrics._dist_metrics", "newObj")
)

ALLOW: frozenset[tuple[str, str]] = _TORCH | _NUMPY | _PYTHON | _JOBLIB | _LEARN

NESTED_TORCH_FILE = ("torch.storage", "_load_from_bytes")
"""Loads a whole torch file from its argument: as harmless as the bytes, which are analysed in turn."""

TEXT_ENCODER = ("_codecs", "encode")
TEXT_ENCODINGS = frozenset({"ascii", "latin1", "latin-1", "iso-8859-1", "utf-8", "utf8"})

INSTANTIATES_ARGUMENT: dict[tuple[str, str], int] = {
    ("copyreg", "__newobj__"): 0,
    ("copyreg", "__newobj_ex__"): 0,
    ("copyreg", "_reconstructor"): 0,
    ("numpy.core.multiarray", "_reconstruct"): 0,
    ("numpy._core.multiarray", "_reconstruct"): 0,
    ("numpy.ma.core", "_mareconstruct"): 0,
    ("sklearn.metrics._dist_metrics", "newObj"): 0,
    ("sklearn.neighbors._ball_tree", "newObj"): 0,
    ("sklearn.neighbors._kd_tree", "newObj"): 0,
    ("torch._utils", "_rebuild_wrapper_subclass"): 0,
    ("numpy.random._pickle", "__bit_generator_ctor"): 0,
    ("numpy.random.bit_generator", "__pyx_unpickle_SeedSequence"): 0,
    ("numpy.random._bit_generator", "__pyx_unpickle_SeedSequence"): 0,
}
"""Allowed functions that make an instance of the class which is their n-th argument."""

CALLS_ARGUMENT: dict[tuple[str, str], tuple[int, int | None]] = {
    ("copyreg", "_reconstructor"): (1, None),
    ("collections", "defaultdict"): (0, None),
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
    _names("numpy", "dtype")
    | _names("joblib.numpy_pickle", "NumpyArrayWrapper")
    | _names("sklearn.externals.joblib.numpy_pickle", "NumpyArrayWrapper")
)
"""Names whose arguments and state say how many raw bytes follow in the stream."""

STORAGE_ITEM_BYTES: dict[str, int] = {
    "BFloat16Storage": 2, "BoolStorage": 1, "ByteStorage": 1, "CharStorage": 1,
    "ComplexDoubleStorage": 16, "ComplexFloatStorage": 8, "DoubleStorage": 8, "FloatStorage": 4,
    "HalfStorage": 2, "IntStorage": 4, "LongStorage": 8, "QInt32Storage": 4, "QInt8Storage": 1,
    "QUInt2x4Storage": 1, "QUInt4x2Storage": 1, "QUInt8Storage": 1, "ShortStorage": 2,
    "UntypedStorage": 1, "_UntypedStorage": 1,
}  # fmt: skip

CLASS_FAMILIES: dict[str, bool] = {
    "sklearn": True,
    "scipy": True,
    "xgboost": False,
    "lightgbm": False,
    "catboost": False,
    "transformers": False,
    "lightning": False,
    "pytorch_lightning": False,
    "lightning_fabric": False,
    "torch.nn.modules": False,
    "torch.optim": False,
}
"""Package -> whether its classes that begin with an underscore are ordinary parts of fitted models."""

CAUTION: frozenset[tuple[str, str]] = (
    _names("functools", "partial")
    | _names("logging", "Logger getLogger")
    | _names("enum", "Enum IntEnum")
    | _names("typing", "Any Union Optional")
)
"""Names of Python's library that occur in honest checkpoints: a person should look, nothing more."""

DENY_NAMES: dict[tuple[str, str], str] = {
    **dict.fromkeys(_names("builtins", "eval exec execfile compile __import__ breakpoint input help"), "code"),
    **dict.fromkeys(
        _names("builtins", "getattr setattr delattr hasattr globals locals vars type map filter apply reduce "
               "super property classmethod staticmethod iter next memoryview __build_class__ dir id"), "reach"),
    **dict.fromkeys(_names("builtins", "open file"), "files"),
    **dict.fromkeys(
        _names("torch", "load save compile load_library import_ir_module"), "code"),
    **dict.fromkeys(_names("torch.serialization", "load _load _legacy_load save add_safe_globals"), "code"),
    **dict.fromkeys(_names("torch.storage", "_load_from_bytes"), "nested"),
    **dict.fromkeys(_names("torch.fx.graph_module", "reduce_graph_module reduce_package_graph_module"), "code"),
    **dict.fromkeys(_names("numpy", "load loads fromfile fromregex genfromtxt loadtxt memmap save savetxt "
                           "savez tofile DataSource"), "files"),
    **dict.fromkeys(_names("numpy", "vectorize apply_along_axis apply_over_axes fromfunction fromiter piecewise "
                           "frompyfunc f2py testing distutils ctypeslib"), "reach"),
    **dict.fromkeys(_names("pandas", "eval read_pickle"), "code"),
    **dict.fromkeys(_names("joblib", "load dump Memory Parallel"), "code"),
    **dict.fromkeys(_names("joblib.numpy_pickle", "load load_temporary_memmap"), "code"),
    **dict.fromkeys(_names("scipy", "weave io"), "code"),
    **dict.fromkeys(_names("transformers", "pipeline AutoModel AutoTokenizer AutoConfig"), "network"),
    **dict.fromkeys(_names("transformers.dynamic_module_utils", "get_class_from_dynamic_module"), "code"),
    **dict.fromkeys(_names("sklearn.datasets", "fetch_openml load_files load_svmlight_file get_data_home"), "network"),
}  # fmt: skip

_MODULES: dict[str, str] = {
    "shell": "os posix nt subprocess commands popen2 pty pexpect ptyprocess paramiko fabric invoke sh plumbum "
    "distutils setuptools _distutils_hack _posixsubprocess _winapi pip ensurepip venv",
    "code": "code codeop runpy timeit trace cProfile profile pdb bdb doctest unittest marshal pickle cPickle "
    "_pickle dill cloudpickle jsonpickle shelve yaml ruamel idlelib lib2to3 compiler py_compile compileall "
    "symtable ast new types rlcompleter pstats IPython ipykernel notebook _pytest pytest nose hypothesis "
    "torch.jit torch.package torch.fx torch.onnx torch.testing torch._dynamo torch._inductor torch._export "
    "torch.export torch._functorch torch._library torch.utils numpy.f2py numpy.testing numpy.distutils "
    "pandas.core.computation pandas.io transformers.dynamic_module_utils",
    "reach": "operator _operator functools inspect gc sys importlib imp pkgutil pydoc zipimport site atexit "
    "weakref copyreg copy_reg itertools contextlib dataclasses enum abc _functools pkg_resources "
    "sklearn.externals",
    "network": "socket _socket ssl http urllib urllib2 httplib ftplib smtplib telnetlib poplib imaplib nntplib "
    "xmlrpc xmlrpclib webbrowser socketserver SocketServer requests httpx aiohttp urllib3 websocket "
    "websockets boto3 botocore huggingface_hub torch.hub torch.distributed asyncore asynchat smtpd cgi "
    "torchvision.datasets sklearn.datasets nltk.downloader wget pycurl",
    "files": "io _io shutil tempfile glob fileinput zipfile tarfile sqlite3 linecache codecs bz2 gzip lzma dbm "
    "mmap pathlib netrc mailbox fsspec scipy.io",
    "native": "ctypes _ctypes cffi _cffi_backend numpy.ctypeslib torch.ops torch.classes torch._ops "
    "torch._classes torch._C torch.cuda.jiterator torch.utils.cpp_extension",
    "process": "multiprocessing threading _thread thread signal concurrent asyncio sched selectors "
    "_multiprocessing torch.multiprocessing psutil win32api win32com joblib.externals",
}
DENY_MODULES: dict[str, str] = {
    module: category for category, text in _MODULES.items() for module in text.split()
}
"""Module, with everything below it -> category."""

CATEGORIES: dict[str, tuple[str, str]] = {
    "shell": ("run a shell command", "Looks up a function that runs programs"),
    "code": (
        "run program text of its own",
        "Looks up a function that runs program text or loads more of it",
    ),
    "reach": (
        "reach into other code",
        "Looks up a function that reaches other objects by name or calls them",
    ),
    "network": ("use the network", "Looks up a function that uses the network"),
    "files": ("read or write files", "Looks up a function that reads or writes files"),
    "native": ("call machine code", "Looks up a function that calls machine code"),
    "process": (
        "start or signal processes",
        "Looks up a function that starts or signals processes",
    ),
    "nested": (
        "load another file hidden inside",
        "Looks up a function that loads a file from bytes",
    ),
    "python": (
        "call a part of Python that weights do not need",
        "Looks up a part of Python itself",
    ),
}
"""Category -> (what it would do when loaded, what looking it up means)."""

STDLIB: frozenset[str] = words("""
BaseHTTPServer Bastion CGIHTTPServer ConfigParser Cookie DocXMLRPCServer HTMLParser MimeWriter
Queue SimpleHTTPServer SimpleXMLRPCServer SocketServer StringIO Tkinter UserDict UserList
UserString __builtin__ __future__ __phello__ _abc _aix_support _android_support _apple_support
_ast _ast_unparse _asyncio _bisect _blake2 _bootlocale _bootsubprocess _bz2 _codecs _codecs_cn
_codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _collections _collections_abc
_colorize _compat_pickle _compression _contextvars _crypt _csv _ctypes _ctypes_test _curses
_curses_panel _datetime _dbm _decimal _dummy_thread _elementtree _frozen_importlib
_frozen_importlib_external _functools _gdbm _hashlib _heapq _hmac _imp _interpchannels
_interpqueues _interpreters _io _ios_support _json _locale _lsprof _lzma _markupbase _md5 _msi
_multibytecodec _multiprocessing _opcode _opcode_metadata _operator _osx_support _overlapped
_pickle _posixshmem _posixsubprocess _py_abc _py_warnings _pydatetime _pydecimal _pyio _pylong
_pyrepl _queue _random _remote_debugging _scproxy _sha1 _sha2 _sha256 _sha3 _sha512 _signal
_sitebuiltins _socket _sqlite3 _sre _ssl _stat _statistics _string _strptime _struct
_suggestions _symtable _sysconfig _testbuffer _testcapi _testimportmultiple _testinternalcapi
_testmultiphase _thread _threading_local _tkinter _tokenize _tracemalloc _types _typing _uuid
_warnings _weakref _weakrefset _winapi _wmi _xxsubinterpreters _xxtestfuzz _zoneinfo _zstd abc
aifc annotationlib antigravity anydbm argparse array ast asynchat asyncio asyncore atexit
audiodev audioop base64 bdb binascii binhex bisect bsddb builtins bz2 cPickle cProfile
cStringIO calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys commands
compileall compiler compression concurrent configparser contextlib contextvars cookielib copy
copy_reg copyreg crypt csv ctypes curses dataclasses datetime dbhash dbm decimal difflib
dircache dis distutils doctest dumbdbm dummy_thread dummy_threading email encodings ensurepip
enum errno exceptions faulthandler fcntl filecmp fileinput fnmatch formatter fpformat fractions
ftplib functools gc gdbm genericpath getopt getpass gettext glob graphlib grp gzip hashlib
heapq hmac hotshot html htmlentitydefs htmllib http httplib idlelib ihooks imaplib imghdr imp
importlib imputil inspect io ipaddress itertools json keyword lib2to3 linecache locale logging
lzma macpath macurl2path mailbox mailcap markupbase marshal math md5 mhlib mimetools mimetypes
mimify mmap modulefinder msilib msvcrt multifile multiprocessing mutex netrc new nis nntplib nt
ntpath nturl2path numbers opcode operator optparse os os2emxpath ossaudiodev parser pathlib pdb
pickle pickletools pipes pkgutil platform plistlib popen2 poplib posix posixfile posixpath
pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re
readline repr reprlib resource rexec rfc822 rlcompleter robotparser runpy sched secrets select
selectors sets sgmllib sha shelve shlex shutil signal site smtpd smtplib sndhdr socket
socketserver spwd sqlite3 sre sre_compile sre_constants sre_parse ssl stat statistics statvfs
string stringold stringprep struct subprocess sunau sunaudio symbol symtable sys sysconfig
syslog tabnanny tarfile telnetlib tempfile termios test textwrap this thread threading time
timeit tkFileDialog tkMessageBox tkinter toaiff token tokenize tomllib trace traceback
tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib urllib2 urlparse
user uu uuid venv warnings wave weakref webbrowser whichdb winreg winsound wsgiref xdrlib xml
xmllib xmlrpc xmlrpclib xxlimited zipapp zipfile zipimport zlib zoneinfo
""")
"""Top-level modules of Python 2.7 and 3.6 to 3.14 on every platform."""
