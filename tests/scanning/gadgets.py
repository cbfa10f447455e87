"""Names that pickles were seen to, or could, call to run code, read or write files, or reach the network.

Taken from published attacks, the deny lists of other scanners and a reading of the libraries. Nothing here is imported.
"""

from __future__ import annotations

_BY_MODULE = """
__builtin__: eval exec execfile compile apply open
builtins: eval exec compile getattr setattr delattr __import__ open breakpoint input globals vars map filter memoryview type
os: system popen execv execve execvp execl spawnl spawnv spawnlp startfile posix_spawn fork putenv remove rename symlink chmod
posix: system popen execve posix_spawn
nt: system startfile
subprocess: Popen call check_call check_output run getoutput getstatusoutput
commands: getoutput getstatusoutput
popen2: popen3
pty: spawn fork
sys: setprofile settrace exit modules
importlib: import_module reload __import__
importlib._bootstrap_external: SourceFileLoader
importlib.machinery: SourceFileLoader
importlib.util: spec_from_file_location
pkgutil: resolve_name get_loader
runpy: run_module run_path _run_code
code: interact InteractiveInterpreter
codeop: compile_command
timeit: timeit main Timer
cProfile: run runctx
profile: run Profile
pdb: run runcall Pdb
bdb: Bdb
trace: Trace
doctest: debug_script testsource
unittest.mock: _importer
pydoc: pipepager locate safeimport tempfilepager
pickle: loads load Unpickler
_pickle: loads
cPickle: loads
pickletools: dis
marshal: loads
shelve: open
dill: loads load
dill._dill: _create_function _create_code _import_module
cloudpickle.cloudpickle: _make_function _builtin_type subimport
joblib: load
joblib.numpy_pickle: load
types: CodeType FunctionType
new: code function
operator: attrgetter methodcaller itemgetter call
_operator: attrgetter methodcaller
functools: reduce partialmethod lru_cache
itertools: starmap
inspect: getattr_static
weakref: finalize
atexit: register
threading: Thread Timer
_thread: start_new_thread
multiprocessing: Process Pool
multiprocessing.util: spawnv_passfds
concurrent.futures.thread: ThreadPoolExecutor
asyncio: create_subprocess_shell run
asyncio.unix_events: _UnixSubprocessTransport
signal: signal
sched: scheduler
ctypes: CDLL cast string_at
ctypes.util: find_library
_ctypes: dlopen
cffi: FFI
webbrowser: open get
antigravity: geohash
socket: socket create_connection
ssl: create_default_context
http.client: HTTPSConnection HTTPConnection
http.server: test
urllib.request: urlopen urlretrieve
urllib: urlopen
urllib2: urlopen
httplib: HTTPConnection
ftplib: FTP
smtplib: SMTP
telnetlib: Telnet
poplib: POP3
xmlrpc.client: ServerProxy
requests: get post
requests.api: get
httpx: get
aiohttp: ClientSession
urllib3: PoolManager
shutil: rmtree move copyfile copytree make_archive unpack_archive
tempfile: NamedTemporaryFile mkstemp _TemporaryFileCloser
glob: glob
io: open FileIO open_code
_io: FileIO open
codecs: open decode
_codecs: decode
bz2: BZ2File open
gzip: GzipFile open
lzma: LZMAFile
zipfile: ZipFile main
tarfile: open TarFile
zipapp: create_archive
zipimport: zipimporter
sqlite3: connect
_sqlite3: Connection
dbm: open
mmap: mmap
linecache: getlines updatecache
fileinput: input
pathlib: Path
logging.config: fileConfig dictConfig listen
logging: FileHandler
logging.handlers: SocketHandler
ast: literal_eval parse
site: addsitedir main
ensurepip: _run_pip bootstrap
venv: create
pip: main
pip._internal: main
pip._internal.cli.main: main
setuptools: setup
distutils.core: run_setup
distutils.file_util: write_file copy_file
distutils.spawn: spawn
pkg_resources: load_entry_point
lib2to3.pgen2.grammar: Grammar
lib2to3.pgen2.pgen: ParserGenerator
idlelib.autocomplete: AutoComplete
idlelib.calltip: Calltip get_entity
idlelib.debugobj: ObjectTreeItem
idlelib.pyshell: ModifiedInterpreter
idlelib.run: Executive
_osx_support: _read_output _find_build_tool
_aix_support: _read_cmd_output
_pyrepl.pager: pipe_pager tempfile_pager
uuid: _get_command_stdout _popen
platform: popen _syscmd_ver
mimetypes: read_mime_types
mailcap: findmatch
netrc: netrc
imaplib: IMAP4_stream
nntplib: NNTP
cgi: test
wsgiref.simple_server: make_server
test.support.script_helper: assert_python_ok
torch: load save compile
torch.hub: load load_state_dict_from_url download_url_to_file
torch.serialization: load _load
torch.storage: _load_from_bytes
torch.jit: load script
torch.jit.unsupported_tensor_ops: execWrapper
torch.package: PackageImporter
torch.fx.graph_module: reduce_graph_module
torch.fx.experimental.symbolic_shapes: ShapeEnv
torch.utils.cpp_extension: load load_inline
torch.utils.collect_env: run
torch.utils.bottleneck.__main__: run_cprofile run_autograd_prof
torch.utils.data.datapipes.utils.decoder: basichandlers
torch.utils._config_module: ConfigModule
torch._dynamo.guards: GuardBuilder
torch._inductor.codecache: compile_file
torch.distributed.rpc: rpc_sync
torch.ops: load_library
numpy: load fromfile memmap savetxt genfromtxt
numpy.core.memmap: memmap
numpy.f2py.crackfortran: getlincoef _eval_length myeval
numpy.f2py: compile
numpy.testing._private.utils: runstring
numpy.distutils.exec_command: _exec_command
numpy.ctypeslib: load_library
pandas: read_pickle eval
pandas.io.pickle: read_pickle
pandas.io.common: get_handle
pandas.core.computation.eval: eval
sklearn.datasets: fetch_openml load_files
sklearn.externals.joblib: load
scipy.io: loadmat
transformers: pipeline AutoModel
transformers.dynamic_module_utils: get_class_from_dynamic_module
huggingface_hub: hf_hub_download
yaml: load unsafe_load
fsspec: open
nltk.downloader: download
IPython: embed
pexpect: run
paramiko: SSHClient
psutil: Popen
jsonpickle: decode
"""

_DOTTED = """
sklearn.datasets._base os.system
sklearn.utils._testing subprocess.Popen
logging os.system
random _os.system
torch hub.load
torch.serialization os.system
torch.storage collections.abc.sys.modules
numpy testing._private.utils.runstring
collections abc.sys.modules
collections OrderedDict.fromkeys
transformers AutoModel.from_pretrained
torch._utils importlib.import_module
torch.nn.modules.module functools.partial
datetime sys.modules
pathlib os.system
typing sys.modules
uuid os.popen
"""


def gadgets() -> list[tuple[str, str]]:
    """Every (module, name)."""
    listed = [line.partition(": ") for line in _BY_MODULE.strip().splitlines()]
    plain = [(module, name) for module, _, names in listed for name in names.split()]
    dotted = [tuple(line.split()) for line in _DOTTED.strip().splitlines()]
    return [*plain, *((module, name) for module, name in dotted)]
