"""What a Python program imports and calls, and the ways of calling that are made to deceive."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from governance.scanning.engine import rules
from governance.scanning.engine.textual import shell
from governance.scanning.engine.textual.notes import Notes
from governance.scanning.engine.words import words

_RUNS = words(
    "exec eval execfile builtins.exec builtins.eval types.FunctionType FunctionType types.CodeType"
)
_DECODES = words("""b64decode b32decode b16decode b85decode a85decode urlsafe_b64decode standard_b64decode decodebytes
    decompress decompressobj unhexlify fromhex a2b_base64 a2b_hex decrypt""")
_LOADS = words("marshal.loads marshal.load")
_FETCHES = words("""urlopen urlretrieve requests.get requests.post requests.request httpx.get httpx.post
    urllib.request.urlopen urllib.request.urlretrieve urllib2.urlopen wget.download""")
_SENDS = words("""requests.post requests.put urlopen urllib.request.urlopen httpx.post socket.socket smtplib.SMTP
    http.client.HTTPSConnection http.client.HTTPConnection ftplib.FTP""")
_COMMANDS = words("""os.system os.popen os.execv os.execve os.execl os.execlp os.execvp os.spawnl os.spawnv os.posix_spawn
    os.startfile subprocess.run subprocess.call subprocess.Popen subprocess.check_call subprocess.check_output
    subprocess.getoutput subprocess.getstatusoutput pty.spawn commands.getoutput asyncio.create_subprocess_shell
    asyncio.create_subprocess_exec""")
_TOLD = (
    words("""exec eval compile __import__ open getattr setattr globals vars input breakpoint
    importlib.import_module pickle.load pickle.loads marshal.loads torch.load joblib.load ctypes.CDLL ctypes.cdll socket.socket
    torch.hub.load shutil.rmtree os.remove os.unlink os.environ os.dup2 os.chmod os.fork base64.b64decode
    torch.utils.cpp_extension.load sys.settrace sys.addaudithook""")
    | _COMMANDS
    | _FETCHES
    | _SENDS
)
_INNER = words("os subprocess socket pty ctypes builtins shutil commands posix nt")
_PRIVATE = (".ssh/", "id_rsa", ".aws/credentials", "/etc/shadow", "/etc/passwd", ".git-credentials", ".netrc", ".kube/config",
            "Login Data", "wallet.dat", ".huggingface/token", "huggingface/token", ".docker/config.json")  # fmt: skip
_TEXT_BUILDERS = words("join chr replace translate reverse")
_ROUNDS = 4
Assignment = tuple[list[ast.expr], ast.expr]


def look(tree: ast.Module, notes: Notes) -> None:
    """Note imports and calls; what deceives is a finding."""
    reading = _Reading(tree)
    for name in reading.imports:
        notes.tell("python_imports", name)
    called = [(name, node) for node in reading.calls if (name := reading.name(node.func))]
    for name, _ in called:
        if name in _TOLD or name.split(".")[-1] in _DECODES:
            notes.tell("python_calls", name)
    for detail, node in (*_hidden(reading), *_hostile(reading, {name for name, _ in called})):
        notes.find(
            rules.sources.PYS_HIDDEN if "hid" in detail else rules.sources.PYS_COMMAND,
            f"In line {node.lineno} {detail}.",
        )


class _Reading:
    """Names as they were imported, and what variables hold."""

    def __init__(self, tree: ast.Module) -> None:
        self._aliases: dict[str, str] = {}
        self.imports: dict[str, None] = {}
        self.calls: list[ast.Call] = []
        self.texts: list[str] = []
        assigned: list[Assignment] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                self._import(node)
            elif isinstance(node, ast.Call):
                self.calls.append(node)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                self.texts.append(node.value)
            else:
                assigned.extend(_assignments(node))
        self.decoded: set[str] = set()
        self.fetched: set[str] = set()
        self._rename(assigned)
        for _ in range(_ROUNDS):
            if not self._flow(assigned):
                break

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        if isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            self.imports[module] = None
            for one in node.names:
                self._aliases[one.asname or one.name] = f"{module}.{one.name}"
            return
        for one in node.names:
            self.imports[one.name] = None
            self._aliases[one.asname or one.name.split(".")[0]] = (
                one.name if one.asname else one.name.split(".")[0]
            )

    def _rename(self, assigned: list[Assignment]) -> None:
        """``run = os.system``: the same under another name."""
        for targets, value in assigned:
            name = self.name(value)
            if name in _RUNS | _COMMANDS | _LOADS or (name and name.split(".")[-1] in _DECODES):
                for target in targets:
                    if isinstance(target, ast.Name):
                        self._aliases[target.id] = name

    def _flow(self, assigned: list[Assignment]) -> bool:
        before = len(self.decoded), len(self.fetched)
        for targets, value in assigned:
            if isinstance(value, ast.Constant):
                continue
            decoded, fetched = self.is_decoded(value), self.is_fetched(value)
            if decoded or fetched:
                names = {
                    one.id
                    for target in targets
                    for one in ast.walk(target)
                    if isinstance(one, ast.Name)
                }
                self.decoded |= names if decoded else set()
                self.fetched |= names if fetched else set()
        return before != (len(self.decoded), len(self.fetched))

    def name(self, node: ast.expr) -> str:
        """The dotted name that an expression stands for, by what was imported; empty when it is none."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if isinstance(node, ast.Call):
            inner = self._imported(node)
            if not inner:
                return ""
            parts.append(inner)
        elif isinstance(node, ast.Name):
            parts.append(self._aliases.get(node.id, node.id))
        else:
            return ""
        return ".".join(reversed(parts)).removeprefix("builtins.")

    def _imported(self, node: ast.Call) -> str:
        """The module that ``__import__('os')`` gives."""
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in ("__import__", "import_module") or not node.args:
            return ""
        given = node.args[0]
        return (
            given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else "?"
        )

    def is_decoded(self, node: ast.AST) -> bool:
        """Whether an expression is worked out from an encoded text, or put together letter by letter."""
        return any(self._decodes(one) for one in ast.walk(node))

    def _decodes(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Name):
            return node.id in self.decoded
        if not isinstance(node, ast.Call):
            return False
        name = self.name(node.func)
        last = name.split(".")[-1] if name else getattr(node.func, "attr", "")
        if last in _DECODES or name in _LOADS or name in ("chr", "codecs.decode"):
            return True
        if last == "decode" and node.args and isinstance(node.args[0], ast.Constant):
            return str(node.args[0].value).replace("-", "").replace("_", "").lower() in _ODD_CODECS
        return False

    def is_fetched(self, node: ast.AST) -> bool:
        """Whether an expression comes from the network."""
        return any(
            (isinstance(one, ast.Name) and one.id in self.fetched)
            or (isinstance(one, ast.Call) and self.name(one.func) in _FETCHES)
            for one in ast.walk(node)
        )


