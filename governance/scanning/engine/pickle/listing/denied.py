"""What is never needed to store weights, and the families of classes that are."""

from __future__ import annotations

from governance.scanning.engine.pickle.listing.names import in_each, names

DENY_NAMES: dict[tuple[str, str], str] = {
    **dict.fromkeys(names("builtins", "eval exec execfile compile __import__ breakpoint input help"), "code"),
    **dict.fromkeys(
        names("builtins", "getattr setattr delattr hasattr globals locals vars type map filter apply reduce "
               "super property classmethod staticmethod iter next memoryview __build_class__ dir id"), "reach"),
    **dict.fromkeys(names("builtins", "open file"), "files"),
    **dict.fromkeys(
        names("torch", "load save compile load_library import_ir_module"), "code"),
    **dict.fromkeys(names("torch.serialization", "load _load _legacy_load save add_safe_globals"), "code"),
    **dict.fromkeys(names("torch.storage", "_load_from_bytes"), "nested"),
    **dict.fromkeys(names("torch.fx.graph_module", "reduce_graph_module reduce_package_graph_module"), "code"),
    **dict.fromkeys(names("numpy", "load loads fromfile fromregex genfromtxt loadtxt memmap save savetxt "
                           "savez tofile DataSource"), "files"),
    **dict.fromkeys(in_each("numpy.core.memmap numpy._core.memmap numpy.memmap", "memmap"), "files"),
    **dict.fromkeys(names("numpy", "apply_along_axis apply_over_axes fromfunction fromiter piecewise "
                           "frompyfunc f2py testing distutils ctypeslib"), "reach"),
    **dict.fromkeys(names("pandas", "eval read_pickle"), "code"),
    **dict.fromkeys(names("joblib", "load dump Memory Parallel"), "code"),
    **dict.fromkeys(names("joblib.numpy_pickle", "load load_temporary_memmap"), "code"),
    **dict.fromkeys(names("scipy", "weave io"), "code"),
    **dict.fromkeys(names("transformers", "pipeline AutoModel AutoTokenizer AutoConfig"), "network"),
    **dict.fromkeys(names("transformers.dynamic_module_utils", "get_class_from_dynamic_module"), "code"),
    **dict.fromkeys(names("sklearn.datasets", "fetch_openml load_files load_svmlight_file get_data_home"), "network"),
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