def _assignments(node: ast.AST) -> list[Assignment]:
    """What a statement puts under which names."""
    if isinstance(node, ast.Assign):
        return [(node.targets, node.value)]
    if isinstance(node, ast.With | ast.AsyncWith):
        return [([one.optional_vars], one.context_expr) for one in node.items if one.optional_vars]
    if isinstance(node, ast.NamedExpr | ast.AnnAssign | ast.AugAssign) and node.value:
        return [([node.target], node.value)]
    return []


_ODD_CODECS = words(
    "rot13 hex hexcodec base64 base64codec zlib zip bz2 uu unicodeescape rawunicodeescape"
)


def _hidden(reading: _Reading) -> Iterator[tuple[str, ast.Call]]:
    """Calls that hide what they run."""
    for node in reading.calls:
        name = reading.name(node.func)
        given = [*node.args, *(one.value for one in node.keywords)]
        if name in _RUNS and any(map(reading.is_decoded, given)):
            yield f"{name}() runs something that was hidden in another form", node
        elif name in _RUNS and any(map(reading.is_fetched, given)):
            yield f"{name}() runs what was downloaded", node
        elif name in _COMMANDS and any(map(reading.is_decoded, given)):
            yield f"{name}() is given a command that was hidden in another form", node
        elif name in _LOADS:
            yield f"{name}() hides compiled code", node
        elif _is_hidden_import(reading, node):
            yield "an import is hidden in an expression", node


def _is_hidden_import(reading: _Reading, node: ast.Call) -> bool:
    """``__import__('os').system(…)``, ``getattr(os, 'sys' + 'tem')(…)``."""
    func = node.func
    if isinstance(func, ast.Call) and reading.name(func.func) == "getattr" and len(func.args) > 1:
        owner = reading.name(func.args[0]) or "?"
        return owner in _INNER | {"__builtins__", "?", "builtins"}
    value = func.value if isinstance(func, ast.Attribute) else None
    if (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Name)
        and value.func.id == "__import__"
    ):
        name = reading.name(value).removesuffix(".?")
        return name.split(".")[0] in _INNER | {"?"}
    return False


def _hostile(reading: _Reading, names: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """What no model needs: shells for strangers, commands that take a machine over, private files sent away."""
    first = reading.calls[0] if reading.calls else None
    if first is None:
        return
    has_socket = any(name.split(".")[-1] in ("socket", "create_connection") for name in names)
    if has_socket and ("os.dup2" in names or "pty.spawn" in names):
        yield "and after, it opens a shell to somebody else", first
    for node in reading.calls:
        if reading.name(node.func) in _COMMANDS:
            yield from (
                (f"a command {reason}", node) for reason in shell.taken_over(_command(node))
            )
    if names & _COMMANDS and any(name.endswith("urlretrieve") for name in names):
        yield "and after, it runs commands beside what it downloads", first
    if names & _SENDS and any(part in text for text in reading.texts for part in _PRIVATE):
        yield "and after, it reads private files and speaks to the network", first


def _command(node: ast.Call) -> str:
    """The words of a command, as a shell would see them."""
    words_ = (
        one.value for given in node.args for one in ast.walk(given) if isinstance(one, ast.Constant)
    )
    return " ".join(str(word) for word in words_)[:20_000]
